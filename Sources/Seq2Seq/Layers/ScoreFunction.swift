package import Kernels

/// How well each state of a source matches the decoder's: e_ij.
///
/// The decoder's state is made a query, the source's states are made keys, and each key is
/// compared with the query.
package protocol ScoreFunction<Element>: Sendable {
  associatedtype Element: Scalar

  var packings: [PackedMatrix<Element>] { get }
  /// Q, the width of a query.
  var querySize: Int { get }
  /// The width of a key.
  var keySize: Int { get }
  /// Whether h itself is the key.
  var keysAreStates: Bool { get }
  /// Parameters that have their gradient added up step by step.
  var parameterCount: Int { get }

  /// Makes keys of the encoder's states.
  func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element>

  /// Makes queries, B×Q, of the decoder's states, B×H.
  func setQueries(_ queries: Matrix<Element>, of states: Matrix<Element>)

  /// Adds the gradient of the states to `dStates`, B×H.
  func addStateGradient(of dQueries: Matrix<Element>, to dStates: Matrix<Element>)

  /// Scores one source for one query.
  func score(_ row: ScoreRow<Element>, into scores: UnsafeMutablePointer<Element>)

  /// Takes the scores' gradient back for one query; everything is added to.
  func backward(
    _ row: ScoreRow<Element>, dScores: UnsafePointer<Element>, to gradients: ScoreGradients<Element>
  )

  /// Adds the weights' gradients for all steps at once, and the keys' to the states'.
  func addWeightGradients(
    states: Matrix<Element>, dQueries: Matrix<Element>, dParameters: Matrix<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>)
}

/// One query and the part of a source that it is compared with.
package struct ScoreRow<Element: Scalar> {
  let query: UnsafePointer<Element>  // Q
  let keys: UnsafePointer<Element>  // S×A, or S×D
  let coverage: UnsafePointer<Element>  // S, where there is coverage
  /// The place of the first key in its source.
  let first: Int
  let length: Int
}

/// Where the gradients of a ``ScoreRow`` go.
package struct ScoreGradients<Element: Scalar> {
  let dQuery: UnsafeMutablePointer<Element>
  let dKeys: UnsafeMutablePointer<Element>
  let dCoverage: UnsafeMutablePointer<Element>
  let dParameters: UnsafeMutablePointer<Element>
}
