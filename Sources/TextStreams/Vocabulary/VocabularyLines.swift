/// The lines of a vocabulary as they are written.
struct VocabularyLines {
  private(set) var bytes: [UInt8] = []

  /// Begins with the reserved rows.
  ///
  /// - Parameters:
  ///   - byteCounts: How often each byte stands in the encoded text.
  ///   - sentenceCount: How many sentences there are.
  ///   - paragraphCount: How many of them an empty line follows.
  ///   - rowCount: How many rows come after these, about.
  init(byteCounts: [Int], sentenceCount: Int, paragraphCount: Int, rowCount: Int) {
    // Most rows take less.
    bytes.reserveCapacity(16 * (ReservedToken.count + rowCount))
    for id in 0..<UInt32(ReservedToken.count) {
      let token = ReservedToken(id: id)
      let count =
        switch token {
        case .byte(let byte)?: byteCounts[Int(byte)]
        case .special(3)?: sentenceCount
        case .special(4)?: paragraphCount
        default: 0
        }
      (token?.bytes ?? []).withUnsafeBytes { addRow($0, count: count) }
    }
  }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - count: How often it stands in the encoded text.
  ///   - rank: The rank of the merge that makes it, if one does.
  mutating func addRow(_ token: UnsafeRawBufferPointer, count: Int, rank: Int? = nil) {
    bytes.append(contentsOf: token)
    addColumn(count)
    if let rank { addColumn(rank) }
    bytes.append(0x0A)
  }

  /// Adds a tab and a number.
  private mutating func addColumn(_ number: Int) {
    bytes.append(0x09)
    let start = bytes.count
    var rest = number
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
