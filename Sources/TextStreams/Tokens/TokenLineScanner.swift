/// What is done with the tokens of a stream of token lines.
protocol TokenLineVisitor: ~Copyable {
  /// Takes a token, not empty and at most ``LineTokens/maximumTokenLength`` bytes long.
  mutating func visit(_ token: TokenKey) throws(TokenLineFailure)
  /// Takes the end of a line.
  mutating func endLine() throws(TokenLineFailure)
  /// Takes tokens and line ends from the front of what is unread, in bulk if it can.
  ///
  /// It may leave any of them to ``visit(_:)`` and ``endLine()``, and leaves them what is wrong, so
  /// that there is one place that says so.
  ///
  /// - Parameters:
  ///   - bytes: Token lines from a token's first byte on.
  ///   - place: What precedes them; it moves its line number on.
  /// - Returns: How many bytes were taken, up to a token's first byte.
  mutating func visitPieces(of bytes: UnsafeRawBufferPointer, _ place: inout TokenLinePlace) -> Int
}

extension TokenLineVisitor where Self: ~Copyable {
  mutating func visitPieces(
    of bytes: UnsafeRawBufferPointer, _ place: inout TokenLinePlace
  ) -> Int { 0 }
}

/// A place in token lines at which a token begins.
struct TokenLinePlace {
  var lineNumber = 1
  /// Where in the stream the line began.
  var lineStart = 0
  /// Whether a space came last, so that a token must follow.
  var isAfterSpace = false
}

/// Why a visitor stops.
enum TokenLineFailure: Error {
  /// The token is wrong.
  case token(TokenError)
  /// The output cannot be written.
  case stream(StreamError)
}

/// Walks the tokens of a stream; lines may have any length.
struct TokenLineScanner: ~Copyable {
  private var reader: ByteReader
  private var place = TokenLinePlace()

  init(_ file: consuming InputFile) {
    reader = ByteReader(file, expandsGzip: true)
  }

  /// Visits all tokens and line ends.
  mutating func scan<Visitor: TokenLineVisitor & ~Copyable>(
    _ visitor: inout Visitor
  ) throws(StreamError) {
    _ = try reader.fill(toAtLeast: 16)
    try reader.refuseOtherThanTokenLines()
    repeat {
      let passed = try scanComplete(reader.unread, &visitor)
      reader.consume(passed)
      if reader.unread.count > LineTokens.maximumTokenLength {
        throw malformed(LineTokens.longTokenReason, at: 0)
      }
    } while try reader.fill()
    try scanLast(reader.unread, &visitor)
  }

  /// Visits the tokens whose end is in sight, and returns how many bytes they took.
  private mutating func scanComplete<Visitor: TokenLineVisitor & ~Copyable>(
    _ bytes: UnsafeRawBufferPointer, _ visitor: inout Visitor
  ) throws(StreamError) -> Int {
    var position = takePieces(bytes, &visitor)
    while let (key, end) = Self.nextToken(in: bytes, from: position) {
      let delimiter = bytes[end]
      guard delimiter == 0x20 || delimiter == 0x0A else {
        throw rejected(byteAt: end, in: bytes)
      }
      if end == position {
        guard delimiter == 0x0A, !place.isAfterSpace else {
          throw malformed(LineTokens.emptyTokenReason, at: position - (delimiter == 0x0A ? 1 : 0))
        }
      } else {
        if key.bytes.count > LineTokens.maximumTokenLength {
          throw malformed(LineTokens.longTokenReason, at: position)
        }
        do { try visitor.visit(key) } catch { throw located(error, at: position) }
      }
      position = end + 1
      place.isAfterSpace = delimiter == 0x20
      if !place.isAfterSpace {
        do { try visitor.endLine() } catch { throw located(error, at: position) }
        place.lineNumber += 1
        place.lineStart = reader.offset + position
      }
    }
    return position
  }

  /// Lets the visitor take what it can, and returns how many bytes it took.
  private mutating func takePieces<Visitor: TokenLineVisitor & ~Copyable>(
    _ bytes: UnsafeRawBufferPointer, _ visitor: inout Visitor
  ) -> Int {
    let lineNumber = place.lineNumber
    let passed = visitor.visitPieces(of: bytes, &place)
    guard passed > 0 else { return 0 }
    place.isAfterSpace = bytes[passed - 1] == 0x20
    if place.lineNumber != lineNumber {
      var lineStart = passed
      while bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
      place.lineStart = reader.offset + lineStart
    }
    return passed
  }

  /// Visits a last line that no line feed ends.
  private mutating func scanLast<Visitor: TokenLineVisitor & ~Copyable>(
    _ bytes: UnsafeRawBufferPointer, _ visitor: inout Visitor
  ) throws(StreamError) {
    if bytes.isEmpty {
      if place.isAfterSpace { throw malformed(LineTokens.emptyTokenReason, at: -1) }
      if reader.offset == place.lineStart { return }
    } else {
      do { try visitor.visit(TokenKey(bytes)) } catch { throw located(error, at: 0) }
    }
    do { try visitor.endLine() } catch { throw located(error, at: 0) }
  }

  /// Returns the token that begins at `start` and the place of the byte up to 0x20 that ends it, or
  /// `nil` if its end is not in sight.
  @inline(__always)
  private static func nextToken(
    in bytes: UnsafeRawBufferPointer, from start: Int
  ) -> (key: TokenKey, end: Int)? {
    var hash = WordHash()
    var first: UInt64 = 0
    var offset = start
    while offset + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      // The lowest high bit set marks the first byte below 0x21.
      let ends = (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
      if ends != 0 {
        let bits = UInt64(ends.trailingZeroBitCount) & ~7
        let end = offset + Int(bits >> 3)
        let rest = word & ((1 << bits) &- 1)
        let length = end - start
        let keyWord = length < 8 ? rest : length == 8 ? first : hash.finished(with: rest)
        let token = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        return (TokenKey(bytes: token, word: keyWord), end)
      }
      if offset == start { first = word }
      hash.add(word)
      offset += 8
    }
    while offset < bytes.count {
      if bytes[offset] < 0x21 {
        return (TokenKey(UnsafeRawBufferPointer(rebasing: bytes[start..<offset])), offset)
      }
      offset += 1
    }
    return nil
  }

  /// The error for a control byte that is neither a space nor a line feed.
  private func rejected(
    byteAt end: Int, in bytes: UnsafeRawBufferPointer
  ) -> StreamError {
    var units = TokenUnits(UnsafeRawBufferPointer(rebasing: bytes[end...end]))
    do {
      _ = try units.next()
    } catch {
      return malformed(error.reason, at: end)
    }
    preconditionFailure("byte \(bytes[end]) ends no token")
  }

  private func located(_ failure: TokenLineFailure, at position: Int) -> StreamError {
    switch failure {
    case .token(let error): malformed(error.reason, at: position + error.offset)
    case .stream(let error): error
    }
  }

  private func malformed(_ reason: String, at position: Int) -> StreamError {
    StreamError(
      stream: reader.name, line: place.lineNumber,
      column: reader.offset + position - place.lineStart + 1,
      problem: .malformed(reason))
  }
}
