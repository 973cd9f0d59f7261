package import Kernels

/// The product of both states: e_ij = s·h_j, that divided by √D, or s·(h_j·U).
///
/// The key h_j·U is made once per source.
///
/// Source: Luong, Pham and Manning (2015), equation 8, *dot* and *general*; Vaswani et al. (2017),
/// section 3.2.1, *scaled*.
package struct DotScore<Element: Scalar>: ScoreFunction {
  private let width: Int
  private let scale: Element
  private let u: PackedMatrix<Element>?  // D×H, where there is one

  package init(width: Int, scale: Element) {
    self.width = width
    self.scale = scale
    u = nil
  }

  /// Makes keys by the array `attention.U`.
  package init(_ parameters: ParameterBuffer<Element>) {
    let u = PackedMatrix(parameters["attention.U"])
    width = u.columns
    scale = 1
    self.u = u
  }

  package var packings: [PackedMatrix<Element>] { u.map { [$0] } ?? [] }
  package var querySize: Int { width }
  package var keySize: Int { width }
  package var keysAreStates: Bool { u == nil }
  package var parameterCount: Int { 0 }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    guard let u else { return states }
    let keys = arena.matrix(states.rows, u.columns)
    u.multiply(states, into: keys)
    return keys
  }

  package func setQueries(_ queries: Matrix<Element>, of states: Matrix<Element>) {
    queries.copy(from: states)
  }

  package func addStateGradient(of dQueries: Matrix<Element>, to dStates: Matrix<Element>) {
    dStates.add(dQueries)
  }

  package func score(_ row: ScoreRow<Element>, into scores: UnsafeMutablePointer<Element>) {
    Element.dotScores(
      length: row.length, width: width, scale: scale, query: row.query, keys: row.keys,
      into: scores)
  }

  package func backward(
    _ row: ScoreRow<Element>, dScores: UnsafePointer<Element>,
    to gradients: ScoreGradients<Element>
  ) {
    Element.dotScoresBackward(
      length: row.length, width: width, scale: scale, query: row.query, keys: row.keys,
      dScores: dScores, dQuery: gradients.dQuery, dKeys: gradients.dKeys)
  }

  package func addWeightGradients(
    states: Matrix<Element>, dQueries: Matrix<Element>, dParameters: Matrix<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>
  ) {
    guard let u else { return }
    terms.addProduct(sources.states, dSources.dKeys, to: terms.gradients["attention.U"])
    u.multiplyTransposed(dSources.dKeys, into: dSources.dStates, adding: true)
  }
}
