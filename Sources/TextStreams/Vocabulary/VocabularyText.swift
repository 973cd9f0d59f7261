/// The rows of a vocabulary as they are written.
struct VocabularyText {
  /// How many bytes the rows have.
  private(set) var byteCount = 0

  private let writer: ByteWriter
  /// Rows that were not handed to the writer yet.
  private var pending: [UInt8] = []

  /// Begins before the first row.
  ///
  /// - Parameter writer: Where to; the caller flushes it.
  init(_ writer: ByteWriter) { self.writer = writer }

  /// Writes a row.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - count: How often it is in the encoded text.
  ///   - rank: The rank of the merge that makes it, if one does.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  mutating func addRow(
    _ token: UnsafeRawBufferPointer, _ count: Int, rank: Int? = nil
  ) throws(StreamError) {
    pending.append(contentsOf: token)
    pending.append(0x09)
    appendDecimal(count, to: &pending)
    if let rank {
      pending.append(0x09)
      appendDecimal(rank, to: &pending)
    }
    pending.append(0x0A)
    if pending.count > 32_768 { try finish() }
  }

  /// Writes a row.
  mutating func addRow(_ token: [UInt8], _ count: Int) throws(StreamError) {
    try token.withUnsafeBufferPointer { (token) throws(StreamError) in
      try addRow(UnsafeRawBufferPointer(token), count)
    }
  }

  /// Writes the rows that every vocabulary begins with.
  ///
  /// - Parameters:
  ///   - byteCounts: How often each byte token is in the encoded text.
  ///   - specialCounts: How often each special token is.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  mutating func addReservedRows(
    byteCounts: [Int], specialCounts: [Int]
  ) throws(StreamError) {
    for id in 0..<UInt32(ReservedToken.count) {
      guard let token = ReservedToken(id: id) else { continue }
      let count =
        switch token {
        case .byte(let byte): byteCounts[Int(byte)]
        case .special(let id): specialCounts[Int(id)]
        }
      try addRow(token.bytes, count)
    }
  }

  /// Hands all rows to the writer.
  mutating func finish() throws(StreamError) {
    try writer.write(pending)
    byteCount += pending.count
    pending.removeAll(keepingCapacity: true)
  }
}

/// Appends a number that is not negative, in decimal digits.
func appendDecimal(_ number: Int, to bytes: inout [UInt8]) {
  let start = bytes.count
  var rest = number
  repeat {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
    rest /= 10
  } while rest > 0
  bytes[start...].reverse()
}
