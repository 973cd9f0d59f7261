internal import TextStreams

/// Reads words, and perhaps their weights, from the lines of dictionaries.
struct DictionaryReader {
  private(set) var words = WordList()
  private var word: [UInt16] = []

  /// A line has a word, a weight and perhaps a note.
  private static let longestLine = 65_536
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Adds the words of a file.
  ///
  /// - Parameter file: UTF-8 text; line ends may be those of Windows.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  mutating func read(_ file: consuming InputFile) throws(StreamError) {
    var lines = LineReader(file)
    try lines.refuse { $0.reasonAgainstDictionary }
    while let window = try lines.window(upTo: Self.longestLine) {
      var line = window.bytes
      let hasMark = lines.lineNumber == 1 && line.starts(with: Self.byteOrderMark)
      let start = hasMark ? Self.byteOrderMark.count : 0
      line = UnsafeRawBufferPointer(rebasing: line[start...])
      do throws(TokenError) {
        guard !window.isCut else {
          throw TokenError(offset: 0, reason: "a line longer than any word; give a word a line")
        }
        try add(line)
      } catch {
        throw lines.malformed(error.reason, column: start + error.offset + 1)
      }
      lines.advance(past: window)
    }
  }

  /// Adds the word of a line; there is none in an empty one and in a comment.
  private mutating func add(_ line: UnsafeRawBufferPointer) throws(TokenError) {
    var fields = Fields(line)
    guard let field = fields.next(), line[field.lowerBound] != UInt8(ascii: "#") else { return }
    if let offset = firstInvalid(in: line) {
      throw TokenError(
        offset: offset, reason: "not valid UTF-8; convert the dictionary with iconv(1)")
    }
    let weight = try weight(line, fields.next())
    do throws(TokenError) {
      try decode(UnsafeRawBufferPointer(rebasing: line[field]))
    } catch {
      throw TokenError(offset: field.lowerBound + error.offset, reason: error.reason)
    }
    guard !word.isEmpty else { return }
    guard words.units.count + word.count <= WordAutomaton.maximumUnitCount else {
      throw TokenError(
        offset: field.lowerBound, reason: "too many words; leave out those that are not kept whole")
    }
    words.add(word, weight: weight)
  }

  private func weight(
    _ line: UnsafeRawBufferPointer, _ field: Range<Int>?
  ) throws(TokenError) -> Float {
    guard let field, line[field.lowerBound] != UInt8(ascii: "#") else { return 1 }
    let text = UnsafeRawBufferPointer(rebasing: line[field])
    guard let weight = decimalNumber(text), weight >= 0 else {
      // What is shown has to be short, and text.
      let shown = String(decoding: text.prefix(24), as: UTF8.self)
      throw TokenError(
        offset: field.lowerBound,
        reason: "expected a weight, found '\(shown)'; a space in a word is written \u{2581}")
    }
    return weight
  }

  /// Makes ``word`` the text of a token, if it can be torn; else makes it empty.
  private mutating func decode(_ token: UnsafeRawBufferPointer) throws(TokenError) {
    word.removeAll(keepingCapacity: true)
    // No text is written as these, which begin every vocabulary.
    guard ReservedToken(token) == nil else { return }
    var units = TokenUnits(token)
    var (unitCount, byteCount) = (0, 0)
    var hasBytes = false
    while let unit = try units.next() {
      unitCount += 1
      switch unit.content {
      case .byte: hasBytes = true
      case .scalar(let scalar):
        try checkVisible(scalar, of: unit, at: units.offset - unit.bytes.count)
        byteCount += append(scalar)
      }
    }
    guard !hasBytes || unitCount == 1 else {
      throw TokenError(offset: 0, reason: "a word is text; bytes that are none cannot be found")
    }
    guard byteCount <= UserDictionary.longestWord else {
      throw TokenError(
        offset: 0, reason: "longer than \(UserDictionary.longestWord) bytes, as no token is")
    }
    trimSpaces()
    if WordList.characterCount(of: word) < 2 { word.removeAll(keepingCapacity: true) }
  }

  /// Appends a scalar to ``word``.
  ///
  /// - Returns: How many bytes of UTF-8 it is.
  private mutating func append(_ scalar: UInt32) -> Int {
    guard scalar >= 0x1_0000 else {
      word.append(UInt16(scalar))
      return scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : 3
    }
    word.append(UInt16(0xD7C0 + scalar >> 10))
    word.append(UInt16(0xDC00 | scalar & 0x3FF))
    return 4
  }

  /// Refuses what looks like an end of the word, or like nothing.
  private func checkVisible(
    _ scalar: UInt32, of unit: TokenUnit, at offset: Int
  ) throws(TokenError) {
    let isPlain = unit.bytes[0] != UInt8(ascii: "\\") && scalar != 0x20
    guard isPlain, TokenEscapes.isEscaped(scalar) else { return }
    let digits = String(scalar, radix: 16, uppercase: true)
    throw TokenError(
      offset: offset,
      reason: "white space or an invisible character, written \\u{\(digits)} where it is meant")
  }

  /// Spaces at the ends are no part of the word: they stand between it and others.
  private mutating func trimSpaces() {
    while word.last == 0x20 { word.removeLast() }
    word.removeFirst(word.prefix { $0 == 0x20 }.count)
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
