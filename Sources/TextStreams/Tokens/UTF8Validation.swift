/// Returns the offset of the first byte that is not part of valid UTF-8, or `nil`.
package func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
  guard let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
  let count = bytes.count
  var index = 0
  while index < count {
    // Two bytes of three after E0 and ED are not all valid, after the others they are.
    if index &+ 4 <= count, threeByteScalar(at: source + index, leads: 0xDFFE) != nil {
      index &+= 3
    } else if source[index] < 0x80 {
      index &+= 1
    } else {
      let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[index...]))
      guard scalar.value != nil else { return index }
      index &+= scalar.length
    }
  }
  return nil
}

/// Returns how many bytes one U+FFFD replaces where the front of `bytes` is not valid.
///
/// That is the longest beginning of a valid sequence, or one byte.
///
/// Source: The Unicode Standard, section 3.9, "U+FFFD Substitution of Maximal Subparts".
package func maximalSubpart(of bytes: UnsafeRawBufferPointer) -> Int {
  let first = bytes[0]
  guard first >= 0xC2, first < 0xF5, bytes.count > 1 else { return 1 }
  let second: ClosedRange<UInt8> =
    switch first {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  guard second.contains(bytes[1]) else { return 1 }
  let needed = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  var length = 2
  while length < needed, length < bytes.count, bytes[length] & 0xC0 == 0x80 { length += 1 }
  return length
}

/// Returns how many bytes at the end begin a scalar that goes on behind them, from 0 to 3.
package func incompleteTail(of bytes: UnsafeRawBufferPointer) -> Int {
  for length in 1...3 where length <= bytes.count {
    let byte = bytes[bytes.count - length]
    if byte & 0xC0 == 0x80 { continue }
    let needed = byte < 0xC2 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 1
    return needed > length ? length : 0
  }
  return 0
}

/// Returns the last place at or before `offset` that is not inside a scalar.
///
/// - Parameters:
///   - bytes: UTF-8, or nearly.
///   - offset: A place before the end of the bytes.
/// - Returns: The place, at most three bytes before.
package func scalarBoundary(in bytes: UnsafeRawBufferPointer, atOrBefore offset: Int) -> Int {
  for start in stride(from: offset, through: max(offset - 3, 0), by: -1)
  where bytes[start] & 0xC0 != 0x80 {
    return start
  }
  return offset
}
