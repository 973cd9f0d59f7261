/// What decides how text is cut into sentences and tokens, but for the text.
package struct SegmenterOptions: Sendable {
  /// What a token is.
  package var unit = TokenGranularity.word
  /// What the lines of the text are.
  package var layout = TextLayout.runningText
  /// By whose rules sentences and tokens end.
  package var locale = TextLocale.chinese
  /// Words that are kept whole where the unit is a word.
  package var dictionary: UserDictionary?
  /// Paragraphs longer than this many bytes are cut window by window; at least 4.
  package var window = Self.standardWindow

  package static let standardWindow = 262_144

  package init() {}
}
