/// How several hypotheses of a sentence are followed at a time.
package struct BeamSettings: Equatable, Sendable {
  /// How many go on at a time.
  package var width: Int
  /// a of ``BeamScore``: the more, the less a long sentence's many factors count.
  package var lengthPenalty = 0.6
  /// b of ``BeamScore``: what it costs to leave a part of the source without attention.
  package var coveragePenalty = 0.0
  /// How many groups the hypotheses are divided into; each is a beam of its own.
  package var groupCount = 1
  /// λ: what a token loses for each hypothesis of an earlier group that took it in the same step.
  package var diversityPenalty = 0.0
  /// Whether the sentences are drawn, no two the same, and not those of the best score.
  package var isStochastic = false

  package init(width: Int) { self.width = width }

  /// How many hypotheses of a group go on at a time.
  var groupWidth: Int { width / groupCount }
}
