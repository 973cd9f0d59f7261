internal import Glibc
internal import Kernels

/// Chooses a token from the chances of all.
///
/// What is forbidden is left out first; then `temperature`, `topK`, `topP`, `minP` and `typical`
/// apply in this order, each to what the one before left, or `mirostat` in place of all but the
/// temperature. A token is drawn in proportion to what is left.
package struct Sampler: Sendable {
  /// Divides the log-probabilities; 0 always takes the likeliest token.
  package var temperature = 1.0
  /// Keeps the so many likeliest tokens; 0 keeps all.
  package var topK = 0
  /// Keeps the likeliest tokens that together reach this probability; 1 keeps all.
  package var topP = 1.0
  /// Keeps the tokens that are at least so likely as this share of the likeliest; 0 keeps all.
  package var minP = 0.0
  /// Keeps the tokens of nearly the expected surprise that together reach this probability; 1 keeps
  /// all.
  package var typical = 1.0
  /// Keeps the surprise near a target; changes with every token.
  package var mirostat: Mirostat?

  package init() {}

  /// Whether the likeliest token is always taken.
  package var isGreedy: Bool {
    temperature == 0 || mirostat == nil && (topP == 0 || topK == 1)
  }

  /// Chooses a token.
  ///
  /// - Parameters:
  ///   - logits: ln p of every token, but for a constant; −∞ for one that is forbidden.
  ///   - generator: Where the choice comes from.
  /// - Returns: The token's id; nothing if all are forbidden.
  package mutating func choose(
    from logits: UnsafeBufferPointer<Float>, using generator: inout some RandomNumberGenerator
  ) -> UInt32? {
    guard let base = logits.baseAddress else { return nil }
    let largest = Float.largest(count: logits.count, base)
    let scale = Float(1 / temperature)
    // A model whose numbers are not finite has no second best.
    guard !isGreedy, scale.isFinite, largest.isFinite else {
      let isBest = { largest > -.infinity ? $0 == largest : $0 != -.infinity }
      return logits.firstIndex(where: isBest).map { UInt32($0) }
    }
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: logits.count) { weights in
      guard let space = weights.baseAddress else { preconditionFailure("no memory for weights") }
      Float.samplingWeights(
        count: logits.count, base, largest: largest, inverseTemperature: scale, into: space)
      let nucleus = nucleus(of: weights, logits: logits, scale: scale)
      let id = nucleus.draw(from: UnsafeBufferPointer(weights), using: &generator)
      mirostat?.observe(probability: Double(weights[id]) / nucleus.total)
      return UInt32(id)
    }
  }

  /// Draws whether the end of a sentence ends its paragraph, by what the model says of both ends.
  ///
  /// Ends of paragraphs are rare. Were they left out as unlikely words are, paragraphs would be longer
  /// than those that were learned.
  ///
  /// - Parameters:
  ///   - end: The end that was chosen; where the likeliest token is always taken, it stays.
  ///   - logits: What it was chosen from.
  ///   - generator: Where the choice comes from.
  /// - Returns: One of the two ends.
  package func kind(
    ofEnd end: UInt32, from logits: UnsafeBufferPointer<Float>,
    using generator: inout some RandomNumberGenerator
  ) -> UInt32 {
    let (sentence, paragraph) = (
      logits[Int(ReservedID.end)], logits[Int(ReservedID.paragraph)]
    )
    guard !isGreedy, min(sentence, paragraph).isFinite else { return end }
    let odds = exp(Double(sentence - paragraph) / temperature)
    return Double.random(in: 0..<1, using: &generator) * (1 + odds) < 1
      ? ReservedID.paragraph : ReservedID.end
  }

  /// Finds what may be drawn by weights that are e^((x − max x)·scale) for each logit x.
  ///
  /// Some of them may become 0.
  private func nucleus(
    of weights: UnsafeMutableBufferPointer<Float>, logits: UnsafeBufferPointer<Float>, scale: Float
  ) -> Nucleus {
    let all = UnsafeBufferPointer(weights)
    if let mirostat {
      var nucleus = Nucleus(of: all)
      nucleus.raise(to: mirostat.floor(total: nucleus.total), of: all)
      return nucleus
    }
    var nucleus = Nucleus(of: all, topK: topK, topP: topP)
    if minP > 0 { nucleus.raise(to: Float(minP), of: all) }
    guard typical < 1 else { return nucleus }
    nucleus.clearOthers(of: weights)
    LocallyTypical.keep(of: weights, logarithms: logits, scale: scale, share: typical)
    return Nucleus(of: all)
  }
}
