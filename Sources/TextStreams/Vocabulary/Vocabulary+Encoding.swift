extension Vocabulary {
  /// Appends the ids of a token: its own, or those that spell it.
  ///
  /// - Parameters:
  ///   - token: The bytes of one token.
  ///   - ids: Where to append.
  /// - Returns: Whether the token was spelled.
  /// - Throws: ``TokenError`` if the token is a special one or not well formed.
  @discardableResult
  package func encode(
    _ token: UnsafeRawBufferPointer, into ids: inout [UInt32]
  ) throws(TokenError) -> Bool {
    if let id = id(of: token) {
      guard id >= UInt32(ReservedToken.specialNames.count) else { throw .special(id) }
      ids.append(id)
      return false
    }
    try spell(token, into: &ids)
    return true
  }

  /// Appends the ids of a line's tokens.
  ///
  /// - Parameters:
  ///   - line: A token line without its line feed; an empty one has no ids.
  ///   - ids: Where to append.
  /// - Returns: How many tokens there were.
  /// - Throws: ``TokenError``, its offset counted in the line.
  @discardableResult
  package func encode(
    line: UnsafeRawBufferPointer, into ids: inout [UInt32]
  ) throws(TokenError) -> EncodedTokens {
    var tokens = LineTokens(line)
    var encoded = EncodedTokens()
    while let token = try tokens.next() {
      encoded.count += 1
      do {
        if try encode(token, into: &ids) { encoded.spelledCount += 1 }
      } catch {
        throw TokenError(offset: tokens.tokenOffset + error.offset, reason: error.reason)
      }
    }
    return encoded
  }

  /// Appends the ids of a token's characters, joined by the merges; bytes where one has no id.
  func spell(
    _ token: UnsafeRawBufferPointer, into ids: inout [UInt32]
  ) throws(TokenError) {
    var units = TokenUnits(token)
    var start = ids.count
    while let unit = try units.next() {
      if let id = id(of: TokenKey(unit.bytes)) {
        ids.append(id)
      } else {
        merges.join(&ids, from: start)
        unit.content.forEachByte { ids.append(ReservedToken.byte($0).id) }
        start = ids.count
      }
    }
    merges.join(&ids, from: start)
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

/// Tokens that were given their ids.
package struct EncodedTokens: Equatable, Sendable {
  package var count = 0
  /// How many of them are not in the vocabulary and were spelled.
  package var spelledCount = 0

  package init() {}

  package static func += (left: inout EncodedTokens, right: EncodedTokens) {
    left.count += right.count
    left.spelledCount += right.spelledCount
  }
}
