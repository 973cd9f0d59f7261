/// What to do with bytes that are not valid UTF-8.
package enum InvalidBytes: String, CaseIterable, Sendable {
  /// Refuse the input.
  case stop
  /// Write each as `\xFF`, so that the text can be given back byte for byte.
  case escape
  /// Put U+FFFD in the place of each maximal subpart, as Unicode recommends.
  case replace
  /// Leave them out.
  case skip
}

/// What was changed in a text to make it valid.
struct RepairCount: Equatable, Sendable {
  /// Stretches of bytes that U+FFFD replaces, each a maximal subpart.
  var sequences = 0
  var bytes = 0
}
