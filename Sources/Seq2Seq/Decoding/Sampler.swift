internal import Kernels
import Glibc

/// Chooses a token from the chances of all.
///
/// What is forbidden is left out first; then `temperature`, `topK` and `topP` apply in this
/// order, and a token is drawn in proportion to what is left.
///
/// Source: Fan, Lewis and Dauphin (2018) for top-k, Holtzman et al. (2020) for top-p.
package struct Sampler: Sendable {
  /// Divides the log-probabilities; 0 always takes the likeliest token.
  package var temperature = 1.0
  /// Keeps the so many likeliest tokens; 0 keeps all.
  package var topK = 0
  /// Keeps the likeliest tokens that together reach this probability; 1 keeps all.
  package var topP = 1.0

  package init() {}

  /// Chooses a token.
  ///
  /// - Parameters:
  ///   - logProbabilities: ln p of every token.
  ///   - isAllowed: Which tokens may be chosen; at least one may.
  ///   - generator: Where the choice comes from.
  /// - Returns: The token's id.
  package func choose(
    from logProbabilities: [Float], where isAllowed: (UInt32) -> Bool,
    using generator: inout some RandomNumberGenerator
  ) -> UInt32 {
    var candidates: [(id: UInt32, logProbability: Float)] = []
    candidates.reserveCapacity(logProbabilities.count)
    for (index, value) in logProbabilities.enumerated() where isAllowed(UInt32(index)) {
      candidates.append((UInt32(index), value))
    }
    guard
      let likeliest = candidates.max(by: { ($0.logProbability, $1.id) < ($1.logProbability, $0.id) }
      )
    else { preconditionFailure("every token is forbidden") }
    // A model whose numbers are not finite has no second best.
    guard temperature > 0, topP > 0, likeliest.logProbability.isFinite else { return likeliest.id }
    let weighted = candidates.map {
      (id: $0.id, weight: exp(Double($0.logProbability - likeliest.logProbability) / temperature))
    }
    return draw(from: nucleus(of: weighted), using: &generator)
  }

  /// What top-k and top-p leave, the likeliest first where one of them applies.
  private func nucleus(
    of weighted: [(id: UInt32, weight: Double)]
  ) -> [(id: UInt32, weight: Double)] {
    guard (topK > 0 && topK < weighted.count) || topP < 1 else { return weighted }
    // Tokens below this weight together have less than 1 − topP and are never reached.
    let total = weighted.reduce(0) { $0 + $1.weight }
    let floor = topP < 1 ? (1 - topP) * total / Double(weighted.count) : 0
    var sorted = (topK > 0 ? weighted : weighted.filter { $0.weight >= floor })
      .sorted { ($1.weight, $0.id) < ($0.weight, $1.id) }
    if topK > 0 { sorted.removeLast(max(0, sorted.count - topK)) }
    guard topP < 1 else { return sorted }
    let wanted = topP * (topK > 0 ? sorted.reduce(0) { $0 + $1.weight } : total)
    var reached = 0.0
    let end = sorted.firstIndex {
      reached += $0.weight
      return reached >= wanted
    }
    return Array(sorted[...(end ?? sorted.count - 1)])
  }

  private func draw(
    from weighted: [(id: UInt32, weight: Double)], using generator: inout some RandomNumberGenerator
  ) -> UInt32 {
    let total = weighted.reduce(0) { $0 + $1.weight }
    var rest = Double(generator.next() >> 11) * 0x1p-53 * total
    for (id, weight) in weighted {
      rest -= weight
      if rest < 0 { return id }
    }
    return weighted[weighted.count - 1].id
  }
}
