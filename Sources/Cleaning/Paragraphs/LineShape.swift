internal import CICU
internal import TextStreams

/// What matters of a short line where lines are joined to paragraphs.
struct LineShape {
  /// Lines of more columns are no lines of a hard-wrapped text.
  static let widest = 120

  /// How many columns it takes, with the blanks before it; a character of Chinese takes two.
  private(set) var width: Int
  /// How many columns its first word takes.
  private(set) var firstWord = 0
  private(set) var firstIsWide = false
  private(set) var lastIsWide = false
  private(set) var beginsSmall = false
  private(set) var endsInHyphen = false
  /// Whether there are commas or full stops inside of it, as running text has.
  private(set) var hasMark = false
  /// Whether it has columns, with several blanks between.
  private(set) var hasColumns = false
  let end: LineEnd

  /// Measures a line; there is no shape of one that is too wide.
  ///
  /// - Parameters:
  ///   - text: The line without blanks around it.
  ///   - indent: How many columns the blanks before it take.
  init?(of text: [UInt8], indent: Int) {
    guard text.count <= 4 * Self.widest, indent <= Self.widest else { return nil }
    let isChinese = Self.isChinese(text)
    width = indent
    end = LineEnd(of: text)
    var isFirstWord = true
    var last: UInt32 = 0
    var lastWasMark = false
    var blankColumns = 0
    text.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[index...]))
        let value = scalar.value ?? 0xFFFD
        let columns = Self.columns(of: value, isChinese: isChinese)
        if index == 0 {
          firstIsWide = columns == 2 || Self.isWrittenTogether(value)
          beginsSmall = Unicode.Scalar(value)?.properties.isLowercase == true
        }
        if Blanks.isBlank(value) {
          isFirstWord = false
          blankColumns += columns
          if blankColumns > 1 { hasColumns = true }
        } else {
          blankColumns = 0
        }
        if isFirstWord { firstWord += columns }
        // A mark at the end says nothing of the inside.
        if lastWasMark { hasMark = true }
        lastWasMark = Self.isMark(value)
        width += columns
        lastIsWide = columns == 2 || Self.isWrittenTogether(value)
        endsInHyphen = value == 0x2D && last != 0x2D
        last = value
        index += scalar.length
      }
    }
    if width > Self.widest { return nil }
  }

  /// Whether a line has characters of two columns, so that marks that may take one or two take two.
  private static func isChinese(_ text: [UInt8]) -> Bool {
    // The first bytes of U+3000 to U+9FFF, Hangul and full-width forms.
    text.contains { (0xE3...0xED).contains($0) || $0 == 0xEF || $0 == 0xF0 }
  }

  private static func columns(of scalar: UInt32, isChinese: Bool) -> Int {
    if scalar < 0x7F { return 1 }
    // Korean has blanks between its words as Latin has.
    if (0xAC00...0xD7A3).contains(scalar) { return 1 }
    switch cicu_east_asian_width(UChar32(scalar)) {
    case U_EA_WIDE, U_EA_FULLWIDTH: return 2
    case U_EA_AMBIGUOUS: return isChinese ? 2 : 1
    default: return 1
    }
  }

  /// Whether a script has no blanks between its words: Thai, Lao, Tibetan, Burmese and Khmer.
  private static func isWrittenTogether(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF: true
    default: false
    }
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x21, 0x2C, 0x2E, 0x3B, 0x3F, 0x2026, 0x3002: true
    case 0xFF01, 0xFF0C, 0xFF0E, 0xFF1B, 0xFF1F: true
    default: false
    }
  }
}
