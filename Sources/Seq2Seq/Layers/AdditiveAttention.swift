package import Kernels

/// Weighs the encoder's states by a small network on both states.
///
///     e_ij = v·tanh(s_{i−1}·W + h_j·U + b)
///      a_i = softmax_j(e_ij)
///      c_i = Σ_j a_ij·h_j
///
/// The key h_j·U + b does not depend on the decoder and is made once per source; each step then
/// costs O(B·S·A).
///
/// Source: Bahdanau, Cho and Bengio (2015), section 3.1 and appendix A.1.2, with a bias.
package struct AdditiveAttention<Element: Scalar>: Attention {
  private let u: PackedMatrix<Element>  // D×A
  private let bias: Matrix<Element>  // 1×A
  private let v: Matrix<Element>  // 1×A
  private let w: PackedMatrix<Element>  // H×A

  package init(_ parameters: ParameterBuffer<Element>) {
    u = PackedMatrix(parameters["attention.U"])
    bias = parameters["attention.b"]
    v = Matrix(parameters["attention.v"].base, rows: 1, columns: u.columns)
    w = PackedMatrix(parameters["attention.W"])
  }

  package var packings: [PackedMatrix<Element>] { [u, w] }

  /// ∂loss/∂v, 1×A.
  package var scoreGradientSize: Int { v.columns }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    let keys = arena.matrix(states.rows, u.columns)
    u.multiply(states, into: keys)
    Element.addBias(rows: keys.rows, columns: keys.columns, keys.base, bias: bias.base)
    return keys
  }

  package func forward(
    previous: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    queries: Matrix<Element>, weights: Matrix<Element>, contexts: Matrix<Element>
  ) {
    w.multiply(previous, into: queries)
    Activity.attention.measure {
      for (row, number) in numbers.enumerated() {
        let start = sources.offsets[number]
        Element.additiveAttentionForward(
          length: sources.lengths[number], attention: u.columns, width: u.rows,
          query: queries.row(row), keys: sources.keys.row(start), v: v.base,
          states: sources.states.row(start), weights: weights.row(row),
          context: contexts.row(row))
      }
    }
  }

  package func backward(
    dContexts: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    queries: Matrix<Element>, weights: Matrix<Element>, dQueries: Matrix<Element>,
    dPrevious: Matrix<Element>, dSources: SourceGradients<Element>,
    dScores: Matrix<Element>, scratch: Matrix<Element>
  ) {
    Activity.attention.measure {
      for (row, number) in numbers.enumerated() {
        let start = sources.offsets[number]
        Element.additiveAttentionBackward(
          length: sources.lengths[number], attention: u.columns, width: u.rows,
          query: queries.row(row), keys: sources.keys.row(start), v: v.base,
          states: sources.states.row(start), weights: weights.row(row),
          dContext: dContexts.row(row), dQuery: dQueries.row(row),
          dKeys: dSources.dKeys.row(start), dV: dScores.base,
          dStates: dSources.dStates.row(start), scratch: scratch.base)
      }
    }
    w.multiplyTransposed(dQueries, into: dPrevious, adding: true)
  }

  package func addWeightGradients(
    previous: Matrix<Element>, dQueries: Matrix<Element>, sources: AttendedSources<Element>,
    dSources: SourceGradients<Element>, dScores: Matrix<Element>, terms: GradientTerms<Element>
  ) {
    let gradients = terms.gradients
    terms.addProduct(previous, dQueries, to: gradients["attention.W"])
    terms.addProduct(sources.states, dSources.dKeys, to: gradients["attention.U"])
    terms.addColumnSums(of: dSources.dKeys, to: gradients["attention.b"])
    terms.addColumnSums(of: dScores, to: gradients["attention.v"])
    u.multiplyTransposed(dSources.dKeys, into: dSources.dStates, adding: true)
  }
}
