/// Counts the tokens of token lines, to make a ``Vocabulary`` of them.
package struct VocabularyCounter: ~Copyable {
  private(set) var counts = TokenCounts()

  package init() {}

  /// Counts the tokens of a stream; paragraphs do not go on from one stream to the next.
  ///
  /// - Parameter file: Token lines.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package mutating func count(_ file: consuming InputFile) throws(StreamError) {
    var scanner = TokenLineScanner(file)
    counts.beginStream()
    try scanner.scan(&counts)
  }
}
