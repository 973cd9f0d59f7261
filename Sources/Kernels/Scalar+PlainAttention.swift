extension Scalar {
  /// Scores the keys of a source: e_j = v·tanh(query + keys_j).
  ///
  /// `query` and `v` have A elements, `keys` is S×A. The query is s·W, the keys are h·U + b.
  ///
  /// Source: Bahdanau, Cho and Bengio (2015), section 3.1 and appendix A.1.2.
  package static func additiveScores(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, into scores: UnsafeMutablePointer<Self>
  ) {
    for j in 0..<length {
      var score: Self = 0
      for a in 0..<attention {
        score += v[a] * hyperbolicTangent(query[a] + keys[j * attention + a])
      }
      scores[j] = score
    }
  }

  /// Takes the gradient of a loss back through ``additiveScores``; every tanh is computed again
  /// instead of stored.
  package static func additiveScoresBackward(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, dScores: UnsafePointer<Self>, dQuery: UnsafeMutablePointer<Self>,
    dKeys: UnsafeMutablePointer<Self>, dV: UnsafeMutablePointer<Self>
  ) {
    for j in 0..<length {
      for a in 0..<attention {
        let t = hyperbolicTangent(query[a] + keys[j * attention + a])
        let d = dScores[j] * v[a] * (1 - t * t)
        dV[a] += dScores[j] * t
        dKeys[j * attention + a] += d
        dQuery[a] += d
      }
    }
  }

  /// Scores the keys of a source, with what was looked at before:
  /// e_j = v·tanh(query + keys_j + coverage_j·w).
  ///
  /// Source: See, Liu and Manning (2017), equation 11.
  package static func coverageScores(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, w: UnsafePointer<Self>, coverage: UnsafePointer<Self>,
    into scores: UnsafeMutablePointer<Self>
  ) {
    for j in 0..<length {
      var score: Self = 0
      for a in 0..<attention {
        score += v[a] * hyperbolicTangent(query[a] + keys[j * attention + a] + coverage[j] * w[a])
      }
      scores[j] = score
    }
  }

  /// Takes the gradient of a loss back through ``coverageScores``.
  package static func coverageScoresBackward(
    length: Int, attention: Int, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    v: UnsafePointer<Self>, w: UnsafePointer<Self>, coverage: UnsafePointer<Self>,
    dScores: UnsafePointer<Self>, dQuery: UnsafeMutablePointer<Self>,
    dKeys: UnsafeMutablePointer<Self>, dV: UnsafeMutablePointer<Self>,
    dW: UnsafeMutablePointer<Self>, dCoverage: UnsafeMutablePointer<Self>
  ) {
    for j in 0..<length {
      for a in 0..<attention {
        let t = hyperbolicTangent(query[a] + keys[j * attention + a] + coverage[j] * w[a])
        let d = dScores[j] * v[a] * (1 - t * t)
        dV[a] += dScores[j] * t
        dKeys[j * attention + a] += d
        dQuery[a] += d
        dW[a] += d * coverage[j]
        dCoverage[j] += d * w[a]
      }
    }
  }

  /// Scores the keys of a source: e_j = scale·query·keys_j.
  ///
  /// `query` has D elements, `keys` is S×D.
  ///
  /// Source: Luong, Pham and Manning (2015), equation 8; Vaswani et al. (2017), equation 1, for
  /// the scale.
  package static func dotScores(
    length: Int, width: Int, scale: Self, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    into scores: UnsafeMutablePointer<Self>
  ) {
    for j in 0..<length {
      var score: Self = 0
      for d in 0..<width { score += query[d] * keys[j * width + d] }
      scores[j] = scale * score
    }
  }

  /// Takes the gradient of a loss back through ``dotScores``.
  package static func dotScoresBackward(
    length: Int, width: Int, scale: Self, query: UnsafePointer<Self>, keys: UnsafePointer<Self>,
    dScores: UnsafePointer<Self>, dQuery: UnsafeMutablePointer<Self>,
    dKeys: UnsafeMutablePointer<Self>
  ) {
    for j in 0..<length {
      for d in 0..<width {
        dQuery[d] += scale * dScores[j] * keys[j * width + d]
        dKeys[j * width + d] += scale * dScores[j] * query[d]
      }
    }
  }

  package static func softmax(count: Int, _ x: UnsafeMutablePointer<Self>) {
    var highest = -Self.infinity
    for j in 0..<count { highest = max(highest, x[j]) }
    var total: Self = 0
    for j in 0..<count {
      x[j] = exponential(x[j] - highest)
      total += x[j]
    }
    for j in 0..<count { x[j] /= total }
  }

  package static func weightedSum(
    length: Int, width: Int, weights: UnsafePointer<Self>, states: UnsafePointer<Self>,
    into sum: UnsafeMutablePointer<Self>
  ) {
    sum.update(repeating: 0, count: width)
    for j in 0..<length {
      for d in 0..<width { sum[d] += weights[j] * states[j * width + d] }
    }
  }

  package static func weightedSumBackward(
    length: Int, width: Int, weights: UnsafePointer<Self>, states: UnsafePointer<Self>,
    dSum: UnsafePointer<Self>, dWeights: UnsafeMutablePointer<Self>,
    dStates: UnsafeMutablePointer<Self>
  ) {
    for j in 0..<length {
      var dot: Self = 0
      for d in 0..<width {
        dot += dSum[d] * states[j * width + d]
        dStates[j * width + d] += weights[j] * dSum[d]
      }
      dWeights[j] = dot
    }
  }
}
