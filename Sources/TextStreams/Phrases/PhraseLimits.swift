/// What counts as a phrase.
package struct PhraseLimits: Equatable, Sendable {
  /// The lengths that can be asked for, in units.
  package static let lengths = 2...32

  /// How often a phrase must occur.
  package var minimumCount = 5
  /// How well it must hold together, from -1 to 1; see ``Phrase/cohesion``.
  package var threshold = 0.45
  /// How free the choice of what stands beside it must be, in bits.
  package var minimumEntropy = 1.5
  /// The longest phrase, in units.
  package var maximumLength = 6
  /// The most phrases; `nil` for any number.
  package var maximumSize: Int?

  package init() {}
}

/// What a text uses as one word and its tokens do not have as one.
package struct Phrase: Equatable, Sendable {
  /// The phrase as it stands in a token.
  package var bytes: [UInt8]
  /// How often it occurs, longer phrases included.
  package var count: Int
  /// How often it occurs outside of longer phrases.
  package var freeCount: Int
  /// How many of those are several whole tokens.
  package var tornCount: Int
  /// The pointwise mutual information of its two parts, in bits, where it is divided worst.
  package var information: Double
  /// The same as a share of what there is to know: 1 where neither part occurs without the other.
  package var cohesion: Double
  /// The entropy of what stands before it, in bits.
  package var entropyBefore: Double
  /// The entropy of what stands behind it, in bits.
  package var entropyBehind: Double

  /// How many bits its occurrences outside of longer phrases hold together by, beyond those that the
  /// threshold asks for; at least 1.
  package var weight: Int
}

/// What was found in a text.
package struct PhraseReport: Equatable, Sendable {
  /// Tokens of the text.
  package var tokens = 0
  /// Strings of two and more units that occur often enough.
  package var recurring = 0
  package var phrases = 0
}
