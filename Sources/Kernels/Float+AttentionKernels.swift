internal import CKernels

extension Float {
  package static func additiveScores(
    length: Int, attention: Int, query: UnsafePointer<Float>, keys: UnsafePointer<Float>,
    v: UnsafePointer<Float>, into scores: UnsafeMutablePointer<Float>
  ) {
    ckernels_additive_scores(length, attention, query, keys, v, scores)
  }

  package static func additiveScoresBackward(
    length: Int, attention: Int, query: UnsafePointer<Float>, keys: UnsafePointer<Float>,
    v: UnsafePointer<Float>, dScores: UnsafePointer<Float>,
    dQuery: UnsafeMutablePointer<Float>, dKeys: UnsafeMutablePointer<Float>,
    dV: UnsafeMutablePointer<Float>
  ) {
    ckernels_additive_scores_backward(
      length, attention, query, keys, v, dScores, dQuery, dKeys, dV)
  }

  package static func coverageScores(
    length: Int, attention: Int, query: UnsafePointer<Float>, keys: UnsafePointer<Float>,
    v: UnsafePointer<Float>, w: UnsafePointer<Float>, coverage: UnsafePointer<Float>,
    into scores: UnsafeMutablePointer<Float>
  ) {
    ckernels_coverage_scores(length, attention, query, keys, v, w, coverage, scores)
  }

  package static func coverageScoresBackward(
    length: Int, attention: Int, query: UnsafePointer<Float>, keys: UnsafePointer<Float>,
    v: UnsafePointer<Float>, w: UnsafePointer<Float>, coverage: UnsafePointer<Float>,
    dScores: UnsafePointer<Float>, dQuery: UnsafeMutablePointer<Float>,
    dKeys: UnsafeMutablePointer<Float>, dV: UnsafeMutablePointer<Float>,
    dW: UnsafeMutablePointer<Float>, dCoverage: UnsafeMutablePointer<Float>
  ) {
    ckernels_coverage_scores_backward(
      length, attention, query, keys, v, w, coverage, dScores, dQuery, dKeys, dV, dW, dCoverage)
  }

  package static func dotScores(
    length: Int, width: Int, scale: Float, query: UnsafePointer<Float>,
    keys: UnsafePointer<Float>, into scores: UnsafeMutablePointer<Float>
  ) {
    ckernels_dot_scores(length, width, scale, query, keys, scores)
  }

  package static func dotScoresBackward(
    length: Int, width: Int, scale: Float, query: UnsafePointer<Float>,
    keys: UnsafePointer<Float>, dScores: UnsafePointer<Float>,
    dQuery: UnsafeMutablePointer<Float>, dKeys: UnsafeMutablePointer<Float>
  ) {
    ckernels_dot_scores_backward(length, width, scale, query, keys, dScores, dQuery, dKeys)
  }

  package static func softmax(count: Int, _ x: UnsafeMutablePointer<Float>) {
    ckernels_softmax(count, x)
  }

  package static func weightedSum(
    length: Int, width: Int, weights: UnsafePointer<Float>, states: UnsafePointer<Float>,
    into sum: UnsafeMutablePointer<Float>
  ) {
    ckernels_weighted_sum(length, width, weights, states, sum)
  }

  package static func weightedSumBackward(
    length: Int, width: Int, weights: UnsafePointer<Float>, states: UnsafePointer<Float>,
    dSum: UnsafePointer<Float>, dWeights: UnsafeMutablePointer<Float>,
    dStates: UnsafeMutablePointer<Float>
  ) {
    ckernels_weighted_sum_backward(length, width, weights, states, dSum, dWeights, dStates)
  }
}
