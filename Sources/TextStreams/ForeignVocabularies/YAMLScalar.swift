/// Reads the quoted scalars of YAML, and of JSON, which is YAML too.
struct YAMLScalar {
  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private var value: [UInt8] = []

  /// Reads a scalar in quotes on one line.
  ///
  /// - Parameters:
  ///   - bytes: All bytes.
  ///   - start: Where the opening quote is.
  /// - Returns: What the quotes hold, and the place behind the closing one.
  /// - Throws: ``TokenError``, its offset counted in the bytes.
  static func quoted(
    _ bytes: UnsafeRawBufferPointer, from start: Int
  ) throws(TokenError) -> (value: [UInt8], end: Int) {
    var scalar = YAMLScalar(bytes: bytes, position: start + 1)
    try scalar.read(until: bytes[start])
    return (scalar.value, scalar.position)
  }

  private init(bytes: UnsafeRawBufferPointer, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  private mutating func read(until quote: UInt8) throws(TokenError) {
    let start = position
    while position < bytes.count, bytes[position] != 0x0A {
      let byte = bytes[position]
      position += 1
      if byte == quote {
        // In single quotes, two of them stand for one.
        guard quote == UInt8(ascii: "'"), position < bytes.count, bytes[position] == quote else {
          return
        }
        position += 1
        value.append(quote)
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try readEscape()
      } else {
        value.append(byte)
      }
    }
    throw TokenError(offset: start - 1, reason: "the quote does not end on its line")
  }

  private mutating func readEscape() throws(TokenError) {
    let start = position - 1
    let letter = position < bytes.count ? bytes[position] : 0
    position += 1
    if let simple = Self.simpleEscapes[letter] {
      appendUTF8(simple, to: &value)
      return
    }
    let lengths: [UInt8: Int] = [
      UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8,
    ]
    guard let length = lengths[letter], var scalar = readDigits(length) else {
      throw TokenError(offset: start, reason: "this escape is none of YAML")
    }
    // JSON writes what is above U+FFFF as two halves.
    if scalar & 0xFFFF_FC00 == 0xD800, position + 6 <= bytes.count,
      bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let low = readDigits(4) ?? 0
      scalar =
        low & 0xFFFF_FC00 == 0xDC00 ? 0x1_0000 + (scalar & 0x3FF) << 10 + low & 0x3FF : scalar
    }
    guard Unicode.Scalar(scalar) != nil else {
      throw TokenError(offset: start, reason: "this escape stands for no character")
    }
    appendUTF8(scalar, to: &value)
  }

  private mutating func readDigits(_ count: Int) -> UInt32? {
    guard position + count <= bytes.count else { return nil }
    var value: UInt32 = 0
    for offset in 0..<count {
      // Either case will do here.
      let byte = bytes[position + offset]
      let upper = (0x61...0x66).contains(byte) ? byte - 0x20 : byte
      guard let digit = hexadecimalDigit(upper), value < 1 << 28 else { return nil }
      value = value << 4 | digit
    }
    position += count
    return value
  }

  /// What stands behind a backslash, and the scalar that both stand for.
  private static let simpleEscapes: [UInt8: UInt32] = [
    UInt8(ascii: "0"): 0, UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9,
    UInt8(ascii: "n"): 10, UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    UInt8(ascii: "e"): 27, UInt8(ascii: " "): 32, UInt8(ascii: "\""): 34, UInt8(ascii: "/"): 47,
    UInt8(ascii: "\\"): 92, UInt8(ascii: "N"): 0x85, UInt8(ascii: "_"): 0xA0,
    UInt8(ascii: "L"): 0x2028, UInt8(ascii: "P"): 0x2029,
  ]
}
