internal import CICU
internal import CICUI18n

/// One of ICU's regular expressions, for folded text.
final class RegularExpression {
  private let expression: OpaquePointer

  /// Compiles a pattern, which is ours and has no mistake.
  init(_ pattern: String) {
    var status = U_ZERO_ERROR
    let units = Array(pattern.utf16)
    let expression = cicu_regex_open(units, Int32(units.count), &status)
    // A line that is searched for minutes is none that a pattern was made for.
    if let expression { cicu_regex_set_limit(expression, 1_000, &status) }
    guard let expression, status.rawValue <= U_ZERO_ERROR.rawValue else {
      preconditionFailure("ICU: \(String(cString: cicu_error_name(status))) in \(pattern)")
    }
    self.expression = expression
  }

  deinit { cicu_regex_close(expression) }

  /// Returns whether all of a text matches; then ``group(_:)`` has its parts.
  ///
  /// - Parameter text: What stays where it is until the last call about the match.
  /// - Returns: Whether it does; a text that takes too long does not.
  func matches(_ text: UnsafeBufferPointer<UInt16>) -> Bool {
    var status = U_ZERO_ERROR
    cicu_regex_set_text(expression, text.baseAddress, Int32(text.count), &status)
    let matches = cicu_regex_matches(expression, &status)
    return matches && status.rawValue <= U_ZERO_ERROR.rawValue
  }

  /// Calls `body` with each match in a text, which ``group(_:)`` then has the parts of.
  ///
  /// - Parameters:
  ///   - text: What stays where it is until the last call.
  ///   - body: Takes the place of the match.
  func forEachMatch(
    in text: UnsafeBufferPointer<UInt16>, _ body: (Range<Int>) -> Void
  ) {
    var status = U_ZERO_ERROR
    cicu_regex_set_text(expression, text.baseAddress, Int32(text.count), &status)
    while cicu_regex_find_next(expression, &status), status.rawValue <= U_ZERO_ERROR.rawValue {
      if let match = group(0), !match.isEmpty { body(match) }
    }
  }

  /// Where a group of the last match is; `nil` if it has no part in it.
  func group(_ number: Int32) -> Range<Int>? {
    var status = U_ZERO_ERROR
    let start = cicu_regex_start(expression, number, &status)
    let end = cicu_regex_end(expression, number, &status)
    guard status.rawValue <= U_ZERO_ERROR.rawValue, start >= 0, end >= start else { return nil }
    return Int(start)..<Int(end)
  }
}
