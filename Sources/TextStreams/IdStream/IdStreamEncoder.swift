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
  private var spelling: [UInt32] = []

  init(vocabulary: Vocabulary, writer: consuming IdStreamWriter) {
    self.vocabulary = vocabulary
    self.writer = writer
  }

  @inline(__always)
  mutating func visit(_ token: TokenKey) throws(TokenLineFailure) {
    tokenCount += 1
    guard let id = vocabulary.id(of: token) else {
      try spell(token.bytes)
      return
    }
    guard id >= UInt32(ReservedToken.specialNames.count) else { throw .token(.special(id)) }
    do { try writer.append(id) } catch { throw .stream(error) }
  }

  mutating func endLine() throws(TokenLineFailure) {
    do { try writer.endLine() } catch { throw .stream(error) }
  }

  private mutating func spell(_ token: UnsafeRawBufferPointer) throws(TokenLineFailure) {
    spelledCount += 1
    spelling.removeAll(keepingCapacity: true)
    do { try vocabulary.spell(token, into: &spelling) } catch { throw .token(error) }
    for id in spelling {
      do { try writer.append(id) } catch { throw .stream(error) }
    }
  }
}
