internal import TextStreams

/// Writes the tokens of one paragraph as lines.
///
/// It writes into memory that the caller has made large enough, see ``capacity(for:)``.
struct LineBuilder {
  /// A source byte takes at most this many bytes of output, with the space or line feed before the
  /// next token; `\u{7F}` is the worst.
  private static let growth = 8
  /// Longer words and clusters are cut, at most at this many source bytes.
  static let longestWord = 1_024
  /// So are longer sentences that are tokens; escapes make six bytes of one, and a token may have
  /// ``LineTokens/maximumTokenLength``.
  static let longestSentence = 8_192

  private let source: UnsafeRawBufferPointer
  private let longestToken: Int
  private let output: UnsafeMutablePointer<UInt8>
  /// How many bytes have been written.
  private(set) var count = 0
  /// The spaces that the next token or the end of the paragraph has to write.
  private(set) var pendingSpaces: Int
  /// Where the line begins; a space stands behind each of its tokens.
  private var lineStart = 0
  /// The last place in the source that sixteen bytes follow.
  private let lastWide: Int

  /// Starts a paragraph, or goes on with one.
  ///
  /// - Parameters:
  ///   - source: The bytes that the tokens' ranges count in.
  ///   - output: Where to write.
  ///   - pendingSpaces: What the window before left.
  ///   - longestToken: At how many source bytes tokens are cut, at most ``longestSentence``.
  init(
    _ source: UnsafeRawBufferPointer, into output: UnsafeMutablePointer<UInt8>,
    pendingSpaces: Int, longestToken: Int
  ) {
    self.source = source
    self.output = output
    self.pendingSpaces = pendingSpaces
    self.longestToken = longestToken
    lastWide = source.count - 16
  }

  /// The most bytes that a text of so many bytes may take.
  static func capacity(for byteCount: Int, pendingSpaces: Int) -> Int {
    growth * (byteCount + pendingSpaces + 2)
  }

  /// Holds a space of the source back for the token that follows it.
  @inline(__always)
  mutating func space() { pendingSpaces += 1 }

  /// Writes a word, after the spaces before it, the last of which it takes on.
  ///
  /// - Parameters:
  ///   - start: The offset of its first byte in the source.
  ///   - end: The offset behind its last byte.
  ///   - isPlain: Whether its bytes can be copied as they are.
  @inline(__always)
  mutating func word(_ start: Int, _ end: Int, isPlain: Bool) {
    if pendingSpaces > 0 || end &- start > longestToken {
      unusualWord(start, end, isPlain: isPlain)
    } else {
      write(start, end, isPlain: isPlain)
    }
  }

  private mutating func unusualWord(_ start: Int, _ end: Int, isPlain: Bool) {
    if end - start > longestToken {
      cut(start, end, isPlain: isPlain)
      return
    }
    writeSpaceTokens(upTo: 1)
    writeSpaceMark()
    pendingSpaces = 0
    write(start, end, isPlain: isPlain)
  }

  /// Writes a character or a cluster, after the spaces before it.
  ///
  /// - Parameters:
  ///   - start: The offset of its first byte in the source.
  ///   - end: The offset behind its last byte.
  ///   - isPlain: Whether its bytes can be copied as they are.
  @inline(__always)
  mutating func character(_ start: Int, _ end: Int, isPlain: Bool) {
    if pendingSpaces > 0 { writeSpaceTokens(upTo: 0) }
    if end - start > longestToken {
      cut(start, end, isPlain: isPlain)
      return
    }
    write(start, end, isPlain: isPlain)
  }

  /// Writes spaces held back as tokens of their own.
  ///
  /// - Parameter remaining: How many to hold back further.
  mutating func writeSpaceTokens(upTo remaining: Int) {
    while pendingSpaces > remaining {
      writeSpaceMark()
      endToken()
      pendingSpaces -= 1
    }
  }

  /// Ends the line, or a column of it; one without tokens is not written.
  ///
  /// - Parameter terminator: The byte that ends it.
  mutating func endLine(_ terminator: UInt8 = UInt8(ascii: "\n")) {
    guard count > lineStart else { return }
    output[count - 1] = terminator
    lineStart = count
  }

  @inline(__always)
  private mutating func endToken() {
    output[count] = UInt8(ascii: " ")
    count &+= 1
  }

  private mutating func writeSpaceMark() {
    output[count] = 0xE2
    output[count + 1] = 0x96
    output[count + 2] = 0x81
    count += 3
  }

  @inline(__always)
  private mutating func write(_ start: Int, _ end: Int, isPlain: Bool) {
    if isPlain, end &- start <= 16, start <= lastWide, let base = source.baseAddress {
      // Sixteen bytes at once, as `capacity(for:)` leaves room behind the token.
      let bytes = base.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
      UnsafeMutableRawPointer(output + count).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      count &+= end &- start
    } else {
      writeUnusual(start, end, isPlain: isPlain)
    }
    endToken()
  }

  private mutating func writeUnusual(_ start: Int, _ end: Int, isPlain: Bool) {
    guard isPlain, let base = source.baseAddress else {
      writeEscaped(start, end)
      return
    }
    UnsafeMutableRawPointer(output + count).copyMemory(from: base + start, byteCount: end - start)
    count += end - start
  }

  private mutating func writeEscaped(_ start: Int, _ end: Int) {
    var token: [UInt8] = []
    TokenEscapes.escape(UnsafeRawBufferPointer(rebasing: source[start..<end]), into: &token)
    token.withUnsafeBytes { token in
      guard let base = token.baseAddress else { return }
      UnsafeMutableRawPointer(output + count).copyMemory(from: base, byteCount: token.count)
    }
    count += token.count
  }

  private mutating func cut(_ start: Int, _ end: Int, isPlain: Bool) {
    var start = start
    while end - start > longestToken {
      let cut = scalarBoundary(in: source, atOrBefore: start + longestToken)
      word(start, cut, isPlain: isPlain)
      start = cut
    }
    word(start, end, isPlain: isPlain)
  }
}
