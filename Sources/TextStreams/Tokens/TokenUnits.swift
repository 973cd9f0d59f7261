/// What is wrong with a token, and where.
package struct TokenError: Error, Equatable, Sendable {
  /// The bytes before the place.
  package var offset: Int
  /// What is wrong and what to do, ready for a diagnostic.
  package var reason: String

  package init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }
}

/// One character of a token: a scalar, or one escape.
package struct TokenUnit {
  /// What a unit stands for in the text.
  package enum Content: Equatable, Sendable {
    /// A scalar; `▁` stands for a space.
    case scalar(UInt32)
    /// A byte that is not valid UTF-8, written `\xFF`.
    case byte(UInt8)
  }

  /// The bytes of the unit in the token, in place.
  package var bytes: UnsafeRawBufferPointer
  package var content: Content
}

/// Walks the characters of a token that is not reserved.
package struct TokenUnits {
  private let token: UnsafeRawBufferPointer
  /// How many bytes of the token were passed.
  package private(set) var offset = 0

  /// Creates a walk over the bytes of one token.
  package init(_ token: UnsafeRawBufferPointer) { self.token = token }

  /// Returns the next unit, or `nil` at the end.
  ///
  /// - Throws: ``TokenError`` at a bad escape, a raw control byte, or bytes that are not UTF-8.
  package mutating func next() throws(TokenError) -> TokenUnit? {
    guard offset < token.count else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: token[offset...])
    let first = rest[0]
    if first == UInt8(ascii: "\\") {
      let escape = try parseEscape(rest)
      return take(escape.length, escape.content)
    }
    guard first > 0x20, first != 0x7F else { throw malformed(controlByte: first) }
    let scalar = decodeScalar(rest)
    guard let value = scalar.value else {
      throw malformed("not valid UTF-8; such a byte is written \\x\(hexadecimalPair(first))")
    }
    return take(scalar.length, .scalar(value == 0x2581 ? 0x20 : value))
  }

  private mutating func take(_ length: Int, _ content: TokenUnit.Content) -> TokenUnit {
    defer { offset += length }
    return TokenUnit(
      bytes: UnsafeRawBufferPointer(rebasing: token[offset..<offset + length]), content: content)
  }

  private func malformed(_ reason: String) -> TokenError {
    TokenError(offset: offset, reason: reason)
  }

  private func malformed(controlByte byte: UInt8) -> TokenError {
    switch byte {
    case 0x0D: malformed("carriage return in a token; token lines end in LF alone")
    case 0x09: malformed("tab in a token; a tab only separates the columns of pairs")
    default: malformed("raw control byte 0x\(hexadecimalPair(byte)) in a token; escape it")
    }
  }

  private func parseEscape(
    _ rest: UnsafeRawBufferPointer
  ) throws(TokenError) -> (length: Int, content: TokenUnit.Content) {
    switch rest.count > 1 ? rest[1] : 0 {
    case UInt8(ascii: "\\"): return (2, .scalar(0x5C))
    case UInt8(ascii: "t"): return (2, .scalar(0x09))
    case UInt8(ascii: "r"): return (2, .scalar(0x0D))
    case UInt8(ascii: "x"):
      guard rest.count >= 4, let high = hexadecimalDigit(rest[2]),
        let low = hexadecimalDigit(rest[3])
      else { throw malformed("bad escape; \\x takes two upper case hexadecimal digits") }
      return (4, .byte(UInt8(high << 4 | low)))
    case UInt8(ascii: "u"): return try parseScalarEscape(rest)
    default:
      throw malformed("bad escape; a backslash is written \\\\")
    }
  }

  private func parseScalarEscape(
    _ rest: UnsafeRawBufferPointer
  ) throws(TokenError) -> (length: Int, content: TokenUnit.Content) {
    var value: UInt32 = 0
    var index = 3
    while index < min(rest.count, 9), let digit = hexadecimalDigit(rest[index]) {
      value = value << 4 | digit
      index += 1
    }
    let hasLeadingZero = rest.count > 4 && rest[3] == UInt8(ascii: "0") && index > 4
    guard rest.count > index, index > 3, rest[2] == UInt8(ascii: "{"),
      rest[index] == UInt8(ascii: "}"), !hasLeadingZero, Unicode.Scalar(value) != nil
    else {
      throw malformed(
        "bad escape; \\u takes a scalar in upper case hexadecimal, without leading zeros, in braces"
      )
    }
    return (index + 1, .scalar(value))
  }
}

/// Returns a byte as two upper case hexadecimal digits.
package func hexadecimalPair(_ byte: UInt8) -> String {
  String(decoding: [hexadecimal(byte >> 4), hexadecimal(byte & 0xF)], as: UTF8.self)
}
