/// One step through bytes that should be UTF-8.
package struct DecodedScalar: Equatable, Sendable {
  /// The scalar; `nil` where the first byte begins no valid sequence.
  package var value: UInt32?
  /// How many bytes the scalar takes; 1 for a byte that is not valid.
  package var length: Int
}

/// Decodes the scalar at the front of some bytes.
///
/// Overlong forms, surrogates and values over U+10FFFF are not valid. A bad sequence is a single bad
/// byte, and decoding goes on at the byte after it.
///
/// - Parameter bytes: At least one byte.
/// - Returns: The scalar and its length.
@inline(__always)
package func decodeScalar(_ bytes: UnsafeRawBufferPointer) -> DecodedScalar {
  let first = UInt32(bytes[0])
  if first < 0x80 { return DecodedScalar(value: first, length: 1) }
  let invalid = DecodedScalar(value: nil, length: 1)
  let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  guard first >= 0xC2, first < 0xF5, bytes.count >= length else { return invalid }
  var value = first & (0x7F >> UInt32(length))
  for index in 1..<length {
    let byte = UInt32(bytes[index])
    guard byte & 0xC0 == 0x80 else { return invalid }
    value = value << 6 | byte & 0x3F
  }
  switch length {
  case 3: guard value >= 0x800, value & 0xFFFF_F800 != 0xD800 else { return invalid }
  case 4: guard value >= 0x1_0000, value < 0x11_0000 else { return invalid }
  default: break
  }
  return DecodedScalar(value: value, length: length)
}

/// Returns the scalar of three bytes, as nearly all of Chinese have, read at once.
///
/// - Parameters:
///   - bytes: At least four bytes.
///   - leads: Which first bytes to look at: a bit for each from E0, the lowest, to EF. Of E0 and ED
///     not all that comes out is valid.
/// - Returns: The scalar; `nil` where others than such bytes begin.
@inlinable @inline(__always)
package func threeByteScalar(at bytes: UnsafePointer<UInt8>, leads: UInt32) -> UInt32? {
  let word = UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
  guard word & 0xC0_C0F0 == 0x80_80E0, leads &>> (word & 0xF) & 1 == 1 else { return nil }
  return (word & 0xF) &<< 12 | word &>> 2 & 0xFC0 | word &>> 16 & 0x3F
}

/// Appends a scalar as UTF-8.
///
/// - Parameters:
///   - scalar: A Unicode scalar value.
///   - bytes: Where to append it.
package func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]) {
  switch scalar {
  case ..<0x80: bytes.append(UInt8(scalar))
  case ..<0x800:
    bytes.append(UInt8(0xC0 | scalar >> 6))
    bytes.append(UInt8(0x80 | scalar & 0x3F))
  case ..<0x1_0000:
    bytes.append(UInt8(0xE0 | scalar >> 12))
    bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    bytes.append(UInt8(0x80 | scalar & 0x3F))
  default:
    bytes.append(UInt8(0xF0 | scalar >> 18))
    bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
    bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    bytes.append(UInt8(0x80 | scalar & 0x3F))
  }
}
