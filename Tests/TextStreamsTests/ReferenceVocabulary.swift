/// The vocabulary as `sort | uniq -c | sort -k1,1nr -k2 | awk` would make it, slowly.
struct ReferenceVocabulary {
  let text: String

  init(_ lines: [UInt8], minimumCount: Int) {
    var counts: [[UInt8]: Int] = [:]
    var sentences = 0
    var paragraphs = 0
    let split = lines.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    for (index, line) in split.enumerated() {
      let tokens = line.split(separator: 0x20)
      tokens.forEach { counts[Array($0), default: 0] += 1 }
      if !tokens.isEmpty { sentences += 1 }
      if tokens.isEmpty, index > 0, !split[index - 1].isEmpty { paragraphs += 1 }
    }
    var bytes = [Int](repeating: 0, count: 256)
    var rows: [[UInt8]: Int] = [:]
    for (token, count) in counts {
      if let byte = Self.byteToken(token) {
        bytes[byte] += count
        continue
      }
      let units = Self.units(token)
      for unit in units where Self.byteEscape(unit) == nil { rows[unit, default: 0] += 0 }
      if units.count > 1, count >= minimumCount {
        rows[token, default: 0] += count
        continue
      }
      for unit in units {
        if let byte = Self.byteEscape(unit) {
          bytes[byte] += count
        } else {
          rows[unit, default: 0] += count
        }
      }
    }
    let sorted = rows.sorted {
      $0.value == $1.value ? $0.key.lexicographicallyPrecedes($1.key) : $0.value > $1.value
    }
    var text = "<pad>\t0\n<unk>\t0\n<s>\t0\n</s>\t\(sentences)\n<p>\t\(paragraphs)\n"
    for (byte, count) in bytes.enumerated() {
      let digits = String(byte, radix: 16, uppercase: true)
      text += "<0x\(byte < 16 ? "0" : "")\(digits)>\t\(count)\n"
    }
    for row in sorted { text += "\(String(decoding: row.key, as: UTF8.self))\t\(row.value)\n" }
    self.text = text
  }

  private static func byteToken(_ token: [UInt8]) -> Int? {
    let text = String(decoding: token, as: UTF8.self)
    guard text.hasPrefix("<0x"), text.hasSuffix(">"), text.count == 6 else { return nil }
    return Int(text.dropFirst(3).dropLast(), radix: 16)
  }

  private static func byteEscape(_ unit: [UInt8]) -> Int? {
    let text = String(decoding: unit, as: UTF8.self)
    return text.hasPrefix("\\x") ? Int(text.dropFirst(2), radix: 16) : nil
  }

  /// Returns the units of a token, each as it stands there.
  static func units(_ token: [UInt8]) -> [[UInt8]] {
    var scalars = Substring(String(decoding: token, as: UTF8.self)).unicodeScalars
    var units: [[UInt8]] = []
    while let first = scalars.first {
      var length = 1
      if first == "\\" {
        switch scalars.dropFirst().first {
        case "x": length = 4
        case "u": length = scalars.prefix { $0 != "}" }.count + 1
        default: length = 2
        }
      }
      units.append(Array(String(String.UnicodeScalarView(scalars.prefix(length))).utf8))
      scalars.removeFirst(length)
    }
    return units
  }
}
