/// What of a text becomes its vocabulary.
package struct VocabularyLimits: Equatable, Sendable {
  /// How often a token must occur; rarer ones are spelled.
  package var minimumCount = 1
  /// The most rows, reserved ones among them; `nil` for any number.
  package var maximumSize: Int?
  /// The share of all characters that the characters kept make up; the rest become bytes.
  package var characterCoverage = 1.0

  package init() {}
}

/// What became of the tokens of a text.
package struct VocabularyReport: Equatable, Sendable {
  /// Tokens of the text, and how many different ones.
  package var tokens = 0
  package var types = 0
  /// Rows kept beside the reserved ones: characters, and tokens of two and more.
  package var characterRows = 0
  package var wordRows = 0
  /// Tokens of the text that have a row; the others are spelled.
  package var coveredTokens = 0
  /// How many bytes the vocabulary has.
  package var byteCount = 0
}
