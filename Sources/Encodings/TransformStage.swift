package import TextStreams

/// Passes each line of a text through transforms.
///
/// Line ends stay as they are, and a transform sees nothing beyond them. Bytes that are not UTF-8
/// stay too.
package final class TransformStage: ByteStage {
  /// Lines longer than this many bytes are cut, see ``cut(in:)``.
  package static let window = 65_536

  private let transforms: [Transliterator]
  private var units: [UInt16] = []

  /// Creates the stage for a document.
  ///
  /// - Parameter transforms: The transforms, the first first.
  package init(_ transforms: [Transliterator]) { self.transforms = transforms }

  package func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    var index = 0
    while index < input.count {
      let rest = UnsafeRawBufferPointer(rebasing: input[index...])
      // Whether the window holds the line's end depends on the text alone, so the cut does too.
      let window = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.window))
      if let end = window.firstIndex(of: 0x0A) {
        append(UnsafeRawBufferPointer(rebasing: window[..<end]), to: &output)
        output.append(0x0A)
        index += end + 1
      } else if window.count == Self.window {
        let end = Self.cut(in: window)
        append(UnsafeRawBufferPointer(rebasing: window[..<end]), to: &output)
        index += end
      } else if isEnd {
        append(window, to: &output)
        index += window.count
      } else {
        break
      }
    }
    return index
  }

  /// Where a window without a line's end is cut: behind its last space or punctuation mark, if one
  /// is in the last quarter, else at its last quarter's start.
  ///
  /// - Parameter window: UTF-8, or nearly, of ``window`` bytes.
  /// - Returns: The offset of the cut, between two scalars.
  static func cut(in window: UnsafeRawBufferPointer) -> Int {
    let least = window.count - window.count / 4
    var found: Int?
    var index = scalarBoundary(in: window, atOrBefore: least)
    let start = index
    let end = window.count - incompleteTail(of: window)
    while index < end {
      let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: window[index...]))
      index += scalar.length
      if let value = scalar.value, isSeparator(value), index < end { found = index }
    }
    return found ?? start
  }

  private static func isSeparator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x21, 0x2C, 0x2E, 0x3B, 0x3F, 0x3000...0x3002, 0xFF01, 0xFF0C, 0xFF1B, 0xFF1F: true
    default: false
    }
  }

  private func append(_ line: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    guard !line.isEmpty else { return }
    units.removeAll(keepingCapacity: true)
    decode(line)
    for transform in transforms { transform.transform(&units) }
    encode(to: &output)
  }

  /// Makes UTF-16 of a line; a byte that is not UTF-8 is half of a surrogate pair, as no text has it.
  private func decode(_ line: UnsafeRawBufferPointer) {
    var index = 0
    while index < line.count {
      let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: line[index...]))
      let value = scalar.value ?? 0xDC00 + UInt32(line[index])
      if value < 0x1_0000 {
        units.append(UInt16(truncatingIfNeeded: value))
      } else {
        units.append(UInt16(truncatingIfNeeded: 0xD7C0 + value >> 10))
        units.append(UInt16(truncatingIfNeeded: 0xDC00 | value & 0x3FF))
      }
      index += scalar.length
    }
  }

  private func encode(to output: inout [UInt8]) {
    var index = 0
    while index < units.count {
      let unit = UInt32(units[index])
      index += 1
      if unit & 0xFC00 == 0xD800, index < units.count, units[index] & 0xFC00 == 0xDC00 {
        appendUTF8(
          0x1_0000 + (unit & 0x3FF) << 10 + UInt32(units[index] & 0x3FF), to: &output)
        index += 1
      } else if (0xDC80...0xDCFF).contains(unit) {
        output.append(UInt8(truncatingIfNeeded: unit))
      } else {
        appendUTF8(unit & 0xF800 == 0xD800 ? 0xFFFD : unit, to: &output)
      }
    }
  }
}
