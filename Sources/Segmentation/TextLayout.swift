/// What the lines of a text are.
package enum TextLayout: Sendable {
  /// Paragraphs, which are cut into sentences.
  case runningText
  /// Pairs: a source, a tab and a target, each of which is one sentence.
  case pairs
}
