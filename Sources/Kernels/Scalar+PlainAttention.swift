extension Scalar {
  /// Weighs the states of one source by how well each matches a query.
  ///
  ///         e_j = v·tanh(query + keys_j)
  ///           a = softmax(e)
  ///     context = Σ_j a_j·states_j
  ///
  /// `query` and `v` have A elements, `keys` is S×A, `states` S×D; `weights` receives the S
  /// elements of a, `context` has D. The query is W·s, the keys are U·h + b.
  ///
  /// Source: Bahdanau, Cho and Bengio (2015), section 3.1 and appendix A.1.2.
  package static func additiveAttentionForward(
    length: Int, attention: Int, width: Int, query: UnsafePointer<Self>,
    keys: UnsafePointer<Self>, v: UnsafePointer<Self>, states: UnsafePointer<Self>,
    weights: UnsafeMutablePointer<Self>, context: UnsafeMutablePointer<Self>
  ) {
    var highest = -Self.infinity
    for j in 0..<length {
      var score: Self = 0
      for a in 0..<attention {
        score += v[a] * hyperbolicTangent(query[a] + keys[j * attention + a])
      }
      weights[j] = score
      highest = max(highest, score)
    }
    var total: Self = 0
    for j in 0..<length {
      weights[j] = exponential(weights[j] - highest)
      total += weights[j]
    }
    context.update(repeating: 0, count: width)
    for j in 0..<length {
      weights[j] /= total
      for d in 0..<width { context[d] += weights[j] * states[j * width + d] }
    }
  }

  /// Takes the gradient of a loss back through ``additiveAttentionForward``.
  ///
  /// With dα_j = dContext·states_j: de_j = a_j (dα_j − Σ_k a_k dα_k), and every tanh is computed
  /// again instead of stored. `dQuery` is set; `dKeys`, `dV` and `dStates` are added to.
  /// `scratch` has S elements.
  package static func additiveAttentionBackward(
    length: Int, attention: Int, width: Int, query: UnsafePointer<Self>,
    keys: UnsafePointer<Self>, v: UnsafePointer<Self>, states: UnsafePointer<Self>,
    weights: UnsafePointer<Self>, dContext: UnsafePointer<Self>,
    dQuery: UnsafeMutablePointer<Self>, dKeys: UnsafeMutablePointer<Self>,
    dV: UnsafeMutablePointer<Self>, dStates: UnsafeMutablePointer<Self>,
    scratch: UnsafeMutablePointer<Self>
  ) {
    var mean: Self = 0
    for j in 0..<length {
      var dot: Self = 0
      for d in 0..<width {
        dot += dContext[d] * states[j * width + d]
        dStates[j * width + d] += weights[j] * dContext[d]
      }
      scratch[j] = dot
      mean += weights[j] * dot
    }
    dQuery.update(repeating: 0, count: attention)
    for j in 0..<length {
      let dScore = weights[j] * (scratch[j] - mean)
      for a in 0..<attention {
        let t = hyperbolicTangent(query[a] + keys[j * attention + a])
        let d = dScore * v[a] * (1 - t * t)
        dV[a] += dScore * t
        dKeys[j * attention + a] += d
        dQuery[a] += d
      }
    }
  }
}
