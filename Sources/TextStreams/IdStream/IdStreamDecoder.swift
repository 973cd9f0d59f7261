/// Turns an id stream back into token lines, in memory bounded by its largest block.
///
/// A token that was spelled comes back as the tokens of its characters and bytes. Documents follow
/// one another with nothing between them.
package struct IdStreamDecoder: ~Copyable {
  private let tokens: SpacedTokens
  private var reader: IdStreamReader
  private var isLineBegun = false

  /// Opens a stream.
  ///
  /// - Parameters:
  ///   - file: An id stream.
  ///   - beforeBlocking: Called before a read that would block, so that output can be flushed.
  /// - Throws: ``StreamError`` if this is no id stream or its head is damaged.
  package init(
    _ file: consuming InputFile, beforeBlocking: (() throws(StreamError) -> Void)? = nil
  ) throws(StreamError) {
    reader = try IdStreamReader(file, beforeBlocking: beforeBlocking)
    tokens = SpacedTokens(reader.vocabulary)
  }

  /// What the ids mean.
  package var vocabulary: Vocabulary { reader.vocabulary }

  /// Writes all token lines of the stream.
  ///
  /// - Parameter writer: Where to.
  /// - Throws: ``StreamError`` if the stream is damaged or the output fails.
  package mutating func decode(to writer: ByteWriter) throws(StreamError) {
    while let record = try reader.next() {
      guard case .sentences(let block) = record else { continue }
      var start = 0
      for (number, length) in block.lengths.enumerated() {
        let end = start + Int(length)
        for id in block.ids[start..<end] {
          // Each token has its space in front, which the first of a line goes without.
          try tokens.write(id, skipping: isLineBegun ? 0 : 1, to: writer)
          isLineBegun = true
        }
        start = end
        if number < block.lengths.count - 1 || !block.isContinued {
          try writer.write(0x0A)
          isLineBegun = false
        }
      }
    }
  }
}

/// The tokens of a vocabulary, a space in front of each, ready to be copied.
private struct SpacedTokens {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  init(_ vocabulary: Vocabulary) {
    for id in 0..<UInt32(vocabulary.count) {
      bytes.append(0x20)
      bytes.append(contentsOf: vocabulary.tokenBytes(id))
      ends.append(bytes.count)
    }
  }

  @inline(__always)
  func write(_ id: UInt32, skipping skipped: Int, to writer: ByteWriter) throws(StreamError) {
    let range = ends[Int(id)] + skipped..<ends[Int(id) + 1]
    try writer.write(bytes, range)
  }
}
