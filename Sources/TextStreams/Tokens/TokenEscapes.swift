/// The inverse pair of source bytes and tokens; huaben-formats(5) has the rules.
package enum TokenEscapes {
  /// Appends the token for a run of source bytes.
  ///
  /// A space becomes `▁`; what white space or invisible could hide becomes an escape; so does each
  /// byte that is not valid UTF-8. A token that would read as a reserved one has its `<` escaped.
  ///
  /// - Parameters:
  ///   - source: The bytes of one token in the text.
  ///   - tokens: Where to append the token.
  package static func escape(_ source: UnsafeRawBufferPointer, into tokens: inout [UInt8]) {
    if ReservedToken(source) != nil {
      tokens.append(contentsOf: "\\u{3C}".utf8)
      tokens.append(contentsOf: source.dropFirst())
      return
    }
    var plainStart = 0
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") {
        index += 1
        continue
      }
      let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: source[index...]))
      if let value = scalar.value, !isEscaped(value) {
        index += scalar.length
        continue
      }
      tokens.append(contentsOf: source[plainStart..<index])
      if let value = scalar.value {
        appendEscape(scalar: value, to: &tokens)
      } else {
        tokens.append(contentsOf: "\\x\(hexadecimalPair(byte))".utf8)
      }
      index += scalar.length
      plainStart = index
    }
    tokens.append(contentsOf: source[plainStart...])
  }

  /// Appends the text that a token stands for.
  ///
  /// - Parameters:
  ///   - token: The bytes of one token; a byte token `<0xNN>` stands for its byte.
  ///   - text: Where to append the text.
  /// - Throws: ``TokenError`` if the token is a special one or not a well formed token.
  package static func unescape(
    _ token: UnsafeRawBufferPointer, into text: inout [UInt8]
  ) throws(TokenError) {
    switch ReservedToken(token) {
    case .byte(let byte)?:
      text.append(byte)
      return
    case .special(let id)?:
      throw .special(id)
    case nil: break
    }
    var units = TokenUnits(token)
    while let unit = try units.next() {
      append(unit.content, to: &text)
    }
  }

  /// Appends the text that a unit stands for.
  ///
  /// - Parameters:
  ///   - content: A scalar or a byte.
  ///   - text: Where to append its bytes.
  package static func append(_ content: TokenUnit.Content, to text: inout [UInt8]) {
    switch content {
    case .scalar(let scalar): appendUTF8(scalar, to: &text)
    case .byte(let byte): text.append(byte)
    }
  }

  /// Returns how many characters of text a token stands for.
  ///
  /// An escape is one character; a byte token is one unless it continues a UTF-8 sequence, a special
  /// token none.
  ///
  /// - Parameter token: The bytes of one token.
  /// - Returns: The number of characters.
  /// - Throws: ``TokenError`` if the token is not well formed.
  package static func characterCount(
    _ token: UnsafeRawBufferPointer
  ) throws(TokenError) -> Int {
    switch ReservedToken(token) {
    case .byte(let byte)?: return byte & 0xC0 == 0x80 ? 0 : 1
    case .special?: return 0
    case nil: break
    }
    var units = TokenUnits(token)
    var count = 0
    while try units.next() != nil { count += 1 }
    return count
  }

  /// Returns whether a scalar of the text is escaped in a token.
  ///
  /// - Parameter scalar: Any scalar; a space is, as it becomes `▁`.
  /// - Returns: Whether it is written otherwise than as itself.
  package static func isEscaped(_ scalar: UInt32) -> Bool {
    switch scalar {
    case ...0x20, 0x5C, 0x7F...0xA0: true
    case 0x1680, 0x180E, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F: true
    case 0x2581, 0x3000, 0xFEFF: true
    default: false
    }
  }

  private static func appendEscape(scalar: UInt32, to tokens: inout [UInt8]) {
    switch scalar {
    case 0x20: tokens.append(contentsOf: "\u{2581}".utf8)
    case 0x5C: tokens.append(contentsOf: "\\\\".utf8)
    case 0x09: tokens.append(contentsOf: "\\t".utf8)
    case 0x0D: tokens.append(contentsOf: "\\r".utf8)
    default:
      let digits = String(scalar, radix: 16, uppercase: true)
      tokens.append(contentsOf: "\\u{\(digits)}".utf8)
    }
  }
}

extension TokenError {
  /// The error for a special token among the tokens of a text.
  static func special(_ id: UInt32) -> TokenError {
    let name = ReservedToken.specialNames[Int(id)]
    return TokenError(
      offset: 0, reason: "'\(name)' is reserved; text that looks like it is written \\u{3C}…")
  }
}
