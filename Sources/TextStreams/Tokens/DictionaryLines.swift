/// Walks the lines of a dictionary: a word, perhaps a number, perhaps a note.
///
/// White space of ASCII stands between them, so that line ends may be those of Windows. A line that
/// begins with `#` is a comment, and a byte order mark is no part of the first.
package struct DictionaryLines: ~Copyable {
  /// A line that has a word.
  package struct Line {
    package let bytes: UnsafeRawBufferPointer
    /// Where in the line the word is, written as a token.
    package let word: Range<Int>
    /// Where the field after it is, unless that is a comment.
    package let second: Range<Int>?
  }

  /// A line has a word, a number and perhaps a note.
  private static let longestLine = 65_536
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private var lines: LineReader

  /// Prepares to read a file of UTF-8.
  ///
  /// - Throws: ``StreamError`` if it is a file of another kind.
  package init(_ file: consuming InputFile) throws(StreamError) {
    lines = LineReader(file)
    try lines.refuse { $0.reasonAgainstDictionary }
  }

  /// Calls `body` with each line that has a word.
  ///
  /// - Parameter body: Throws with an offset in the line's bytes.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package mutating func forEach(
    _ body: (Line) throws(TokenError) -> Void
  ) throws(StreamError) {
    while let window = try lines.window(upTo: Self.longestLine) {
      let hasMark = lines.lineNumber == 1 && window.bytes.starts(with: Self.byteOrderMark)
      let start = hasMark ? Self.byteOrderMark.count : 0
      do throws(TokenError) {
        guard !window.isCut else {
          throw TokenError(offset: 0, reason: "a line longer than any word; give a word a line")
        }
        let bytes = UnsafeRawBufferPointer(rebasing: window.bytes[start...])
        if let line = try Self.parse(bytes) { try body(line) }
      } catch {
        throw lines.malformed(error, from: start)
      }
      lines.advance(past: window)
    }
  }

  private static func parse(_ bytes: UnsafeRawBufferPointer) throws(TokenError) -> Line? {
    var fields = Fields(bytes)
    guard let word = fields.next(), bytes[word.lowerBound] != UInt8(ascii: "#") else { return nil }
    if let offset = firstInvalid(in: bytes) {
      throw TokenError(
        offset: offset, reason: "not valid UTF-8; convert the file with iconv(1)")
    }
    let second = fields.next().flatMap { bytes[$0.lowerBound] == UInt8(ascii: "#") ? nil : $0 }
    return Line(bytes: bytes, word: word, second: second)
  }
}

extension DictionaryLines.Line {
  /// The bytes of the word.
  package var token: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[word]) }

  /// The text that the word stands for.
  ///
  /// - Returns: Its bytes; nothing for a reserved token, which no text is written as.
  /// - Throws: ``TokenError``, its offset counted in the line.
  package func text() throws(TokenError) -> [UInt8]? {
    guard ReservedToken(token) == nil else { return nil }
    var text: [UInt8] = []
    var units = TokenUnits(token)
    do throws(TokenError) {
      while let unit = try units.next() {
        guard case .scalar = unit.content else {
          throw TokenError(offset: 0, reason: "a word is text; bytes that are none cannot be found")
        }
        try unit.requireVisible(at: units.offset - unit.bytes.count)
        TokenEscapes.append(unit.content, to: &text)
      }
    } catch {
      throw TokenError(offset: word.lowerBound + error.offset, reason: error.reason)
    }
    return text
  }

  /// The weight of the word, from 0 on; 1 where the line has none.
  ///
  /// - Throws: ``TokenError``, its offset counted in the line.
  package func weight() throws(TokenError) -> Float {
    guard let second else { return 1 }
    guard let weight = decimalNumber(UnsafeRawBufferPointer(rebasing: bytes[second])),
      weight >= 0
    else {
      throw TokenError(
        offset: second.lowerBound,
        reason: "expected a weight, found '\(shown(second))'; a space in a word is written \u{2581}"
      )
    }
    return weight
  }

  /// The second field as a diagnostic shows it.
  package func shown(_ field: Range<Int>) -> String {
    // What is shown has to be short, and text.
    String(decoding: bytes[field].prefix(24), as: UTF8.self)
  }
}

extension TokenUnit {
  /// Refuses what looks like an end of the word, or like nothing, unless it is escaped.
  ///
  /// - Parameter offset: Where in the token the unit is.
  /// - Throws: ``TokenError`` with that offset.
  package func requireVisible(at offset: Int) throws(TokenError) {
    guard case .scalar(let scalar) = content, bytes[0] != UInt8(ascii: "\\"), scalar != 0x20,
      TokenEscapes.isEscaped(scalar)
    else { return }
    let digits = String(scalar, radix: 16, uppercase: true)
    throw TokenError(
      offset: offset,
      reason: "white space or an invisible character, written \\u{\(digits)} where it is meant")
  }
}

/// The fields of a line, with white space of ASCII between them.
private struct Fields {
  private let line: UnsafeRawBufferPointer
  private var index = 0

  init(_ line: UnsafeRawBufferPointer) { self.line = line }

  mutating func next() -> Range<Int>? {
    while index < line.count, Self.isBlank(line[index]) { index += 1 }
    let start = index
    while index < line.count, !Self.isBlank(line[index]) { index += 1 }
    return start < index ? start..<index : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
