internal import Glibc

/// Returns a number with a fixed count of decimals.
///
/// - Parameters:
///   - value: Any number; `nan` and `inf` are written so.
///   - decimals: How many digits follow the point, at most 17.
/// - Returns: `3.14`, say.
package func fixed(_ value: Double, _ decimals: Int) -> String {
  // The system writes the sign that 0/0 has on some processors.
  guard !value.isNaN else { return "nan" }
  let wanted = Int32(clamping: min(max(decimals, 0), 17))
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
    let count = withVaList([wanted, value]) {
      vsnprintf(buffer.baseAddress, buffer.count, "%.*f", $0)
    }
    return String(
      decoding: buffer.prefix(max(Int(count), 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Returns a number in scientific notation with two decimals: `3.14e-09`, say.
///
/// - Parameter value: Any number.
/// - Returns: The text.
package func scientific(_ value: Double) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
    let count = withVaList([value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.2e", $0) }
    return String(
      decoding: buffer.prefix(max(Int(count), 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Returns a length of time for people: `45s`, `9m30s`, `1h05m`.
///
/// - Parameter seconds: Not negative.
/// - Returns: The text.
package func formatDuration(seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e15 else { return "-" }
  let whole = Int(max(seconds, 0).rounded())
  func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  if whole < 60 { return "\(whole)s" }
  if whole < 3600 { return "\(whole / 60)m\(twoDigits(whole % 60))s" }
  return "\(whole / 3600)h\(twoDigits(whole / 60 % 60))m"
}

/// Returns a share as `12.34 %`, that of nothing as none of it.
package func percentage(_ part: Int, of whole: Int) -> String {
  whole == 0 ? "0.00 %" : "\(fixed(100 * Double(part) / Double(whole), 2)) %"
}
