extension Unicode.Scalar {
  /// Whether a terminal would obey it in place of showing it: a control of ASCII or C1, or what turns
  /// the direction of the text behind it.
  ///
  /// Source: The Unicode Standard, annex 9, section 2, directional formatting characters.
  package var isControl: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text for a terminal: each control character is shown as an escape, `\u{1B}`.
  package var escapingControls: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.isControl {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result.append(contentsOf: "\\u{\(digits)}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
