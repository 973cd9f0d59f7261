internal import TextStreams

/// Reads words, and perhaps their weights, from the lines of dictionaries.
struct DictionaryReader {
  private(set) var words = WordList()
  private var word: [UInt16] = []

  /// Adds the words of a file.
  ///
  /// - Parameter file: UTF-8 text; line ends may be those of Windows.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  mutating func read(_ file: consuming InputFile) throws(StreamError) {
    var lines = try DictionaryLines(file)
    try lines.forEach { line throws(TokenError) in try add(line) }
  }

  /// Adds the word of a line.
  private mutating func add(_ line: DictionaryLines.Line) throws(TokenError) {
    let (field, weight) = (line.word, try line.weight())
    do throws(TokenError) {
      try decode(line.token)
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
        try unit.requireVisible(at: units.offset - unit.bytes.count)
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

  /// Spaces at the ends are no part of the word: they stand between it and others.
  private mutating func trimSpaces() {
    while word.last == 0x20 { word.removeLast() }
    word.removeFirst(word.prefix { $0 == 0x20 }.count)
  }
}
