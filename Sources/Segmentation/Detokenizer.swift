package import TextStreams

/// Makes text of token lines: the exact inverse of ``Tokenizer``.
///
/// Memory is bounded by the longest token, however long a line is.
package struct Detokenizer {
  private let writer: ByteWriter
  private let keepsLines: Bool
  private var text = ByteBuffer()

  /// Creates a detokenizer.
  ///
  /// - Parameters:
  ///   - writer: Where the text goes; the caller flushes it in the end.
  ///   - keepsLines: Whether every line becomes a line of text, its columns kept, as
  ///     ``TextLayout/pairs`` needs it.
  package init(writer: ByteWriter, keepsLines: Bool = false) {
    self.writer = writer
    self.keepsLines = keepsLines
  }

  /// Writes the text of token lines.
  ///
  /// - Parameter file: Token lines; the last may lack its line feed.
  /// - Throws: ``StreamError`` with the place of the first token that is not well formed, once the
  ///   text before it has been written.
  package mutating func detokenize(_ file: consuming InputFile) throws(StreamError) {
    var reader = ByteReader(file, expandsGzip: true)
    reader.beforeBlocking = { [writer] () throws(StreamError) in try writer.flush() }
    var line = 1
    var column = 0
    var isEnd = false
    while !isEnd {
      isEnd = try !reader.fill()
      try reader.refuseOtherThanTokenLines()
      // Tokens are looked at whole, so what follows the last space or line feed has to wait.
      let whole = isEnd ? reader.unread.count : lengthOfWholeTokens(in: reader.unread, keepsLines)
      let bytes = UnsafeRawBufferPointer(rebasing: reader.unread[..<whole])
      var decoder = TokenLineDecoder(
        bytes, line: line, column: column, keepsLines: keepsLines)
      text.removeAll()
      text.append(atMost: bytes.count + 1) { decoder.decode(into: $0, isEnd: isEnd) }
      try text.withUnsafeBytes { text throws(StreamError) in try writer.write(text) }
      (line, column) = (decoder.line, decoder.column)
      if let failure = decoder.failure {
        throw malformed(failure.reason, reader.name, line, column: failure.offset + 1)
      }
      reader.consume(whole)
      if reader.unread.count > LineTokens.maximumTokenLength {
        throw malformed(LineTokens.longTokenReason, reader.name, line, column: column + 1)
      }
    }
  }
}

/// Returns how many bytes there are up to the last space, line feed or, between columns, tab, and
/// with it.
private func lengthOfWholeTokens(
  in bytes: UnsafeRawBufferPointer, _ hasColumns: Bool
) -> Int {
  (bytes.lastIndex { $0 == 0x20 || $0 == 0x0A || hasColumns && $0 == 0x09 } ?? -1) + 1
}

private func malformed(
  _ reason: String, _ stream: String, _ line: Int, column: Int
) -> StreamError {
  StreamError(stream: stream, line: line, column: column, problem: .malformed(reason))
}
