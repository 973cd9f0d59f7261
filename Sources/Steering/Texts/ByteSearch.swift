internal import Glibc

/// Returns where some bytes first stand in others, or `nil`.
///
/// - Parameters:
///   - bytes: What to find; not empty.
///   - text: Where to look.
///   - first: The first place in the text that is looked at.
/// - Returns: The place of the first of them in the text.
func place(of bytes: [UInt8], in text: [UInt8], from first: Int = 0) -> Int? {
  text.withUnsafeBytes { text in
    bytes.withUnsafeBytes { bytes in
      guard let start = text.baseAddress, let sought = bytes.baseAddress else { return nil }
      var place = first
      while place + bytes.count <= text.count {
        let rest = text.count - bytes.count + 1 - place
        guard let found = memchr(start + place, CInt(bytes[0]), rest) else { return nil }
        place = UnsafeRawPointer(found) - start
        if memcmp(start + place, sought, bytes.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }
}

/// Returns how many bytes at the end of a text are the beginning of a character of UTF-8.
func unfinishedCount(of text: [UInt8]) -> Int {
  for count in 1...3 where count <= text.count {
    let byte = text[text.count - count]
    if byte & 0xC0 == 0x80 { continue }
    let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    return length > count ? count : 0
  }
  return 0
}
