/// Lines of an id stream, in the stream's own memory.
package struct IdBlock {
  /// The lengths of the lines.
  package let lengths: UnsafeBufferPointer<UInt32>
  /// The ids of all of them, one line after the other.
  package let ids: UnsafeBufferPointer<UInt32>
  /// Whether the first line goes on from the block before.
  package let continuesPrevious: Bool
  /// Whether the last line goes on in the next block.
  package let isContinued: Bool
}

/// What a block of an id stream says.
package enum IdRecord {
  /// A document begins.
  case document
  /// Lines of the document.
  case sentences(IdBlock)
}

/// Checks an id stream block by block; where the bytes come from is the caller's business.
struct IdStreamParser {
  /// A block's header, checked as far as it can be before the payload is there.
  struct Header {
    let tag: UInt32
    let payloadLength: Int
    let crc: UInt32
  }

  let name: String
  /// Where in the stream the current block begins.
  private(set) var offset = 0
  private(set) var vocabulary: Vocabulary?
  private(set) var totals = IdStreamTotals()
  private(set) var hasEnded = false
  private var blockNumber: UInt32 = 0
  private var isInLine = false

  init(name: String) { self.name = name }

  /// Checks the magic at the front of the stream.
  mutating func parseMagic(_ bytes: UnsafeRawBufferPointer) throws(StreamError) {
    if let reason = FileKind(of: bytes).reasonAgainstIdStream {
      throw StreamError(stream: name, problem: .malformed(reason))
    }
    offset = IdStreamFormat.magic.count
  }

  /// Checks a block's header.
  ///
  /// - Parameter bytes: The header's 16 bytes, or as many as there are.
  /// - Returns: What it says.
  /// - Throws: ``StreamError`` if it cannot be the next block's.
  func parseHeader(_ bytes: UnsafeRawBufferPointer) throws(StreamError) -> Header {
    guard !hasEnded else { throw damaged("something follows the end of the stream") }
    guard bytes.count >= IdStreamFormat.blockHeaderLength else {
      throw damaged("the stream is cut off here")
    }
    let length = word(bytes, 1)
    guard word(bytes, 3) == blockNumber else {
      throw damaged("a block is missing, repeated or damaged")
    }
    guard length.isMultiple(of: 4), length <= UInt32(IdStreamFormat.maximumPayloadLength) else {
      throw damaged("the block's length cannot be \(length)")
    }
    return Header(tag: word(bytes, 0), payloadLength: Int(length), crc: word(bytes, 2))
  }

  /// Checks a block's payload and moves on to the next block.
  ///
  /// - Returns: What it says, or `nil` for the head and the end.
  mutating func parse(
    _ header: Header, _ payload: UnsafeRawBufferPointer
  ) throws(StreamError) -> IdRecord? {
    guard payload.count == header.payloadLength else {
      throw damaged("the stream is cut off inside this block")
    }
    let crc = IdStreamFormat.checksum(tag: header.tag, number: blockNumber, payload: payload)
    guard crc == header.crc else { throw damaged("the checksum is wrong") }
    guard let tag = IdStreamFormat.Tag(rawValue: header.tag) else {
      throw refused("its kind is unknown; is the stream from a newer version?")
    }
    guard (tag == .head) == (blockNumber == 0) else { throw damaged("blocks are out of order") }
    var record: IdRecord?
    switch tag {
    case .head: try parseHead(payload)
    case .document:
      guard payload.isEmpty, !isInLine else { throw damaged("a document begins inside a line") }
      totals.documents += 1
      record = .document
    case .sentences: record = .sentences(try parseSentences(payload))
    case .end: try parseEnd(payload)
    }
    offset += IdStreamFormat.blockHeaderLength + payload.count
    blockNumber &+= 1
    return record
  }

  private mutating func parseHead(_ payload: UnsafeRawBufferPointer) throws(StreamError) {
    guard payload.count >= 8 else { throw damaged("the head is too short") }
    guard word(payload, 0) == IdStreamFormat.version else {
      throw refused(
        "the stream has version \(word(payload, 0)); this program reads version \(IdStreamFormat.version)"
      )
    }
    let length = Int(word(payload, 1))
    guard length <= payload.count - 8, payload.count - 8 - length < 4 else {
      throw damaged("the vocabulary's length cannot be \(length)")
    }
    vocabulary = try Vocabulary(
      parsing: UnsafeRawBufferPointer(rebasing: payload[8..<8 + length]),
      name: "\(name) (its vocabulary)")
  }

  private mutating func parseSentences(
    _ payload: UnsafeRawBufferPointer
  ) throws(StreamError) -> IdBlock {
    guard totals.documents > 0 else { throw damaged("lines stand before the first document") }
    guard payload.count >= 12 else { throw damaged("the block is too short") }
    let words = payload.bindMemory(to: UInt32.self)
    let (lineCount, idCount) = (Int(words[0]), Int(words[1]))
    let flags = words[2]
    guard 3 + lineCount + idCount == words.count, flags & ~IdStreamFormat.continuesFlag == 0,
      flags == 0 || lineCount > 0
    else { throw damaged("the block's counts do not fit its length") }
    let block = IdBlock(
      lengths: UnsafeBufferPointer(rebasing: words[3..<3 + lineCount]),
      ids: UnsafeBufferPointer(rebasing: words[(3 + lineCount)...]),
      continuesPrevious: isInLine, isContinued: flags != 0)
    guard block.lengths.reduce(0, { $0 + Int($1) }) == idCount else {
      throw damaged("the lengths of the lines do not add up")
    }
    try check(block.ids)
    isInLine = block.isContinued
    totals.lines += lineCount - (isInLine ? 1 : 0)
    totals.ids += idCount
    return block
  }

  /// Refuses ids that are not the vocabulary's, and special tokens, which no text holds.
  private func check(_ ids: UnsafeBufferPointer<UInt32>) throws(StreamError) {
    let limit = UInt32(vocabulary?.count ?? 0)
    let specialLimit = UInt32(ReservedToken.specialNames.count)
    let unknown: UInt32 = 1
    for id in ids where id >= limit || (id < specialLimit && id != unknown) {
      throw damaged(
        id < specialLimit
          ? "the special token '\(ReservedToken.specialNames[Int(id)])' stands in a line"
          : "id \(id) is outside of the vocabulary of \(limit)")
    }
  }

  private mutating func parseEnd(_ payload: UnsafeRawBufferPointer) throws(StreamError) {
    guard payload.count == 24, !isInLine else { throw damaged("the stream ends inside a line") }
    let counts = [totals.documents, totals.lines, totals.ids]
    for (index, count) in counts.enumerated() {
      let stored = payload.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
      guard UInt64(littleEndian: stored) == UInt64(count) else {
        throw damaged("the totals are not those of the blocks before")
      }
    }
    hasEnded = true
  }

  private func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
  }

  private func damaged(_ reason: String) -> StreamError {
    refused("\(reason); copy the stream again, or make it again with 'vocab encode'")
  }

  private func refused(_ reason: String) -> StreamError {
    StreamError(
      stream: name, problem: .malformed("block \(blockNumber) at byte \(offset): \(reason)"))
  }
}
