/// The last sentences of a text, one behind the other, as a model reads them.
package struct RollingSource: Equatable, Sendable {
  /// How many sentences are kept.
  private let limit: Int
  private var lengths: [Int] = []
  /// The sentences' tokens, `<p>` where a paragraph ends.
  package private(set) var ids: [UInt32] = []

  /// Makes a source without sentences.
  ///
  /// - Parameter limit: How many of the last sentences are kept, at least 1.
  package init(limit: Int) {
    precondition(limit > 0, "a source of \(limit) sentences")
    self.limit = limit
  }

  /// Makes a source of one sentence.
  package init(_ sentence: some Collection<UInt32>) {
    self.init(limit: 1)
    append(Array(sentence))
  }

  package var isEmpty: Bool { ids.isEmpty }

  /// Adds a sentence; the oldest goes if there are too many.
  ///
  /// - Parameter sentence: Its tokens, without `<p>`; not empty.
  package mutating func append(_ sentence: [UInt32]) {
    if lengths.count == limit { ids.removeFirst(lengths.removeFirst()) }
    ids += sentence
    lengths.append(sentence.count)
  }

  /// Ends the paragraph of the last sentence.
  package mutating func endParagraph() {
    guard !lengths.isEmpty else { return }
    ids.append(ReservedID.paragraph)
    lengths[lengths.count - 1] += 1
  }

  /// The tokens that a model reads of it.
  package func ids(within reach: SourceReach) -> ArraySlice<UInt32> {
    ids.suffix(min(reach.tokenCount, lengths.suffix(reach.sentenceCount).reduce(0, +)))
  }
}
