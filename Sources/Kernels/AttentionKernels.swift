/// The loops of attention, for one query and one source; ``Scalar`` says how the requirements
/// are met.
package protocol AttentionKernels {
  /// Scores keys by v·tanh(query + key).
  static func additiveScores(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, into scores: UnsafeMutablePointer<Self>)

  /// Takes the scores' gradient back; everything is added to.
  static func additiveScoresBackward(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, dScores: UnsafePointer<Self>, dQuery: UnsafeMutablePointer<Self>,
    dKeys: UnsafeMutablePointer<Self>, dV: UnsafeMutablePointer<Self>)

  /// Scores keys by v·tanh(query + key + coverage·w).
  static func coverageScores(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, w: UnsafePointer<Self>, coverage: UnsafePointer<Self>,
    into scores: UnsafeMutablePointer<Self>)

  /// Takes the scores' gradient back; everything is added to.
  static func coverageScoresBackward(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, w: UnsafePointer<Self>, coverage: UnsafePointer<Self>,
    dScores: UnsafePointer<Self>, dQuery: UnsafeMutablePointer<Self>,
    dKeys: UnsafeMutablePointer<Self>, dV: UnsafeMutablePointer<Self>,
    dW: UnsafeMutablePointer<Self>, dCoverage: UnsafeMutablePointer<Self>)

  /// Scores keys by scale·query·key.
  static func dotScores(
    length: Int, width: Int, scale: Self, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    into scores: UnsafeMutablePointer<Self>)

  /// Takes the scores' gradient back; everything is added to.
  static func dotScoresBackward(
    length: Int, width: Int, scale: Self, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    dScores: UnsafePointer<Self>, dQuery: UnsafeMutablePointer<Self>,
    dKeys: UnsafeMutablePointer<Self>)

  /// Replaces x by e^x / Σ e^x.
  static func softmax(count: Int, _ x: UnsafeMutablePointer<Self>)

  /// Computes Σ_j weights_j·states_j.
  static func weightedSum(
    length: Int, width: Int, weights: UnsafePointer<Self>, states: UnsafePointer<Self>,
    into sum: UnsafeMutablePointer<Self>)

  /// Takes the sum's gradient back; `dWeights` is set, `dStates` is added to.
  static func weightedSumBackward(
    length: Int, width: Int, weights: UnsafePointer<Self>, states: UnsafePointer<Self>,
    dSum: UnsafePointer<Self>, dWeights: UnsafeMutablePointer<Self>,
    dStates: UnsafeMutablePointer<Self>)
}
