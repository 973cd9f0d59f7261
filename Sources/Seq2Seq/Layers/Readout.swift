package import Kernels

/// Joins what the decoder knows at a step before the output layer.
///
///     t_i = tanh(s_i·R_s + E y_{i−1}·R_y + c_i·R_c + b_r),  R = [R_s ; R_y ; R_c]
///
/// Source: Bahdanau et al. (2015), appendix A.2.2, with tanh in the place of maxout.
package struct Readout<Element: Scalar>: Sendable {
  private let bias: Matrix<Element>
  private let r: [PackedMatrix<Element>]  // R_s, R_y and R_c

  package init(_ configuration: Configuration, _ parameters: ParameterBuffer<Element>) {
    bias = parameters["readout.b_r"]
    let sizes = [
      configuration.hiddenSize, configuration.embeddingSize, configuration.encoderSize,
    ]
    r = Self.parts(parameters["readout.R"], sizes: sizes).map { PackedMatrix($0) }
  }

  package var packings: [PackedMatrix<Element>] { r }

  /// The parts of R, or of its gradient, (H+E+D)×E.
  private static func parts(_ whole: Matrix<Element>, sizes: [Int]) -> [Matrix<Element>] {
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return whole.rows(start, count: size)
    }
  }

  /// Computes t for the rows of [s, E y, c], each N×its width.
  package func forward(
    _ inputs: [Matrix<Element>], arena: Arena<Element>
  ) -> Matrix<Element> {
    let t = arena.matrix(inputs[0].rows, bias.columns)
    for (index, (input, part)) in zip(inputs, r).enumerated() {
      part.multiply(input, into: t, adding: index > 0)
    }
    Element.tanhOfSum(rows: t.rows, columns: t.columns, t.base, bias: bias.base)
    return t
  }

  /// Takes ∂loss/∂t back.
  ///
  /// - Parameters:
  ///   - dT: ∂loss/∂t, N×E; used up.
  ///   - t: What `forward` returned.
  ///   - inputs: What `forward` was given.
  ///   - terms: Where to add.
  ///   - arena: Where the result goes.
  /// - Returns: The gradients of [s, E y, c].
  package func backward(
    _ dT: Matrix<Element>, t: Matrix<Element>, inputs: [Matrix<Element>],
    terms: GradientTerms<Element>, arena: Arena<Element>
  ) -> [Matrix<Element>] {
    Element.tanhBackward(count: dT.count, output: t.base, gradient: dT.base)
    terms.addColumnSums(of: dT, to: terms.gradients["readout.b_r"])
    let dR = Self.parts(terms.gradients["readout.R"], sizes: r.map(\.rows))
    for (input, dPart) in zip(inputs, dR) {
      terms.addProduct(input, dT, to: dPart)
    }
    return r.map { part in
      let dInput = arena.matrix(dT.rows, part.rows)
      part.multiplyTransposed(dT, into: dInput)
      return dInput
    }
  }
}
