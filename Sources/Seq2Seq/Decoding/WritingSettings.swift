/// How passages are written.
package struct WritingSettings: Sendable {
  /// How tokens are chosen.
  package var sampler = Sampler()
  /// What changes the chances before that, in this order.
  package var processors: [any LogitsProcessor] = []
  /// The fewest tokens of a sentence.
  package var minimumLength = 1
  /// The most tokens of a sentence.
  package var maximumLength: Int
  /// How several hypotheses are followed; without it each token is chosen for good.
  package var beam: BeamSettings?
  /// How many alternatives to write for each sentence; the first goes into the passage.
  package var alternativeCount = 1
  /// Whether alternatives that are drawn are in the order of their log-probability, and not in that
  /// in which they were drawn; those of a search always have an order.
  package var ranksAlternatives = true
  /// How many tokens before the sentence the processors see.
  package var historyLength = 256
  /// Whether sentences have their log-probability.
  package var keepsLogProbability = false
  /// Whether sentences have their attention.
  package var keepsAttention = false
  /// Decides the choices, together with each prompt's number.
  package var seed: UInt64

  package init(maximumLength: Int, seed: UInt64) {
    (self.maximumLength, self.seed) = (maximumLength, seed)
  }

  /// Whether anything depends on what the model looks at.
  var readsAttention: Bool { keepsAttention || beam.map { $0.coveragePenalty != 0 } ?? false }

  /// Whether the seed matters.
  package var isRandom: Bool { beam.map(\.isStochastic) ?? !sampler.isGreedy }

  /// Whether tokens are drawn one by one from what is more and less likely; a min-p of 1 leaves only
  /// those of one probability.
  package var drawsTokens: Bool { isRandom && beam == nil && sampler.minP < 1 }
}
