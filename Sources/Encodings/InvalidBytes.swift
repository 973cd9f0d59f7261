/// What to do with bytes that are not valid in a text's encoding.
package enum InvalidBytes: String, CaseIterable, Sendable {
  /// Refuse the input.
  case stop
  /// Leave them as they are, for the tokenizer to write each as `\xFF`.
  case escape
  /// Put U+FFFD in the place of each sequence.
  case replace
  /// Leave them out.
  case skip
}
