/// Turns token lines into an id stream, in memory that no line's length changes.
package struct IdStreamEncoder: ~Copyable {
  /// How many tokens were read.
  package var tokenCount: Int { visitor.tokenCount }
  /// How many of them are not in the vocabulary and were spelled.
  package var spelledCount: Int { visitor.spelledCount }
  /// What has been written.
  package var totals: IdStreamTotals { visitor.writer.totals }

  private var visitor: EncodingVisitor

  /// Begins a stream of ids.
  ///
  /// - Parameters:
  ///   - writer: Where to; the caller finishes it.
  ///   - vocabulary: What gives the tokens their ids.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package init(to writer: ByteWriter, vocabulary: Vocabulary) throws(StreamError) {
    visitor = EncodingVisitor(
      vocabulary: vocabulary, writer: try IdStreamWriter(to: writer, vocabulary: vocabulary))
  }

  /// Adds a document.
  ///
  /// - Parameter file: Its token lines.
  /// - Throws: ``StreamError`` at the first line that is wrong, or if the output fails.
  package mutating func encodeDocument(_ file: consuming InputFile) throws(StreamError) {
    var scanner = TokenLineScanner(file)
    try visitor.writer.beginDocument()
    try scanner.scan(&visitor)
  }

  /// Ends the stream of ids.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package mutating func finish() throws(StreamError) { try visitor.writer.finish() }
}

/// Gives tokens their ids as they come.
private struct EncodingVisitor: ~Copyable, TokenLineVisitor {
  let vocabulary: Vocabulary
  var writer: IdStreamWriter
  var tokenCount = 0
  var spelledCount = 0
  private var spellings = Spellings()

  init(vocabulary: Vocabulary, writer: consuming IdStreamWriter) {
    self.vocabulary = vocabulary
    self.writer = writer
  }

  @inline(__always)
  mutating func visit(_ token: TokenKey) throws(TokenLineFailure) {
    tokenCount += 1
    guard let id = vocabulary.id(of: token) else {
      try spell(token)
      return
    }
    guard id >= UInt32(ReservedToken.specialNames.count) else { throw .token(.special(id)) }
    do { try writer.append(id) } catch { throw .stream(error) }
  }

  mutating func endLine() throws(TokenLineFailure) {
    do { try writer.endLine() } catch { throw .stream(error) }
  }

  private mutating func spell(_ token: TokenKey) throws(TokenLineFailure) {
    spelledCount += 1
    let range: Range<Int>
    do { range = try spellings.range(for: token, vocabulary) } catch { throw .token(error) }
    for index in range {
      do { try writer.append(spellings.ids[index]) } catch { throw .stream(error) }
    }
  }
}

/// The ids that spell tokens, kept for those seen first, as words recur.
private struct Spellings: ~Copyable {
  private static let maximumCount = 65_536
  private static let maximumTokenLength = 64

  private(set) var ids: [UInt32] = []
  private var tokens = TokenTable()
  /// Where the ids of each token end.
  private var ends: [Int] = []

  /// Returns the place in ``ids`` of those that spell a token.
  mutating func range(
    for token: TokenKey, _ vocabulary: Vocabulary
  ) throws(TokenError) -> Range<Int> {
    if let index = tokens.index(of: token) {
      return (index == 0 ? 0 : ends[Int(index) - 1])..<ends[Int(index)]
    }
    let start = ends.last ?? 0
    // What was not kept the last time is written over.
    ids.removeLast(ids.count - start)
    try vocabulary.spell(token.bytes, into: &ids)
    if tokens.count < Self.maximumCount, token.bytes.count <= Self.maximumTokenLength {
      tokens.add(token, times: 1)
      ends.append(ids.count)
    }
    return start..<ids.count
  }
}
