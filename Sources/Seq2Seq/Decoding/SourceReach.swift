/// How much of the text before a sentence a model reads.
package struct SourceReach: Equatable, Sendable {
  /// At most so many of the last sentences.
  package let sentenceCount: Int
  /// At most so many of the last tokens.
  package let tokenCount: Int

  package init(sentenceCount: Int, tokenCount: Int) {
    (self.sentenceCount, self.tokenCount) = (sentenceCount, tokenCount)
  }
}
