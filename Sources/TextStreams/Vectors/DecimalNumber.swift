internal import Glibc

/// Reads a number as C's `strtod` does, but for infinities, what is not a number, and hexadecimals.
///
/// Most have few digits: as a whole number below 2⁵³ and a power of ten up to 10²², both of which a
/// `Double` holds exactly, one division or multiplication gives what `strtod` would.
///
/// Source: Clinger (1990), "How to read floating point numbers accurately", section 5.
///
/// - Parameter text: The bytes of the number and nothing else.
/// - Returns: The number; `nil` where there is none, or none that a `Float` holds.
package func decimalNumber(_ text: UnsafeRawBufferPointer) -> Float? {
  var index = 0
  func digit() -> UInt64? {
    guard index < text.count, text[index] &- 0x30 < 10 else { return nil }
    return UInt64(text[index] &- 0x30)
  }
  let isNegative = text.first == UInt8(ascii: "-")
  if isNegative || text.first == UInt8(ascii: "+") { index = 1 }
  var whole: UInt64 = 0
  var (digitCount, decimals) = (0, 0)
  while let digit = digit() {
    whole = whole &* 10 &+ digit
    index += 1
    digitCount += 1
  }
  if index < text.count, text[index] == UInt8(ascii: ".") {
    index += 1
    while let digit = digit() {
      whole = whole &* 10 &+ digit
      index += 1
      digitCount += 1
      decimals += 1
    }
  }
  guard digitCount > 0 else { return nil }
  guard index == text.count, digitCount <= 19, whole < 1 << 53, decimals <= 22 else {
    return systemNumber(text)
  }
  let value = Double(whole) / powersOfTen[decimals]
  let number = Float(isNegative ? -value : value)
  return number.isFinite ? number : nil
}

/// The longest number, in bytes.
private let longestNumber = 63

private let powersOfTen: [Double] = (0...22).map { pow(10, Double($0)) }

/// Reads a number that begins with a sign, a digit or a point, exponent and all.
private func systemNumber(_ text: UnsafeRawBufferPointer) -> Float? {
  // The system's function takes hexadecimals, which begin with digits too.
  guard text.count <= longestNumber, !text.contains(where: { $0 | 0x20 == UInt8(ascii: "x") })
  else { return nil }
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: longestNumber + 1) { buffer in
    for (index, byte) in text.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    buffer[text.count] = 0
    guard let start = buffer.baseAddress else { return nil }
    var end: UnsafeMutablePointer<CChar>?
    let number = Float(strtod(start, &end))
    return end == start + text.count && number.isFinite ? number : nil
  }
}
