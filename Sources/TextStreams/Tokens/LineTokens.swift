internal import Glibc

/// Walks the tokens of a line that is in memory.
package struct LineTokens {
  /// The longest token, in bytes.
  package static let maximumTokenLength = 65_535

  private let line: UnsafeRawBufferPointer
  /// The offset in the line of the token last returned; its column is one more.
  package private(set) var tokenOffset = 0
  private var position = 0

  /// Creates a walk over the bytes of a line without its line feed.
  package init(_ line: UnsafeRawBufferPointer) { self.line = line }

  /// Returns the next token, or `nil` at the end of the line; an empty line has none.
  ///
  /// - Throws: ``TokenError``, its offset counted in the line, at an empty or overlong token.
  @inline(__always)
  package mutating func next() throws(TokenError) -> UnsafeRawBufferPointer? {
    guard position < line.count, let start = line.baseAddress else { return nil }
    tokenOffset = position
    let remaining = line.count - position
    let found = memchr(start + position, 0x20, remaining)
    let length = found.map { UnsafeRawPointer($0) - (start + position) } ?? remaining
    position += length + 1
    if length == 0 || position == line.count {
      throw TokenError(offset: position - 1, reason: Self.emptyTokenReason)
    }
    guard length <= Self.maximumTokenLength else {
      throw TokenError(offset: tokenOffset, reason: Self.longTokenReason)
    }
    return UnsafeRawBufferPointer(start: start + tokenOffset, count: length)
  }

  package static let emptyTokenReason = "empty token; tokens are separated by exactly one space"
  package static let longTokenReason = "a token is longer than \(maximumTokenLength) bytes"
}
