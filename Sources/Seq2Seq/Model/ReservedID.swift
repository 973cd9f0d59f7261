/// The ids that every vocabulary begins with.
package enum ReservedID {
  package static let padding: UInt32 = 0
  package static let unknown: UInt32 = 1
  /// `<s>`, what the decoder is fed before the first token.
  package static let start: UInt32 = 2
  /// `</s>`, the end of a sentence.
  package static let end: UInt32 = 3
  /// `<p>`, the end of a paragraph, the last token of its last sentence.
  package static let paragraph: UInt32 = 4
  /// The tokens of the 256 bytes.
  package static let bytes: Range<UInt32> = 5..<261
}
