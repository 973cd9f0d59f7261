extension Vocabulary {
  /// Appends the ids of a token: its own, or those that spell it.
  ///
  /// - Parameters:
  ///   - token: The bytes of one token.
  ///   - ids: Where to append.
  /// - Throws: ``TokenError`` if the token is a special one or not well formed.
  package func encode(
    _ token: UnsafeRawBufferPointer, into ids: inout [UInt32]
  ) throws(TokenError) {
    if let id = id(of: token) {
      guard id >= UInt32(ReservedToken.specialNames.count) else { throw .special(id) }
      ids.append(id)
      return
    }
    try spell(token, into: &ids)
  }

  /// Appends the ids of a line's tokens.
  ///
  /// - Parameters:
  ///   - line: A token line without its line feed; an empty one has no ids.
  ///   - ids: Where to append.
  /// - Throws: ``TokenError``, its offset counted in the line.
  package func encode(
    line: UnsafeRawBufferPointer, into ids: inout [UInt32]
  ) throws(TokenError) {
    var tokens = LineTokens(line)
    while let token = try tokens.next() {
      do {
        try encode(token, into: &ids)
      } catch {
        throw TokenError(offset: tokens.tokenOffset + error.offset, reason: error.reason)
      }
    }
  }

  /// Appends the ids of a token's characters, or of their bytes where a character has no id.
  func spell(
    _ token: UnsafeRawBufferPointer, into ids: inout [UInt32]
  ) throws(TokenError) {
    var units = TokenUnits(token)
    while let unit = try units.next() {
      if let id = id(of: TokenKey(unit.bytes)) {
        ids.append(id)
      } else {
        unit.content.forEachByte { ids.append(ReservedToken.byte($0).id) }
      }
    }
  }
}

extension TokenUnit.Content {
  /// Calls `body` with each byte of the text that the unit stands for.
  func forEachByte(_ body: (UInt8) -> Void) {
    switch self {
    case .byte(let byte): body(byte)
    case .scalar(let scalar):
      var bytes: [UInt8] = []
      appendUTF8(scalar, to: &bytes)
      bytes.forEach(body)
    }
  }
}
