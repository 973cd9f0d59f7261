internal import Kernels

/// What a beam has to know of a step's row: its likeliest tokens, and what it would cost to end.
struct BeamRow {
  struct Choice {
    let id: UInt32
    /// What the search adds for it: ln p, changed by the processors, not normalised again.
    let gain: Double
    /// ln p of it by the model alone.
    let logProbability: Double
  }

  /// In falling order of the gain, of equals the first by id.
  let choices: [Choice]
  /// The gain of the likelier end.
  let endGain: Double
  /// What an end that is not allowed counts at least, so that every score is a number.
  static let leastEndGain = -10_000.0
  /// Over the tokens of the source; empty unless it is wanted.
  let attention: [Float]

  /// Looks through a row, which is overwritten.
  ///
  /// - Parameters:
  ///   - row: What the model says of the next token.
  ///   - hypothesis: What was chosen before it.
  ///   - count: The most choices.
  ///   - wantsAttention: Whether to keep the attention.
  ///   - rules: What may be chosen.
  init(
    _ row: StepRow, after hypothesis: Hypothesis, count: Int, wantsAttention: Bool,
    under rules: inout TokenRules
  ) {
    let odds = ModelOdds(row.logits, under: &rules, for: hypothesis)
    let best = Self.best(UnsafeBufferPointer(row.logits), count: count)
    choices = best.entries.map { logit, id in
      Choice(
        id: id, gain: Double(logit) - odds.logSum, logProbability: odds.logProbability(of: id))
    }
    let end = max(row.logits[Int(ReservedID.end)], row.logits[Int(ReservedID.paragraph)])
    endGain = max(Double(end) - odds.logSum, Self.leastEndGain)
    attention = wantsAttention ? Array(row.attention) : []
  }

  /// Finds the greatest numbers in one pass, which looks only into blocks whose greatest has a
  /// place among those found before.
  static func best(_ logits: UnsafeBufferPointer<Float>, count: Int) -> BestList<Float, UInt32> {
    var list = BestList<Float, UInt32>(limit: count)
    guard let base = logits.baseAddress else { return list }
    var floor = -Float.infinity  // what is forbidden has no place
    for start in stride(from: 0, to: logits.count, by: 128) {
      let end = min(start + 128, logits.count)
      guard Float.largest(count: end - start, base + start) > floor else { continue }
      for place in start..<end where base[place] > floor {
        list.insert(UInt32(place), rank: base[place])
        floor = list.floor ?? floor
      }
    }
    return list
  }
}
