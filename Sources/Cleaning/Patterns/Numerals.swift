/// Numbers as headings have them.
enum Numerals {
  /// A digit of a number, as a pattern for folded text.
  static let pattern = "[0-9〇零○一二两三四五六七八九十百千廿卅壹贰叁参肆伍陆柒捌玖拾佰]"

  /// Returns the value of digits or Chinese numerals, spaces among them left out.
  ///
  /// - Parameter units: Folded text.
  /// - Returns: The value; `nil` if it is no number, or one that nothing has.
  static func value(_ units: some Sequence<UInt16>) -> Int? {
    var (total, current) = (0, 0)
    var isEmpty = true
    for unit in units where unit != 0x20 {
      isEmpty = false
      if let digit = digits[unit] {
        current = current * 10 + digit
      } else if let weight = weights[unit] {
        total += max(current, 1) * weight
        current = 0
      } else {
        return nil
      }
      if current > 1_000_000 || total > 1_000_000 { return nil }
    }
    return isEmpty ? nil : total + current
  }

  /// Returns the value of a Roman numeral in small letters; `nil` if it is none.
  static func romanValue(_ units: some Sequence<UInt16>) -> Int? {
    var (total, last) = (0, 0)
    for unit in units {
      guard let value = roman[unit] else { return nil }
      // "iv" is one less than five, so what was added before a larger letter is taken off twice.
      total += value > last ? value - 2 * last : value
      last = value
    }
    return total > 0 && total < 4_000 ? total : nil
  }

  private static let digits: [UInt16: Int] = {
    var digits: [UInt16: Int] = [:]
    for value in 0...9 { digits[UInt16(0x30 + value)] = value }
    for row in ["〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"] {
      for (value, unit) in row.utf16.enumerated() { digits[unit] = value }
    }
    for (unit, value) in zip("○两参".utf16, [0, 2, 3]) { digits[unit] = value }
    return digits
  }()

  private static let weights = Dictionary(
    uniqueKeysWithValues: zip("十拾廿卅百佰千".utf16, [10, 10, 20, 30, 100, 100, 1_000]))

  private static let roman = Dictionary(
    uniqueKeysWithValues: zip("ivxlcdm".utf16, [1, 5, 10, 50, 100, 500, 1_000]))
}
