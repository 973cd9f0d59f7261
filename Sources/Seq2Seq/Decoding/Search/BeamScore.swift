import Glibc

/// What sentences of a beam are ordered by.
///
///     s(Y) = ln p(Y) / ((5 + |Y|) / 6)^a + b·Σ_i ln min(Σ_j a_ij, 1)
///
/// |Y| counts the end; a_ij is the attention to the source's token i at the target's token j.
///
/// Source: Wu et al. (2016), equation 14.
struct BeamScore {
  /// What a is.
  let lengthPenalty: Double
  /// What b is.
  let coveragePenalty: Double
  /// What a token of the source counts at least, so that none makes all sentences alike.
  private static let leastCoverage: Float = 1e-6

  init(_ settings: BeamSettings) {
    (lengthPenalty, coveragePenalty) = (settings.lengthPenalty, settings.coveragePenalty)
  }

  /// Computes s.
  ///
  /// - Parameters:
  ///   - logProbability: ln p(Y).
  ///   - length: |Y|.
  ///   - coverage: Σ_j a_ij of each token of the source; only read if b is not 0.
  /// - Returns: The score.
  func callAsFunction(logProbability: Double, length: Int, coverage: [Float]) -> Double {
    let score = Self.normalized(logProbability, length: length, penalty: lengthPenalty)
    guard coveragePenalty != 0 else { return score }
    return coverage.reduce(score) {
      $0 + coveragePenalty * log(Double(min(max($1, Self.leastCoverage), 1)))
    }
  }

  /// Computes ln p(Y) / ((5 + |Y|) / 6)^a, in which a penalty a of 0 leaves ln p as it is.
  static func normalized(_ logProbability: Double, length: Int, penalty: Double) -> Double {
    logProbability / pow((5 + Double(length)) / 6, penalty)
  }
}
