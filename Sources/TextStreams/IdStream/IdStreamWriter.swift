/// Writes an id stream, block by block.
///
/// Blocks end where they are full, whatever the timing of the input, so equal calls give equal
/// bytes.
package struct IdStreamWriter: ~Copyable {
  /// What has been written.
  package private(set) var totals = IdStreamTotals()

  private let writer: ByteWriter
  private let vocabularyCount: Int
  private var blockNumber: UInt32 = 0
  /// The lengths of the block's lines that have ended.
  private var lengths: [UInt32] = []
  /// The block's ids, room for as many as a block may have.
  private let ids: UnsafeMutableBufferPointer<UInt32>
  private var idCount = 0
  /// How many ids of the line that is open are in this block.
  private var openLength: UInt32 = 0
  private var isInLine = false

  /// Begins a stream.
  ///
  /// - Parameters:
  ///   - writer: Where to; the caller finishes it.
  ///   - vocabulary: What the ids mean.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package init(to writer: ByteWriter, vocabulary: Vocabulary) throws(StreamError) {
    self.writer = writer
    vocabularyCount = vocabulary.count
    ids = .allocate(capacity: IdStreamFormat.wordsPerBlock)
    try writer.write(IdStreamFormat.magic)
    var head = littleEndianBytes(IdStreamFormat.version)
    head += littleEndianBytes(UInt32(vocabulary.text.count))
    head += vocabulary.text
    while !head.count.isMultiple(of: 4) { head.append(0) }
    try writeBlock(.head, head)
  }

  deinit { ids.deallocate() }

  /// Begins a document; no line may be open.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package mutating func beginDocument() throws(StreamError) {
    precondition(!isInLine, "a document begins inside a line")
    try writeSentences()
    try writeBlock(.document, [])
    totals.documents += 1
  }

  /// Adds an id to the line.
  ///
  /// - Parameter id: One of the vocabulary's.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  @inline(__always)
  package mutating func append(_ id: UInt32) throws(StreamError) {
    precondition(id < vocabularyCount, "id \(id) of a vocabulary of \(vocabularyCount)")
    if idCount + lengths.count + 5 > IdStreamFormat.wordsPerBlock { try writeSentences() }
    ids[idCount] = id
    idCount += 1
    openLength += 1
    isInLine = true
  }

  /// Ends the line; one without ids is a paragraph's end.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package mutating func endLine() throws(StreamError) {
    precondition(totals.documents > 0, "a line is outside of any document")
    if idCount + lengths.count + 4 > IdStreamFormat.wordsPerBlock { try writeSentences() }
    lengths.append(openLength)
    openLength = 0
    isInLine = false
    totals.lines += 1
  }

  /// Writes what is left and the end record.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package mutating func finish() throws(StreamError) {
    precondition(!isInLine, "the stream ends inside a line")
    try writeSentences()
    let end = [totals.documents, totals.lines, totals.ids].flatMap {
      littleEndianBytes(UInt64($0))
    }
    try writeBlock(.end, end)
  }

  /// Writes the lines gathered; a line that is open goes on in the next block.
  private mutating func writeSentences() throws(StreamError) {
    var lengths = lengths
    if isInLine { lengths.append(openLength) }
    guard !lengths.isEmpty else { return }
    var words = [
      UInt32(lengths.count), UInt32(idCount), isInLine ? IdStreamFormat.continuesFlag : 0,
    ]
    words += lengths
    words += ids[..<idCount]
    totals.ids += idCount
    self.lengths.removeAll(keepingCapacity: true)
    idCount = 0
    openLength = 0
    try writeBlock(.sentences, words.withUnsafeBytes { Array($0) })
  }

  private mutating func writeBlock(
    _ tag: IdStreamFormat.Tag, _ payload: [UInt8]
  ) throws(StreamError) {
    let crc = payload.withUnsafeBytes {
      IdStreamFormat.checksum(tag: tag.rawValue, number: blockNumber, payload: $0)
    }
    for word in [tag.rawValue, UInt32(payload.count), crc, blockNumber] {
      try writer.write(littleEndianBytes(word))
    }
    try writer.write(payload)
    blockNumber += 1
  }
}

/// Returns the bytes of an integer, the lowest first.
func littleEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
