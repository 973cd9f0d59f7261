/// Makes the tokens of a window less likely to be written once more.
///
/// Of a token that stands there c > 0 times
///
///     x′ = θ·x − α − c·β
///
/// where x = ln p. What made tokens likelier before may have left an x above 0, which becomes x/θ.
///
/// Source: Keskar et al. (2019), section 4.1, for θ, on ln p and not on the scores of a last layer,
/// whose sign depends on a constant; OpenAI's interface for α and β, there on what was written alone.
package struct RepetitionPenalties: LogitsProcessor {
  /// θ, above 1 to make tokens of the window less likely; 1 does nothing.
  package var repetition = 1.0
  /// α, in nats.
  package var presence = 0.0
  /// β, in nats.
  package var frequency = 0.0
  /// How many of the last tokens count.
  package var window: Int

  package init(window: Int) { self.window = window }

  /// Whether any token becomes more or less likely.
  package var changesChances: Bool { repetition != 1 || presence != 0 || frequency != 0 }

  /// θ alone depends on what ln p is.
  package var readsProbabilities: Bool { repetition != 1 }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    let (factor, repetition) = (Float(1 / repetition), Float(repetition))
    let (presence, frequency) = (Float(presence), Float(frequency))
    let ids = context.last(window)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: logits.count / 64 + 1) { seen in
      seen.initialize(repeating: 0)
      for id in ids where id.isRepeatable && id < logits.count {
        let place = Int(id)
        let bit: UInt64 = 1 << (id % 64)
        var logit = logits[place]
        if seen[place / 64] & bit == 0 {
          seen[place / 64] |= bit
          logit = logit * (logit < 0 ? repetition : factor) - presence
        }
        logits[place] = logit - frequency
      }
    }
  }
}

extension UInt32 {
  /// Whether writing the token again is a repetition: sentences must end, and bytes make characters.
  var isRepeatable: Bool { self >= ReservedID.bytes.upperBound }
}
