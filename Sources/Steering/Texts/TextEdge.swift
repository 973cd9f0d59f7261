internal import TextStreams

/// What stands where a text begins or ends.
enum TextEdge {
  /// The marks that end a sentence.
  private static let finalMarks: Set<Unicode.Scalar> = [
    ".", "!", "?", "。", "！", "？", "．", "｡", "؟", "۔", "।", "॥", "‼", "⁇", "⁈", "⁉",
  ]

  /// Whether a text begins with a letter, or with bytes that may yet be of one.
  static func beginsWithLetter(_ text: ArraySlice<UInt8>) -> Bool {
    guard !text.isEmpty else { return false }
    return first(of: text).map(isLetter) ?? true
  }

  /// Whether a text ends in a letter, or in bytes that may be of one.
  static func endsInLetter(_ text: ArraySlice<UInt8>) -> Bool {
    guard !text.isEmpty else { return false }
    return last(of: text).map(isLetter) ?? true
  }

  /// Whether two texts make one word where they meet, by letters that are written with spaces between
  /// words, or by digits.
  static func areJoined(_ text: ArraySlice<UInt8>, _ next: ArraySlice<UInt8>) -> Bool {
    endsInSpacedWord(text) && beginsInSpacedWord(next)
  }

  /// Whether a text begins with what is of a word that has spaces around it.
  static func beginsInSpacedWord(_ text: ArraySlice<UInt8>) -> Bool {
    first(of: text).map(isOfSpacedWord) ?? false
  }

  /// Whether a text ends in what is of a word that has spaces around it.
  static func endsInSpacedWord(_ text: ArraySlice<UInt8>) -> Bool {
    last(of: text).map(isOfSpacedWord) ?? false
  }

  /// Whether it is a digit, or a letter that has cases, such as Latin ones, or belongs to one.
  private static func isOfSpacedWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isCased || scalar.properties.generalCategory == .decimalNumber
      || CharacterClass(scalar.value) == .combining
  }

  /// Whether a text ends as sentences do: in a final mark, perhaps with the ends of quotations and
  /// brackets after it.
  static func endsSentence(_ text: ArraySlice<UInt8>) -> Bool {
    var text = text
    while let scalar = last(of: text) {
      if finalMarks.contains(scalar) { return true }
      guard scalar == "\"" || scalar == "'" || CharacterClass(scalar.value) == .closing else {
        return false
      }
      text = text.dropLast(scalar.utf8.count)
    }
    return false
  }

  static func endsInColon(_ text: ArraySlice<UInt8>) -> Bool {
    last(of: text).map { $0 == ":" || $0 == "：" } ?? false
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    let character = CharacterClass(scalar.value)
    return character == .letter || character == .combining
  }

  private static func first(of text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard !text.isEmpty else { return nil }
    return text.withUnsafeBytes { decodeScalar($0).value }.flatMap(Unicode.Scalar.init)
  }

  private static func last(of text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let last = text.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
    let bytes = text[last...]
    let decoded = bytes.withUnsafeBytes { decodeScalar($0) }
    guard decoded.length == bytes.count else { return nil }
    return decoded.value.flatMap(Unicode.Scalar.init)
  }
}
