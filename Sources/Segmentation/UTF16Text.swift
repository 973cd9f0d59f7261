internal import TextStreams

/// A text as ICU wants it, in UTF-16, with the way back to its bytes.
///
/// The memory is kept from one text to the next.
struct UTF16Text: ~Copyable {
  /// The units; a byte that is not valid UTF-8 is U+FFFD.
  private(set) var units: UnsafeMutablePointer<UInt16>
  /// For each unit and for the end the offset in bytes.
  ///
  /// Both halves of a surrogate pair have that of their scalar.
  private(set) var offsets: UnsafeMutablePointer<Int32>
  /// The indices of the units that a token does not hold as they stand, ascending.
  ///
  /// They are spaces, what is escaped, and `<`; `count` stands behind the last.
  private(set) var specials: UnsafeMutablePointer<Int32>
  /// How many units there are.
  private(set) var count = 0
  /// The units, valid until the text is replaced.
  var buffer: UnsafeBufferPointer<UInt16> { UnsafeBufferPointer(start: units, count: count) }
  private var capacity: Int

  init(capacity: Int = 4_096) {
    self.capacity = capacity
    units = .allocate(capacity: capacity)
    offsets = .allocate(capacity: capacity + 1)
    specials = .allocate(capacity: capacity + 1)
  }

  deinit {
    units.deallocate()
    offsets.deallocate()
    specials.deallocate()
  }

  /// Replaces the text.
  ///
  /// - Parameter bytes: UTF-8, or nearly, shorter than 2³¹ bytes.
  mutating func decode(_ bytes: UnsafeRawBufferPointer) {
    if bytes.count > capacity {
      self = UTF16Text(capacity: max(bytes.count, 2 * capacity))
    }
    guard let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      (count, specials[0], offsets[0]) = (0, 0, 0)
      return
    }
    let (units, offsets, specials) = (units, offsets, specials)
    var index = 0
    var unit = 0
    var special = 0
    while index < bytes.count {
      offsets[unit] = Int32(truncatingIfNeeded: index)
      // U+3000 to U+9FFF and U+F000 to U+FFFF, nearly all of Chinese.
      if index &+ 4 <= bytes.count,
        let value = threeByteScalar(at: source + index, leads: 0x83F8)
      {
        if value == 0x3000 || value == 0xFEFF {
          specials[special] = Int32(truncatingIfNeeded: unit)
          special &+= 1
        }
        units[unit] = UInt16(truncatingIfNeeded: value)
        index &+= 3
        unit &+= 1
      } else if source[index] < 0x80 {
        if Self.isSpecial(ascii: source[index]) {
          specials[special] = Int32(truncatingIfNeeded: unit)
          special &+= 1
        }
        units[unit] = UInt16(source[index])
        index &+= 1
        unit &+= 1
      } else {
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[index...]))
        if scalar.value.map(TokenEscapes.isEscaped) ?? true {
          specials[special] = Int32(truncatingIfNeeded: unit)
          special &+= 1
        }
        let value = scalar.value ?? 0xFFFD
        if value < 0x1_0000 {
          units[unit] = UInt16(truncatingIfNeeded: value)
        } else {
          units[unit] = UInt16(truncatingIfNeeded: 0xD7C0 + value >> 10)
          unit &+= 1
          units[unit] = UInt16(truncatingIfNeeded: 0xDC00 | value & 0x3FF)
          offsets[unit] = Int32(truncatingIfNeeded: index)
        }
        index &+= scalar.length
        unit &+= 1
      }
    }
    offsets[unit] = Int32(truncatingIfNeeded: index)
    specials[special] = Int32(truncatingIfNeeded: unit)
    count = unit
  }

  @inline(__always)
  private static func isSpecial(ascii byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "<")
  }
}
