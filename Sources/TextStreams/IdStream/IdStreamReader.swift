/// Reads an id stream block by block, in memory bounded by the largest block.
///
/// A block is checked before it is handed out, but what follows is not known yet: whoever must not
/// act on a damaged stream reads an ``IdCorpus``.
package struct IdStreamReader: ~Copyable {
  package let vocabulary: Vocabulary
  package var name: String { reader.name }
  /// What has been read.
  package var totals: IdStreamTotals { parser.totals }

  private var reader: ByteReader
  private var parser: IdStreamParser

  /// Opens a stream and reads its vocabulary.
  ///
  /// - Parameters:
  ///   - file: What to read; nothing may follow the stream.
  ///   - beforeBlocking: Called before a read that would block, so that output can be flushed.
  /// - Throws: ``StreamError`` if this is no id stream or its head is damaged.
  package init(
    _ file: consuming InputFile, beforeBlocking: (() throws(StreamError) -> Void)? = nil
  ) throws(StreamError) {
    var reader = ByteReader(file)
    reader.beforeBlocking = beforeBlocking
    var parser = IdStreamParser(name: reader.name)
    _ = try reader.fill(toAtLeast: 64)
    try parser.parseMagic(reader.unread)
    reader.consume(IdStreamFormat.magic.count)
    _ = try Self.nextBlock(&reader, &parser)
    guard let vocabulary = parser.vocabulary else {
      preconditionFailure("the first block is the head, or refused")
    }
    self.vocabulary = vocabulary
    self.reader = reader
    self.parser = parser
  }

  /// Returns what the next block says, its memory valid until the next call; `nil` at the end.
  ///
  /// - Throws: ``StreamError`` if the stream is damaged or cut off.
  package mutating func next() throws(StreamError) -> IdRecord? {
    while !parser.hasEnded {
      if let record = try Self.nextBlock(&reader, &parser) { return record }
    }
    reader.consume(parser.offset - reader.offset)
    if try reader.fill(toAtLeast: 1) { _ = try parser.parseHeader(reader.unread) }
    return nil
  }

  private static func nextBlock(
    _ reader: inout ByteReader, _ parser: inout IdStreamParser
  ) throws(StreamError) -> IdRecord? {
    let headerLength = IdStreamFormat.blockHeaderLength
    // The block handed out before is dropped only now.
    reader.consume(parser.offset - reader.offset)
    _ = try reader.fill(toAtLeast: headerLength)
    let header = try parser.parseHeader(reader.unread)
    _ = try reader.fill(toAtLeast: headerLength + header.payloadLength)
    let block = reader.unread.prefix(headerLength + header.payloadLength)
    return try parser.parse(
      header, UnsafeRawBufferPointer(rebasing: block.dropFirst(headerLength)))
  }
}
