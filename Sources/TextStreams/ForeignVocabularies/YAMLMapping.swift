/// Reads the part of YAML that vocabularies are written in: one mapping of scalars to numbers.
///
/// The mapping may be in lines of `key: number`, where a long key is written `? key` and its number
/// below it, or in braces, as in JSON. Anything else is refused at its place.
struct YAMLMapping {
  /// An entry and where its key begins.
  struct Entry {
    var key: [UInt8]
    var number: Int
    var line: Int
    var column: Int
  }

  private let name: String
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var line = 1
  private var lineStart = 0
  private var isInBraces = false
  private var hasBegun = false
  private var hasEnded = false

  /// Creates a reader of a whole document.
  ///
  /// - Parameters:
  ///   - bytes: All of it.
  ///   - name: Its name in diagnostics.
  init(_ bytes: UnsafeRawBufferPointer, name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// Returns the next entry, or `nil` at the end.
  ///
  /// - Throws: ``StreamError`` at what is not read here.
  mutating func next() throws(StreamError) -> Entry? {
    skipBlanks()
    if !hasBegun {
      hasBegun = true
      if takeMarker("---") { skipBlanks() }
      if take(UInt8(ascii: "{")) {
        isInBraces = true
        skipBlanks()
      }
    }
    if isInBraces, !hasEnded, take(UInt8(ascii: "}")) {
      hasEnded = true
      skipBlanks()
    }
    if takeMarker("...") {
      hasEnded = true
      skipBlanks()
    }
    guard position < bytes.count else {
      if isInBraces, !hasEnded { throw malformed("the mapping does not end; '}' is missing") }
      return nil
    }
    if hasEnded { throw malformed("something follows the mapping") }
    return try entry()
  }

  private mutating func entry() throws(StreamError) -> Entry {
    let (keyLine, keyColumn) = (line, position - lineStart + 1)
    let isExplicit = !isInBraces && takeIndicator(UInt8(ascii: "?"))
    let key = try key(isExplicit: isExplicit)
    if isExplicit { skipBlanks() } else { skipSpaces() }
    guard take(UInt8(ascii: ":")) else { throw malformed("expected a colon after the token") }
    if isInBraces { skipBlanks() } else { skipSpaces() }
    let number = try number()
    if isInBraces {
      skipBlanks()
      if !take(UInt8(ascii: ",")), !isAt(UInt8(ascii: "}")) {
        throw malformed("expected ',' or '}' after the id")
      }
    } else {
      skipSpaces()
      guard position == bytes.count || isAt(0x0A) || isAt(UInt8(ascii: "#")) else {
        throw malformed("expected the end of the line after the id")
      }
    }
    return Entry(key: key, number: number, line: keyLine, column: keyColumn)
  }

  private mutating func key(isExplicit: Bool) throws(StreamError) -> [UInt8] {
    if isAt(UInt8(ascii: "\"")) || isAt(UInt8(ascii: "'")) {
      do throws(TokenError) {
        let (value, end) = try YAMLScalar.quoted(bytes, from: position)
        position = end
        return value
      } catch {
        position = error.offset
        throw malformed(error.reason)
      }
    }
    let start = position
    if ",[]{}#&*!|>%@`".utf8.contains(bytes[start]) || isIndicator(UInt8(ascii: "-")) {
      throw malformed("a token that begins with this is written in quotes")
    }
    while position < bytes.count, !isAt(0x0A), !endsPlainKey(isExplicit: isExplicit) {
      position += 1
    }
    // Spaces before the colon are none of the key.
    var end = position
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    return Array(bytes[start..<end])
  }

  private func endsPlainKey(isExplicit: Bool) -> Bool {
    if isInBraces, ",[]{}".utf8.contains(bytes[position]) { return true }
    return !isExplicit && isIndicator(UInt8(ascii: ":"))
  }

  private mutating func number() throws(StreamError) -> Int {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    guard let number = decimalCount(bytes[start..<position]) else {
      position = start
      throw malformed("expected an id, a whole number")
    }
    return number
  }

  // MARK: Bytes

  private func isAt(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard isAt(byte) else { return false }
    position += 1
    return true
  }

  /// Whether a byte stands here that has its meaning only before white space.
  private func isIndicator(_ byte: UInt8) -> Bool {
    guard isAt(byte) else { return false }
    return position + 1 == bytes.count || [0x20, 0x0A].contains(bytes[position + 1])
  }

  private mutating func takeIndicator(_ byte: UInt8) -> Bool {
    guard isIndicator(byte) else { return false }
    position += 1
    skipSpaces()
    return true
  }

  /// Takes `---` or `...` at the beginning of a line, and nothing else in it.
  private mutating func takeMarker(_ marker: String) -> Bool {
    let end = position + marker.utf8.count
    guard position == lineStart, bytes[position...].starts(with: marker.utf8),
      end == bytes.count || bytes[end] == 0x0A
    else { return false }
    position = end
    return true
  }

  private mutating func skipSpaces() {
    while isAt(0x20) { position += 1 }
  }

  /// Skips spaces, line ends and comments.
  private mutating func skipBlanks() {
    while position < bytes.count {
      if take(0x0A) {
        line += 1
        lineStart = position
      } else if isAt(UInt8(ascii: "#")) {
        while position < bytes.count, !isAt(0x0A) { position += 1 }
      } else if !take(0x20) {
        return
      }
    }
  }

  private func malformed(_ reason: String) -> StreamError {
    StreamError(
      stream: name, line: line, column: position - lineStart + 1, problem: .malformed(reason))
  }
}
