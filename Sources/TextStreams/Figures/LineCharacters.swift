/// Turns token lines into the characters of the text, whatever their tokens.
struct LineCharacters {
  /// What a byte that is not valid UTF-8 is counted from, above all scalars.
  private static let firstByte: UInt32 = 0x11_0000

  /// For the bytes of one line.
  private var bytes: [UInt8] = []

  /// Returns the characters of a line: scalars, and single bytes that are part of none.
  ///
  /// - Parameter line: A token line, without its line feed.
  /// - Returns: A number for each.
  /// - Throws: ``TokenError``, its offset counted in the line.
  mutating func values(of line: UnsafeRawBufferPointer) throws(TokenError) -> [UInt32] {
    bytes.removeAll(keepingCapacity: true)
    var tokens = LineTokens(line)
    while let token = try tokens.next() {
      do throws(TokenError) {
        try TokenEscapes.unescape(token, into: &bytes)
      } catch {
        throw TokenError(offset: tokens.tokenOffset + error.offset, reason: error.reason)
      }
    }
    return bytes.withUnsafeBytes { bytes in
      var values: [UInt32] = []
      values.reserveCapacity(bytes.count)
      var index = 0
      while index < bytes.count {
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[index...]))
        values.append(scalar.value ?? Self.firstByte + UInt32(bytes[index]))
        index += scalar.length
      }
      return values
    }
  }
}
