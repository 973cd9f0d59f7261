/// Reads pairs of token lines and gives their tokens ids.
package struct PairLines: ~Copyable {
  /// The tokens read so far.
  package private(set) var encoded = EncodedTokens()
  /// How many pairs were read.
  package var count: Int { lines.lineNumber }

  private var lines: LineReader
  private let sourceVocabulary: Vocabulary
  private let targetVocabulary: Vocabulary

  /// Opens pairs.
  ///
  /// - Parameters:
  ///   - file: Lines of a source, a tab and a target, each a token line.
  ///   - sourceVocabulary: What gives the sources' tokens their ids.
  ///   - targetVocabulary: What gives the targets' tokens theirs.
  /// - Throws: ``StreamError`` if the file is of another kind, or if reading fails.
  package init(
    _ file: consuming InputFile, source sourceVocabulary: Vocabulary,
    target targetVocabulary: Vocabulary
  ) throws(StreamError) {
    lines = LineReader(file, expandsGzip: true)
    self.sourceVocabulary = sourceVocabulary
    self.targetVocabulary = targetVocabulary
    try lines.refuse { $0.reasonAgainstPairs }
  }

  /// Appends the ids of the next pair.
  ///
  /// - Parameters:
  ///   - source: Where to append the source's.
  ///   - target: Where to append the target's.
  /// - Returns: Whether there was a pair.
  /// - Throws: ``StreamError`` with the place of what is wrong.
  package mutating func next(
    source: inout [UInt32], target: inout [UInt32]
  ) throws(StreamError) -> Bool {
    guard let line = try lines.next() else { return false }
    do throws(TokenError) {
      let columns = try PairColumns(line)
      encoded += try sourceVocabulary.encode(line: columns.source, into: &source)
      do {
        encoded += try targetVocabulary.encode(line: columns.target, into: &target)
      } catch {
        throw TokenError(offset: columns.targetOffset + error.offset, reason: error.reason)
      }
    } catch {
      throw lines.malformed(error)
    }
    return true
  }

  /// Reads all pairs.
  ///
  /// - Parameter body: Takes a source's ids, then its target's.
  /// - Throws: ``StreamError`` with the place of what is wrong.
  package mutating func readAll(_ body: ([UInt32]) -> Void) throws(StreamError) {
    var (source, target): ([UInt32], [UInt32]) = ([], [])
    while try next(source: &source, target: &target) {
      body(source)
      body(target)
      source.removeAll(keepingCapacity: true)
      target.removeAll(keepingCapacity: true)
    }
  }
}
