/// Makes tokens likelier, less likely, or impossible, before one is chosen.
///
/// Every passage has a copy of its own, which may remember the sentences that were written. Of that
/// every hypothesis of the next sentence has a copy, which may remember the tokens that were chosen,
/// so that no step has to read the sentence from its beginning.
package protocol LogitsProcessor: Sendable {
  /// Whether it has to know ln p itself, and not ln p but for a constant.
  var readsProbabilities: Bool { get }

  /// Changes the chances of the next token.
  ///
  /// - Parameters:
  ///   - logits: ln p of every token, maybe but for a constant; −∞ where one is forbidden.
  ///   - context: What was written before it.
  func process(_ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext)

  /// Takes note of a token that was chosen and ends no sentence.
  mutating func append(_ id: UInt32)

  /// Takes note of a sentence that was finished and goes into the passage; of its tokens it has not
  /// heard.
  mutating func finish(_ sentence: WrittenSentence)
}

extension LogitsProcessor {
  package var readsProbabilities: Bool { false }

  package mutating func append(_: UInt32) {}

  package mutating func finish(_: WrittenSentence) {}
}
