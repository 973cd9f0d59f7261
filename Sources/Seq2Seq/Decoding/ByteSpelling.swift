/// Which byte tokens may follow those before, so that spelled characters are whole.
///
/// Outside a spelled character the lead byte of one may come; within it nothing but the right
/// continuation. Plain ASCII may be spelled too, control characters never.
///
/// Source: The Unicode Standard, table 3-7, well-formed UTF-8 byte sequences.
package struct ByteSpelling: Equatable, Sendable {
  /// The bytes that the next token must be one of, while a character is unfinished.
  private var next: ClosedRange<UInt8>?
  /// Continuation bytes after the next.
  private var rest = 0
  /// How many bytes of a character there are that is not finished.
  package private(set) var begunCount = 0

  package init() {}

  /// Whether a character has begun and is not finished.
  package var isInsideCharacter: Bool { next != nil }

  /// Whether a token may follow; special tokens are not judged here.
  package func allows(_ id: UInt32) -> Bool {
    guard ReservedID.bytes.contains(id) else { return next == nil }
    let byte = UInt8(id - ReservedID.bytes.lowerBound)
    if let next { return next.contains(byte) }
    return (0x20...0x7E).contains(byte) || (0xC2...0xF4).contains(byte)
  }

  /// Takes note of a token that was chosen.
  package mutating func append(_ id: UInt32) {
    guard ReservedID.bytes.contains(id) else {
      // Text that is given may leave a character unfinished.
      self = ByteSpelling()
      return
    }
    if next != nil {
      next = rest > 0 ? 0x80...0xBF : nil
      rest = max(0, rest - 1)
    } else {
      begin(UInt8(id - ReservedID.bytes.lowerBound))
    }
    begunCount = next == nil ? 0 : begunCount + 1
  }

  private mutating func begin(_ byte: UInt8) {
    switch byte {
    case 0xC2: (next, rest) = (0xA0...0xBF, 0)  // below are control characters
    case 0xC3...0xDF: (next, rest) = (0x80...0xBF, 0)
    case 0xE0: (next, rest) = (0xA0...0xBF, 1)
    case 0xED: (next, rest) = (0x80...0x9F, 1)
    case 0xE1...0xEF: (next, rest) = (0x80...0xBF, 1)
    case 0xF0: (next, rest) = (0x90...0xBF, 2)
    case 0xF4: (next, rest) = (0x80...0x8F, 2)
    case 0xF1...0xF3: (next, rest) = (0x80...0xBF, 2)
    default: break
    }
  }
}
