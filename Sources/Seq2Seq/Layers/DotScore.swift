package import Kernels

/// The product of both states: e_ij = s·h_j, or that divided by √D.
///
/// Source: Luong, Pham and Manning (2015), equation 8, *dot*; Vaswani et al. (2017), section
/// 3.2.1, *scaled*.
package struct DotScore<Element: Scalar>: ScoreFunction {
  private let width: Int
  private let scale: Element

  package init(width: Int, scale: Element) {
    self.width = width
    self.scale = scale
  }

  package var packings: [PackedMatrix<Element>] { [] }
  package var querySize: Int { width }
  package var keySize: Int { width }
  package var keysAreStates: Bool { true }
  package var parameterCount: Int { 0 }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    states
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
  ) {}
}
