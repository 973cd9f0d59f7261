internal import TextStreams

/// Decodes a stretch of token lines that ends behind a token.
///
/// Most tokens are copied as they are checked; one with an escape, or with anything that is not
/// well formed, is left to ``TokenEscapes``.
struct TokenLineDecoder {
  /// The number of the line under way, counted from 1.
  private(set) var line: Int
  /// How many bytes of that line lie before the end of the stretch, or before its bad token.
  var column: Int { index - lineStart }
  /// What is wrong, its offset counted in the line.
  private(set) var failure: TokenError?

  private let bytes: UnsafeRawBufferPointer
  /// Whether every line is a line of text, which may have columns.
  private let keepsLines: Bool
  private let longestToken = LineTokens.maximumTokenLength
  private var index = 0
  private var lineStart: Int
  private var tokenStart = 0
  /// How many bytes have been written, and how many of them before the token under way.
  private var written = 0
  private var writtenBeforeToken = 0

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - bytes: Tokens, each with the space or line feed behind it.
  ///   - line: The number of the line in which they begin.
  ///   - column: How many bytes of that line lie before them.
  ///   - keepsLines: Whether every line is a line of text, which may have columns.
  init(_ bytes: UnsafeRawBufferPointer, line: Int, column: Int, keepsLines: Bool) {
    self.bytes = bytes
    self.keepsLines = keepsLines
    self.line = line
    lineStart = -column
  }

  /// Writes the text, up to the first bad token.
  ///
  /// - Parameters:
  ///   - text: Where to write, at most a byte more than there are to decode.
  ///   - isEnd: Whether the input ends here; then the last line feed may be missing.
  /// - Returns: How many bytes were written.
  mutating func decode(into text: UnsafeMutablePointer<UInt8>, isEnd: Bool) -> Int {
    while index < bytes.count, failure == nil {
      let byte = bytes[index]
      if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\\"),
        byte != UInt8(ascii: "<") || index > tokenStart
      {
        text[written] = byte
        written += 1
        index += 1
      } else if byte >= 0x80 {
        decodeScalar(into: text)
      } else if byte == UInt8(ascii: " ") {
        endToken()
      } else if byte == UInt8(ascii: "\n") {
        endLine(into: text)
      } else {
        decodeRare(byte, into: text)
      }
    }
    if isEnd, failure == nil { endLastToken(into: text) }
    return written
  }

  /// Ends a column, or decodes what is no plain byte of a token.
  @inline(never)
  private mutating func decodeRare(_ byte: UInt8, into text: UnsafeMutablePointer<UInt8>) {
    guard byte == UInt8(ascii: "\t"), keepsLines else {
      decodeToken(into: text)
      return
    }
    text[written] = byte
    written += 1
    endToken()
  }

  /// Copies a scalar above ASCII, or what it stands for.
  @inline(__always)
  private mutating func decodeScalar(into text: UnsafeMutablePointer<UInt8>) {
    let first = bytes[index]
    // U+1000 to U+CFFF and U+E000 to U+FFFF, nearly all of Chinese.
    if first > 0xE0, first < 0xF0, first != 0xED, index + 2 < bytes.count,
      bytes[index + 1] & 0xC0 == 0x80, bytes[index + 2] & 0xC0 == 0x80
    {
      if first == 0xE2, bytes[index + 1] == 0x96, bytes[index + 2] == 0x81 {
        text[written] = UInt8(ascii: " ")
        written += 1
      } else {
        text[written] = first
        text[written + 1] = bytes[index + 1]
        text[written + 2] = bytes[index + 2]
        written += 3
      }
      index += 3
      return
    }
    let scalar = TextStreams.decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[index...]))
    guard scalar.value != nil else {
      decodeToken(into: text)
      return
    }
    for offset in 0..<scalar.length { text[written + offset] = bytes[index + offset] }
    written += scalar.length
    index += scalar.length
  }

  /// Decodes the token under way from its start.
  private mutating func decodeToken(into text: UnsafeMutablePointer<UInt8>) {
    var end = index
    while end < bytes.count, !endsToken(bytes[end]) { end += 1 }
    let token = UnsafeRawBufferPointer(rebasing: bytes[tokenStart..<end])
    var decoded: [UInt8] = []
    do throws(TokenError) {
      try TokenEscapes.unescape(token, into: &decoded)
    } catch {
      fail(at: tokenStart + error.offset, error.reason)
      return
    }
    written = writtenBeforeToken
    for byte in decoded {
      text[written] = byte
      written += 1
    }
    index = end
  }

  private func endsToken(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || keepsLines && byte == UInt8(ascii: "\t")
  }

  @inline(__always)
  private mutating func endToken() {
    guard index > tokenStart else {
      fail(at: index, LineTokens.emptyTokenReason)
      return
    }
    guard index - tokenStart <= longestToken else {
      fail(at: tokenStart, LineTokens.longTokenReason)
      return
    }
    index += 1
    tokenStart = index
    writtenBeforeToken = written
  }

  @inline(__always)
  private mutating func endLine(into text: UnsafeMutablePointer<UInt8>) {
    if index == tokenStart, index > lineStart {
      fail(at: index - 1, LineTokens.emptyTokenReason)
      return
    }
    if index == lineStart || keepsLines {
      text[written] = UInt8(ascii: "\n")
      written += 1
      if index == lineStart { tokenStart = index - 1 }
    }
    endToken()
    lineStart = index
    line += 1
  }

  /// Ends what no space or line feed ends.
  private mutating func endLastToken(into text: UnsafeMutablePointer<UInt8>) {
    if index == tokenStart, index > lineStart {
      fail(at: index - 1, LineTokens.emptyTokenReason)
    } else if index - tokenStart > longestToken {
      fail(at: tokenStart, LineTokens.longTokenReason)
    } else if keepsLines, index > lineStart {
      text[written] = UInt8(ascii: "\n")
      written += 1
    }
  }

  private mutating func fail(at offset: Int, _ reason: String) {
    failure = TokenError(offset: offset - lineStart, reason: reason)
    written = writtenBeforeToken
  }
}
