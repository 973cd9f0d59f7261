/// Returns a number and what it counts: `1 line`, `2,000 lines`.
///
/// - Parameters:
///   - count: The number.
///   - noun: What is counted, in the singular.
///   - plural: The same in the plural; by default with an `s`.
/// - Returns: The two.
package func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? "\(noun)s")"
}

/// Returns an integer with a comma before each three digits.
///
/// - Parameter value: Any integer.
/// - Returns: `1,234,567`, say.
package func grouped(_ value: Int) -> String {
  let digits = Array(String(value.magnitude).utf8)
  var text: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(UInt8(ascii: ",")) }
    text.append(digit)
  }
  return String(decoding: text, as: UTF8.self)
}
