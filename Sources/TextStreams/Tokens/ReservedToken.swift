/// A token that no text is written as: `<pad> <unk> <s> </s> <p>` and `<0x00>` to `<0xFF>`.
package enum ReservedToken: Equatable, Sendable {
  /// One of ``specialNames``, by its index, which is its id.
  case special(UInt32)
  /// A byte of text that is spelled alone.
  case byte(UInt8)

  /// The special tokens in the order of their ids.
  package static let specialNames = ["<pad>", "<unk>", "<s>", "</s>", "<p>"]
  /// How many rows of a vocabulary the reserved tokens take.
  package static let count = 261

  /// The id in every vocabulary.
  package var id: UInt32 {
    switch self {
    case .special(let id): id
    case .byte(let byte): 5 + UInt32(byte)
    }
  }

  /// The reserved token with this id, if there is one.
  package init?(id: UInt32) {
    switch id {
    case ..<5: self = .special(id)
    case ..<UInt32(Self.count): self = .byte(UInt8(id - 5))
    default: return nil
    }
  }

  /// The reserved token that these bytes spell, if they do.
  package init?(_ token: UnsafeRawBufferPointer) {
    guard token.count >= 3, token.count <= 6, token[0] == UInt8(ascii: "<") else { return nil }
    if token.count == 6, token[1] == UInt8(ascii: "0"), token[2] == UInt8(ascii: "x"),
      token[5] == UInt8(ascii: ">"), let high = hexadecimalDigit(token[3]),
      let low = hexadecimalDigit(token[4])
    {
      self = .byte(UInt8(high << 4 | low))
      return
    }
    for (id, name) in Self.specialNames.enumerated() where token.elementsEqual(name.utf8) {
      self = .special(UInt32(id))
      return
    }
    return nil
  }

  /// The token's bytes.
  package var bytes: [UInt8] {
    switch self {
    case .special(let id): Array(Self.specialNames[Int(id)].utf8)
    case .byte(let byte):
      Array("<0x".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 0xF), UInt8(ascii: ">")]
    }
  }
}

/// Returns the value of an upper case hexadecimal digit, or `nil`.
func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}

/// Returns the upper case hexadecimal digit of a value below 16.
func hexadecimal(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
}
