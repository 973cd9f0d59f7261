package import Kernels

/// Joins what the decoder knows at a step before the output layer.
///
///     u_i = s_i·R_s + E y_{i−1}·R_y + c_i·R_c + b_r,  R = [R_s ; R_y ; R_c]
///     t_i = tanh(u_i),  or the larger of u_i's numbers 2k and 2k+1 (maxout)
///
/// Source: Bahdanau, Cho and Bengio (2015), appendix A.2.2; Goodfellow et al. (2013) for maxout.
package struct Readout<Element: Scalar>: Sendable {
  private let kind: Configuration.Readout
  private let bias: Matrix<Element>
  private let r: [PackedMatrix<Element>]  // R_s, R_y and R_c
  /// The width of t.
  private let size: Int

  /// t, and what the way back needs.
  package struct Rows {
    /// t, N×E.
    let t: Matrix<Element>
    /// u of maxout, N×2E; else without columns.
    let units: Matrix<Element>

    func rows(_ first: Int, count: Int) -> Rows {
      Rows(t: t.rows(first, count: count), units: units.rows(first, count: count))
    }
  }

  package init(_ configuration: Configuration, _ parameters: ParameterBuffer<Element>) {
    kind = configuration.readout
    size = configuration.embeddingSize
    bias = parameters["readout.b_r"]
    let sizes = [
      configuration.hiddenSize, configuration.embeddingSize, configuration.contextSize,
    ]
    r = Self.parts(parameters["readout.R"], sizes: sizes).map { PackedMatrix($0) }
  }

  package var packings: [PackedMatrix<Element>] { r.filter { $0.rows > 0 } }

  /// The parts of R, or of its gradient.
  private static func parts(_ whole: Matrix<Element>, sizes: [Int]) -> [Matrix<Element>] {
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return whole.rows(start, count: size)
    }
  }

  /// Room for some rows.
  func makeRows(_ count: Int, arena: Arena<Element>) -> Rows {
    Rows(
      t: arena.matrix(count, size), units: arena.matrix(count, kind == .maxout ? 2 * size : 0))
  }

  /// Computes t for the rows of [s, E y, c], each N×its width.
  package func forward(_ inputs: [Matrix<Element>], into rows: Rows) {
    let sums = kind == .maxout ? rows.units : rows.t
    for (index, (input, part)) in zip(inputs, r).enumerated() where part.rows > 0 {
      part.multiply(input, into: sums, adding: index > 0)
    }
    switch kind {
    case .tanh:
      Element.tanhOfSum(rows: sums.rows, columns: size, sums.base, bias: bias.base)
    case .maxout:
      Element.maxout(
        rows: sums.rows, columns: size, sums.base, bias: bias.base, into: rows.t.base)
    }
  }

  /// Takes ∂loss/∂t back to the rows that it was made of.
  ///
  /// - Parameters:
  ///   - dT: ∂loss/∂t, N×E; used up.
  ///   - rows: What `forward` set; its units are used up.
  ///   - dInputs: Receive the gradients of [s, E y, c].
  /// - Returns: ∂loss/∂u, for the weights.
  @discardableResult
  package func backward(
    _ dT: Matrix<Element>, rows: Rows, into dInputs: [Matrix<Element>]
  ) -> Matrix<Element> {
    let dSums = kind == .maxout ? rows.units : dT
    switch kind {
    case .tanh:
      Element.tanhBackward(count: dT.count, output: rows.t.base, gradient: dT.base)
    case .maxout:
      Element.maxoutBackward(
        rows: dT.rows, columns: size, dOutput: dT.base, rows.units.base)
    }
    for (part, dInput) in zip(r, dInputs) where part.rows > 0 {
      part.multiplyTransposed(dSums, into: dInput)
    }
    return dSums
  }

  /// Adds the weights' gradients for all steps at once.
  func addWeightGradients(
    _ dSums: Matrix<Element>, inputs: [Matrix<Element>], terms: GradientTerms<Element>
  ) {
    terms.addColumnSums(of: dSums, to: terms.gradients["readout.b_r"])
    let dR = Self.parts(terms.gradients["readout.R"], sizes: r.map(\.rows))
    for (input, dPart) in zip(inputs, dR) where dPart.rows > 0 {
      terms.addProduct(input, dSums, to: dPart)
    }
  }
}
