/// Appends a token as a key of YAML: as it is where no reader takes that for something else, else in
/// double quotes.
///
/// - Parameters:
///   - token: UTF-8.
///   - bytes: Where to append it.
func appendYAMLKey(_ token: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
  let isPlain = token.allSatisfy(isPlainByte) && beginsPlainly(token) && !isWord(token)
  let scalars = String(decoding: token, as: UTF8.self).unicodeScalars
  if isPlain, scalars.allSatisfy({ !isEscaped($0) }) {
    bytes += token
    return
  }
  bytes.append(UInt8(ascii: "\""))
  for scalar in scalars {
    if scalar == "\"" || scalar == "\\" { bytes.append(UInt8(ascii: "\\")) }
    if isEscaped(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      bytes += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
    } else {
      appendUTF8(scalar.value, to: &bytes)
    }
  }
  bytes.append(UInt8(ascii: "\""))
}

/// Whether a byte means nothing in YAML wherever it stands.
private func isPlainByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x80...: true
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "a")...UInt8(ascii: "z"):
    true
  case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "_"): true
  default: false
  }
}

/// Whether the token begins neither a number nor text that is folded.
private func beginsPlainly(_ token: ArraySlice<UInt8>) -> Bool {
  token.first.map { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ">") } ?? false
}

/// Whether a reader could take the token for a truth value, for nothing, or for a merge of keys.
private func isWord(_ token: ArraySlice<UInt8>) -> Bool {
  let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "<<"]
  guard token.count <= 5 else { return false }
  return words.contains(String(decoding: token, as: UTF8.self).lowercased())
}

/// Whether a scalar is none that YAML takes for printable, or ends a line there.
private func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
  default: false
  }
}
