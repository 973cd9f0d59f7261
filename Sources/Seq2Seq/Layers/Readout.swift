package import Kernels

/// Joins what the decoder knows at a step before the output layer.
///
///     t_i = tanh(s_i·R_s + E y_{i−1}·R_y + c_i·R_c + b_r),  R = [R_s ; R_y ; R_c]
///
/// Source: Bahdanau et al. (2015), appendix A.2.2, with tanh in the place of maxout.
package struct Readout<Element: Scalar>: Sendable {
  private let bias: Matrix<Element>
  private let r: Matrix<Element>  // (H+E+D)×E
  private let hiddenSize: Int
  private let embeddingSize: Int

  package init(_ configuration: Configuration, _ parameters: ParameterBuffer<Element>) {
    r = parameters["readout.R"]
    bias = parameters["readout.b_r"]
    hiddenSize = configuration.hiddenSize
    embeddingSize = configuration.embeddingSize
  }

  /// The three parts of the weights, or of their gradient.
  private func parts(_ whole: Matrix<Element>) -> [Matrix<Element>] {
    let contextStart = hiddenSize + embeddingSize
    return [
      whole.rows(0, count: hiddenSize), whole.rows(hiddenSize, count: embeddingSize),
      whole.rows(contextStart, count: whole.rows - contextStart),
    ]
  }

  /// Computes t for the rows of [s, E y, c], each N×its width.
  package func forward(
    _ inputs: [Matrix<Element>], arena: Arena<Element>
  ) -> Matrix<Element> {
    let t = arena.matrix(inputs[0].rows, r.columns)
    for (index, (input, part)) in zip(inputs, parts(r)).enumerated() {
      multiply(input, part, into: t, adding: index > 0)
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
    for (input, dPart) in zip(inputs, parts(terms.gradients["readout.R"])) {
      terms.addProduct(input, dT, to: dPart)
    }
    return parts(r).map { part in
      let dInput = arena.matrix(dT.rows, part.rows)
      multiply(dT, part, transposing: .right, into: dInput)
      return dInput
    }
  }
}
