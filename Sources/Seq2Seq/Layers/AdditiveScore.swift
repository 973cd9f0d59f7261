package import Kernels

/// A small network on both states: e_ij = v·tanh(s·W + h_j·U + b).
///
/// The key h_j·U + b does not depend on the decoder and is made once per source; each step then
/// costs O(B·S·A). With coverage, Σ_{k<i} a_kj·w_c is added inside the tanh.
///
/// Source: Bahdanau, Cho and Bengio (2015), section 3.1 and appendix A.1.2, with a bias; See, Liu
/// and Manning (2017), equation 11, for the coverage.
package struct AdditiveScore<Element: Scalar>: ScoreFunction {
  private let u: PackedMatrix<Element>  // D×A
  private let bias: Matrix<Element>  // 1×A
  private let v: Matrix<Element>  // 1×A
  private let w: PackedMatrix<Element>  // H×A
  private let coverage: Matrix<Element>?  // 1×A

  package init(_ parameters: ParameterBuffer<Element>, hasCoverage: Bool) {
    u = PackedMatrix(parameters["attention.U"])
    bias = parameters["attention.b"]
    v = parameters["attention.v"]
    w = PackedMatrix(parameters["attention.W"])
    coverage = hasCoverage ? parameters["attention.w_c"] : nil
  }

  package var packings: [PackedMatrix<Element>] { [u, w] }
  package var querySize: Int { w.columns }
  package var keySize: Int { u.columns }
  package var keysAreStates: Bool { false }
  /// ∂loss/∂v, then ∂loss/∂w_c.
  package var parameterCount: Int { (coverage == nil ? 1 : 2) * v.columns }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    let keys = arena.matrix(states.rows, u.columns)
    u.multiply(states, into: keys)
    Element.addBias(rows: keys.rows, columns: keys.columns, keys.base, bias: bias.base)
    return keys
  }

  package func setQueries(_ queries: Matrix<Element>, of states: Matrix<Element>) {
    w.multiply(states, into: queries)
  }

  package func addStateGradient(of dQueries: Matrix<Element>, to dStates: Matrix<Element>) {
    w.multiplyTransposed(dQueries, into: dStates, adding: true)
  }

  package func score(_ row: ScoreRow<Element>, into scores: UnsafeMutablePointer<Element>) {
    if let coverage {
      Element.coverageScores(
        length: row.length, attention: v.columns, query: row.query, keys: row.keys, v: v.base,
        w: coverage.base, coverage: row.coverage, into: scores)
    } else {
      Element.additiveScores(
        length: row.length, attention: v.columns, query: row.query, keys: row.keys, v: v.base,
        into: scores)
    }
  }

  package func backward(
    _ row: ScoreRow<Element>, dScores: UnsafePointer<Element>,
    to gradients: ScoreGradients<Element>
  ) {
    if let coverage {
      Element.coverageScoresBackward(
        length: row.length, attention: v.columns, query: row.query, keys: row.keys, v: v.base,
        w: coverage.base, coverage: row.coverage, dScores: dScores, dQuery: gradients.dQuery,
        dKeys: gradients.dKeys, dV: gradients.dParameters,
        dW: gradients.dParameters + v.columns, dCoverage: gradients.dCoverage)
    } else {
      Element.additiveScoresBackward(
        length: row.length, attention: v.columns, query: row.query, keys: row.keys, v: v.base,
        dScores: dScores, dQuery: gradients.dQuery, dKeys: gradients.dKeys,
        dV: gradients.dParameters)
    }
  }

  package func addWeightGradients(
    states: Matrix<Element>, dQueries: Matrix<Element>, dParameters: Matrix<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>
  ) {
    let (gradients, size) = (terms.gradients, v.columns)
    terms.addProduct(states, dQueries, to: gradients["attention.W"])
    terms.addProduct(sources.states, dSources.dKeys, to: gradients["attention.U"])
    terms.addColumnSums(of: dSources.dKeys, to: gradients["attention.b"])
    terms.addColumnSums(of: dParameters.columns(0, count: size), to: gradients["attention.v"])
    if coverage != nil {
      terms.addColumnSums(
        of: dParameters.columns(size, count: size), to: gradients["attention.w_c"])
    }
    u.multiplyTransposed(dSources.dKeys, into: dSources.dStates, adding: true)
  }
}
