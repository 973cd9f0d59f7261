internal import CICU

/// An error code from ICU, by its ICU name.
package struct ICUError: Error, Equatable, CustomStringConvertible {
  package let name: String

  package var description: String { "ICU: \(name)" }

  /// Throws if `status` is a failure; ICU's warnings, which are negative, pass.
  static func check(_ status: UErrorCode) throws(ICUError) {
    guard status.rawValue > U_ZERO_ERROR.rawValue else { return }
    throw ICUError(name: String(cString: cicu_error_name(status)))
  }
}
