internal import TextStreams

/// What a character is in a verse.
enum CharacterClass: UInt8, CaseIterable, Sendable {
  /// Counts: a letter, an ideograph, or a number.
  case letter
  /// Belongs to the letter before it.
  case combining
  /// Stands between clauses, but ends no sentence: a comma, a colon, a semicolon.
  case pause
  /// Stands between clauses and at the end: other punctuation, a symbol, a space.
  case punctuation
  /// Stands beside punctuation, or alone: the end of a quotation or of brackets.
  case closing
  /// The same between clauses, but not at the end: what begins them.
  case opening
  /// Comes in no verse: controls, what is not assigned, bytes that are no text.
  case other

  init(_ scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar) else {
      self = .other
      return
    }
    self =
      switch scalar {
      case ",", ":", ";", "，", "、", "：", "；": .pause
      default: Self.of(scalar.properties.generalCategory)
      }
  }

  private static func of(_ category: Unicode.GeneralCategory) -> CharacterClass {
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      .letter
    case .nonspacingMark, .spacingMark, .enclosingMark: .combining
    case .closePunctuation, .finalPunctuation: .closing
    case .openPunctuation, .initialPunctuation: .opening
    case .connectorPunctuation, .dashPunctuation, .otherPunctuation, .mathSymbol,
      .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator:
      .punctuation
    default: .other
    }
  }

  /// The classes of some text's characters.
  static func classes(of text: ArraySlice<UInt8>) -> [CharacterClass] {
    var (classes, rest): ([CharacterClass], ArraySlice<UInt8>) = ([], text)
    while !rest.isEmpty {
      let scalar = rest.withUnsafeBytes { decodeScalar($0) }
      classes.append(scalar.value.map(CharacterClass.init) ?? .other)
      rest = rest.dropFirst(scalar.length)
    }
    return classes
  }

  /// The classes of the characters that some bytes begin.
  ///
  /// - Parameter bytes: The first bytes of a character of UTF-8, or all of it.
  /// - Returns: Those of all characters that it may yet be.
  static func classes(begunBy bytes: [UInt8]) -> Set<CharacterClass> {
    guard let first = bytes.first, first >= 0xC2, first < 0xF5 else {
      return Set(classes(of: bytes[...]))
    }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    if bytes.count >= length { return Set(classes(of: bytes[...])) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes.dropFirst() { value = value << 6 | UInt32(byte & 0x3F) }
    let rest = UInt32(6 * (length - bytes.count))
    // What is shorter otherwise is not written that long.
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    let (start, end) = (max(value << rest, least) >> 6, ((value + 1) << rest) >> 6)
    guard start < end else { return [.other] }
    let mask = (start..<end).clamped(to: 0..<UInt32(blockClasses.count))
      .reduce(UInt8(0)) { $0 | blockClasses[Int($1)] }
    return Set(allCases.filter { mask >> $0.rawValue & 1 == 1 })
  }

  /// For each 64 characters a bit for each class that occurs; no letter is assigned after them.
  private static let blockClasses: [UInt8] = (0..<UInt32(0x3_4000 >> 6)).map { block in
    (block << 6..<(block + 1) << 6).reduce(0) { $0 | 1 << CharacterClass($1).rawValue }
  }
}
