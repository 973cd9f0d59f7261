internal import Kernels

/// Chooses a token from the chances of all.
///
/// What is forbidden is left out first; then `temperature`, `topK` and `topP` apply in this
/// order, and a token is drawn in proportion to what is left.
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
  ///   - logits: ln p of every token, but for a constant; −∞ for one that is forbidden.
  ///   - generator: Where the choice comes from.
  /// - Returns: The token's id; nothing if all are forbidden.
  package func choose(
    from logits: UnsafeBufferPointer<Float>, using generator: inout some RandomNumberGenerator
  ) -> UInt32? {
    guard let base = logits.baseAddress else { return nil }
    let largest = Float.largest(count: logits.count, base)
    // A model whose numbers are not finite has no second best.
    guard temperature > 0, topP > 0, topK != 1, largest.isFinite else {
      let isBest = { largest > -.infinity ? $0 == largest : $0 != -.infinity }
      return logits.firstIndex(where: isBest).map { UInt32($0) }
    }
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: logits.count) { weights in
      guard let space = weights.baseAddress else { preconditionFailure("no memory for weights") }
      Float.samplingWeights(
        count: logits.count, base, largest: largest, inverseTemperature: Float(1 / temperature),
        into: space)
      let weights = UnsafeBufferPointer(weights)
      return draw(from: weights, Nucleus(of: weights, topK: topK, topP: topP), using: &generator)
    }
  }

  private func draw(
    from weights: UnsafeBufferPointer<Float>, _ nucleus: Nucleus,
    using generator: inout some RandomNumberGenerator
  ) -> UInt32 {
    var rest = Double(generator.next() >> 11) * 0x1p-53 * nucleus.total
    var (last, ties) = (0, nucleus.tieCount)
    for (id, weight) in weights.enumerated() {
      if weight < nucleus.floor { continue }
      if weight == nucleus.floor {
        if ties == 0 { continue }
        ties -= 1
      }
      rest -= Double(weight)
      last = id
      if rest < 0 { break }
    }
    return UInt32(last)
  }
}
