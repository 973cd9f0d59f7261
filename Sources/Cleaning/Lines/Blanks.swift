internal import TextStreams

/// White space, and characters that nobody sees.
enum Blanks {
  /// Returns whether a scalar is white space.
  static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Returns how many bytes of blanks are at the front, and how many columns they take.
  static func leading(in bytes: UnsafeRawBufferPointer) -> (length: Int, columns: Int) {
    var (length, columns) = (0, 0)
    while length < bytes.count {
      let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[length...]))
      guard let value = scalar.value, isBlank(value) else { break }
      switch value {
      case 0x09: columns += 8 - columns % 8
      case 0x0D: break
      case 0x3000: columns += 2
      default: columns += 1
      }
      length += scalar.length
    }
    return (length, columns)
  }

  /// Returns how many bytes of blanks are at the end.
  static func trailing(in bytes: UnsafeRawBufferPointer) -> Int {
    var end = bytes.count
    while end > 0 {
      let length = blankLength(in: bytes, endingAt: end)
      guard length > 0 else { break }
      end -= length
    }
    return bytes.count - end
  }

  /// Returns the bytes without the blanks around them.
  static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { bytes in
      let start = leading(in: bytes).length
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      return Array(rest[..<(rest.count - trailing(in: rest))])
    }
  }

  /// Returns the bytes with each run of blanks as one space.
  static func collapsed(_ bytes: [UInt8]) -> [UInt8] { replacingBlanks(in: bytes, with: [0x20]) }

  /// Returns the bytes without any blanks.
  static func removed(from bytes: [UInt8]) -> [UInt8] { replacingBlanks(in: bytes, with: []) }

  private static func replacingBlanks(in bytes: [UInt8], with space: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { bytes in
      var result: [UInt8] = []
      var index = 0
      while index < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
        let blanks = leading(in: rest).length
        if blanks > 0 {
          result.append(contentsOf: space)
          index += blanks
        } else {
          let length = decodeScalar(rest).length
          result.append(contentsOf: rest[..<length])
          index += length
        }
      }
      return result
    }
  }

  /// The length of the blank that ends at a place; 0 if there is none.
  private static func blankLength(in bytes: UnsafeRawBufferPointer, endingAt end: Int) -> Int {
    for length in 1...3 where length <= end {
      if bytes[end - length] & 0xC0 == 0x80 { continue }
      let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[(end - length)..<end]))
      guard let value = scalar.value, scalar.length == length else { return 0 }
      return isBlank(value) ? length : 0
    }
    return 0
  }
}

extension Blanks {
  /// Appends text but for what cannot be seen and means nothing in it.
  ///
  /// That is controls, the byte order mark and the zero width space; tabs and their like stay.
  ///
  /// - Parameters:
  ///   - bytes: A line, or a part of one between two scalars.
  ///   - text: Where to append.
  /// - Returns: How many characters were left out.
  static func appendVisible(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) -> Int {
    var count = 0
    var start = 0
    var index = 0
    while index < bytes.count {
      let length = invisibleLength(in: bytes, at: index)
      guard length > 0 else {
        index += 1
        continue
      }
      text.append(contentsOf: bytes[start..<index])
      index += length
      start = index
      count += 1
    }
    text.append(contentsOf: bytes[start...])
    return count
  }

  @inline(__always)
  private static func invisibleLength(in bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let byte = bytes[index]
    switch byte {
    case 0x00...0x08, 0x0E...0x1F, 0x7F: return 1
    case 0xEF where index + 2 < bytes.count:
      return bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF ? 3 : 0
    case 0xE2 where index + 2 < bytes.count:
      return bytes[index + 1] == 0x80 && bytes[index + 2] == 0x8B ? 3 : 0
    default: return 0
    }
  }
}
