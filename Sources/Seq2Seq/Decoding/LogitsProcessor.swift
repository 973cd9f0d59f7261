/// Makes tokens likelier, less likely, or impossible, before one is chosen.
///
/// Every passage has a copy of its own, which may remember what was written. Within a sentence
/// there may be several hypotheses, so that what applies to one is found from its context alone.
package protocol LogitsProcessor: Sendable {
  /// Whether it has to know ln p itself, and not ln p but for a constant.
  var readsProbabilities: Bool { get }

  /// Changes the chances of the next token.
  ///
  /// - Parameters:
  ///   - logits: ln p of every token, maybe but for a constant; −∞ where one is forbidden.
  ///   - context: What was written before it.
  func process(_ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext)

  /// Takes note of a sentence that was finished and goes into the passage.
  mutating func finish(_ sentence: WrittenSentence)
}

extension LogitsProcessor {
  package var readsProbabilities: Bool { false }

  package mutating func finish(_: WrittenSentence) {}
}
