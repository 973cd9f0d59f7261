/// What a token of a token line is.
package enum TokenGranularity: String, CaseIterable, Sendable {
  /// A word, a number, or a punctuation mark, by ICU's rules and dictionaries.
  case word
  /// One Unicode scalar.
  case character
  /// What people take for a character: an extended grapheme cluster.
  case grapheme
  /// A sentence, with its spaces.
  case sentence
}
