package import Kernels

/// A bilinear form of both states: e_ij = s·(h_j·U).
///
/// The key h_j·U is made once per source.
///
/// Source: Luong, Pham and Manning (2015), equation 8, *general*.
package struct GeneralScore<Element: Scalar>: ScoreFunction {
  private let u: PackedMatrix<Element>  // D×H

  package init(_ parameters: ParameterBuffer<Element>) {
    u = PackedMatrix(parameters["attention.U"])
  }

  package var packings: [PackedMatrix<Element>] { [u] }
  package var querySize: Int { u.columns }
  package var keySize: Int { u.columns }
  package var keysAreStates: Bool { false }
  package var parameterCount: Int { 0 }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
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
      length: row.length, width: u.columns, scale: 1, query: row.query, keys: row.keys,
      into: scores)
  }

  package func backward(
    _ row: ScoreRow<Element>, dScores: UnsafePointer<Element>,
    to gradients: ScoreGradients<Element>
  ) {
    Element.dotScoresBackward(
      length: row.length, width: u.columns, scale: 1, query: row.query, keys: row.keys,
      dScores: dScores, dQuery: gradients.dQuery, dKeys: gradients.dKeys)
  }

  package func addWeightGradients(
    states: Matrix<Element>, dQueries: Matrix<Element>, dParameters: Matrix<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>
  ) {
    terms.addProduct(sources.states, dSources.dKeys, to: terms.gradients["attention.U"])
    u.multiplyTransposed(dSources.dKeys, into: dSources.dStates, adding: true)
  }
}
