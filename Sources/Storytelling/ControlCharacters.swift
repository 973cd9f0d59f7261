extension Unicode.Scalar {
  /// Whether a terminal would obey it in place of showing it.
  package var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }
}
