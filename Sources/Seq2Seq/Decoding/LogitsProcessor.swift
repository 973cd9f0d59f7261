/// Makes tokens likelier, less likely, or impossible, before one is chosen.
///
/// Every passage has a copy of its own, which may remember what was written. Within a sentence
/// there may be several hypotheses, so that what applies to one is found from its context alone.
package protocol LogitsProcessor: Sendable {
  /// Changes the chances of the next token.
  ///
  /// - Parameters:
  ///   - logits: ln p of every token, −∞ where one is forbidden.
  ///   - context: What was written before it.
  func process(_ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext)

  /// Takes note of a sentence that was finished and goes into the passage.
  mutating func finish(_ sentence: WrittenSentence)
}

extension LogitsProcessor {
  package mutating func finish(_: WrittenSentence) {}
}
