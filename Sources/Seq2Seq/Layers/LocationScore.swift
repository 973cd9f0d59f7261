package import Kernels

/// Scores of places, whatever stands there: e_ij = (s·W)_j.
///
/// W has a column for each place of the longest source.
///
/// Source: Luong, Pham and Manning (2015), equation 9, *location*.
package struct LocationScore<Element: Scalar>: ScoreFunction {
  private let w: PackedMatrix<Element>  // H×places

  package init(_ parameters: ParameterBuffer<Element>) {
    w = PackedMatrix(parameters["attention.W"])
  }

  package var packings: [PackedMatrix<Element>] { [w] }
  package var querySize: Int { w.columns }
  package var keySize: Int { 0 }
  package var keysAreStates: Bool { false }
  package var parameterCount: Int { 0 }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    arena.matrix(states.rows, 0)
  }

  package func setQueries(_ queries: Matrix<Element>, of states: Matrix<Element>) {
    w.multiply(states, into: queries)
  }

  package func addStateGradient(of dQueries: Matrix<Element>, to dStates: Matrix<Element>) {
    w.multiplyTransposed(dQueries, into: dStates, adding: true)
  }

  package func score(_ row: ScoreRow<Element>, into scores: UnsafeMutablePointer<Element>) {
    precondition(
      row.first + row.length <= w.columns,
      "a source of \(row.first + row.length) tokens for \(w.columns) places")
    scores.update(from: row.query + row.first, count: row.length)
  }

  package func backward(
    _ row: ScoreRow<Element>, dScores: UnsafePointer<Element>,
    to gradients: ScoreGradients<Element>
  ) {
    Element.addScaled(count: row.length, 1, dScores, to: gradients.dQuery + row.first)
  }

  package func addWeightGradients(
    states: Matrix<Element>, dQueries: Matrix<Element>, dParameters: Matrix<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>
  ) {
    terms.addProduct(states, dQueries, to: terms.gradients["attention.W"])
  }
}
