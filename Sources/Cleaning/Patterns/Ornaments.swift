internal import TextStreams

/// Characters that draw and do not write.
enum Ornaments {
  /// The fewest characters of a rule that opens or closes a box.
  static let shortestEdge = 5

  /// Returns whether a line is drawn: a row of stars, dashes or the like, blanks among them.
  ///
  /// Dots alone are none, as they may be a silence; nor is □, which stands for a lost character.
  static func isRule(_ text: [UInt8]) -> Bool { symbolCount(of: text) > 0 }

  /// Returns whether a line is a rule long enough to be the edge of a box.
  static func isEdge(_ text: [UInt8]) -> Bool { symbolCount(of: text) >= shortestEdge }

  /// Where the text of a line is without the ornaments before and behind it.
  ///
  /// - Parameter text: A line without blanks around it.
  /// - Returns: The place; all of the line if it does not begin with an ornament.
  static func core(of text: [UInt8]) -> Range<Int> {
    text.withUnsafeBytes { bytes in
      var start = 0
      var end = bytes.count
      var isFirst = true
      while start < end {
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        guard let value = scalar.value else { break }
        // A comma of this kind is what lists put behind a star.
        guard isOrnament(value) || !isFirst && (Blanks.isBlank(value) || value == 0x3001) else {
          break
        }
        isFirst = false
        start += scalar.length
      }
      guard start > 0 else { return 0..<end }
      while end > start {
        var first = end - 1
        while first > start, bytes[first] & 0xC0 == 0x80 { first -= 1 }
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[first..<end]))
        guard let value = scalar.value, first + scalar.length == end,
          isOrnament(value) || Blanks.isBlank(value)
        else { break }
        end = first
      }
      return start..<end
    }
  }

  /// How many symbols a rule has; 0 for what is no rule.
  private static func symbolCount(of text: [UInt8]) -> Int {
    text.withUnsafeBytes { bytes in
      var (symbols, dashes, strong) = (0, 0, 0)
      var index = 0
      while index < bytes.count {
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[index...]))
        guard let value = scalar.value else { return 0 }
        index += scalar.length
        if Blanks.isBlank(value) { continue }
        if isOrnament(value) {
          strong += 1
        } else if !isDot(value) {
          return 0
        }
        if isDash(value) { dashes += 1 }
        symbols += 1
      }
      guard strong > 0 else { return 0 }
      return symbols >= 3 || dashes == 2 && symbols == 2 ? symbols : 0
    }
  }

  private static func isDash(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2010...0x2015, 0x2500, 0x2501, 0xFF0D: true
    default: false
    }
  }

  /// Dots, which are ornaments only among others.
  private static func isDot(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E, 0x3A, 0xB7, 0x2022, 0x2025, 0x2026, 0x30FB, 0xFF0E: true
    default: false
    }
  }

  private static func isOrnament(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xFF01...0xFF5E: isOrnamentOfASCII(scalar - 0xFEE0)
    case ...0x7E: isOrnamentOfASCII(scalar)
    case 0xAF, 0x2010...0x2015, 0x203B, 0x203E, 0x2190...0x21FF: true
    case 0x25A1, 0x25CB, 0x25EF: false
    case 0x2500...0x27BF, 0x3013, 0x3030, 0xFE49...0xFE4F, 0xFFE3: true
    default: false
    }
  }

  private static func isOrnamentOfASCII(_ scalar: UInt32) -> Bool {
    switch UInt8(truncatingIfNeeded: scalar) {
    case UInt8(ascii: "*"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "^"),
      UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "&"):
      true
    default: false
    }
  }
}
