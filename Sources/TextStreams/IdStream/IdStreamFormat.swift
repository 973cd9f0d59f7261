/// The layout of an id stream; huaben-formats(5) describes it.
///
/// Everything is little-endian and begins at a multiple of four bytes. After the magic come blocks:
/// tag, payload length, CRC-32 of tag, length, number and payload, number, payload.
enum IdStreamFormat {
  /// Like PNG's: a transfer as text changes the first byte or the line ends.
  static let magic: [UInt8] = [0x89, 0x48, 0x42, 0x49, 0x0D, 0x0A, 0x1A, 0x0A]
  static let version: UInt32 = 1
  static let blockHeaderLength = 16
  /// The largest payload that a reader accepts.
  static let maximumPayloadLength = 256 << 20
  /// How many words of 32 bits a block of sentences takes, its three counts among them.
  static let wordsPerBlock = 65_536

  /// A block's kind, the four characters of its tag as a little-endian word.
  enum Tag: UInt32 {
    /// `HEAD`: version, length of the vocabulary, the vocabulary, zeros up to a word's end.
    case head = 0x4441_4548
    /// `DOCU`: a document begins; no payload.
    case document = 0x5543_4F44
    /// `SENT`: n lines, m ids, flags; n lengths; m ids.
    case sentences = 0x544E_4553
    /// `END.`: how many documents, lines and ids there were, 64 bits each.
    case end = 0x2E44_4E45
  }

  /// The flag of a block of sentences whose last line goes on in the next one.
  static let continuesFlag: UInt32 = 1

  /// Returns the checksum of a block.
  static func checksum(
    tag: UInt32, number: UInt32, payload: UnsafeRawBufferPointer
  ) -> UInt32 {
    let header = [tag.littleEndian, UInt32(payload.count).littleEndian, number.littleEndian]
    let crc = header.withUnsafeBytes { TextStreams.checksum(of: $0, continuing: 0) }
    return TextStreams.checksum(of: payload, continuing: crc)
  }
}

/// How much an id stream holds.
package struct IdStreamTotals: Equatable, Sendable {
  package var documents = 0
  package var lines = 0
  package var ids = 0

  package init(documents: Int = 0, lines: Int = 0, ids: Int = 0) {
    self.documents = documents
    self.lines = lines
    self.ids = ids
  }
}
