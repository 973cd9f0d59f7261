/// What has been written when a token is to be chosen.
package struct WritingContext: Sendable {
  /// The prompt's number.
  package let prompt: Int
  /// How many sentences of the passage are finished.
  package internal(set) var sentenceNumber: Int
  /// The last tokens before the sentence, the prompt's included, `<p>` where a paragraph ends.
  package internal(set) var history: [UInt32]
  /// The tokens of the sentence so far.
  package internal(set) var sentence: [UInt32] = []

  /// Describes a place in a passage.
  package init(
    prompt: Int, history: [UInt32] = [], sentence: [UInt32] = [], sentenceNumber: Int = 0
  ) {
    (self.prompt, self.history, self.sentence) = (prompt, history, sentence)
    self.sentenceNumber = sentenceNumber
  }

  /// The last tokens of the history and the sentence, at most so many.
  package func last(_ count: Int) -> [UInt32] {
    let ofSentence = sentence.suffix(count)
    return history.suffix(count - ofSentence.count) + ofSentence
  }

  /// Takes note of a finished sentence.
  ///
  /// - Parameters:
  ///   - written: The sentence.
  ///   - historyLength: How many tokens to remember.
  mutating func append(_ written: WrittenSentence, historyLength: Int) {
    history += written.ids
    if written.endsParagraph { history.append(ReservedID.paragraph) }
    history.removeFirst(max(0, history.count - historyLength))
    sentenceNumber += 1
  }
}
