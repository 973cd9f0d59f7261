package import TextStreams

/// Makes UTF-8 of a text in another encoding.
package final class ConvertingStage: ByteStage {
  private let encoding: TextEncoding
  private let name: String
  private let invalid: InvalidSequences
  private let converter: Converter
  /// How many bytes a line feed takes, as does the shortest character.
  private let unitSize: Int
  /// How many bytes of the file have been consumed.
  private var consumed = 0
  private var line = 1
  /// Where in the file the line begins.
  private var lineStart = 0
  /// Whether a byte order mark would be the encoding's signature.
  private var mayBeMark: Bool
  /// The first half of a surrogate pair, whose second half the next step has.
  private var half: UInt32?
  private let text: UnsafeMutablePointer<UInt8>

  /// Creates the stage for a document.
  ///
  /// - Parameters:
  ///   - encoding: The text's encoding.
  ///   - name: The document's name in diagnostics.
  ///   - invalid: What is done with what is not valid.
  package init(_ encoding: TextEncoding, name: String, invalid: InvalidSequences) {
    guard let converter = Converter(encoding.converter) else {
      preconditionFailure("ICU has no \(encoding.converter) where it has had one")
    }
    self.encoding = encoding
    self.name = name
    self.invalid = invalid
    self.converter = converter
    unitSize = converter.unitSize
    mayBeMark = !converter.takesMark
    // A unit makes at most three bytes, a pair four.
    text = .allocate(capacity: 3 * Converter.capacity + 4)
  }

  deinit { text.deallocate() }

  package func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    var index = 0
    while true {
      let step = converter.step(
        UnsafeRawBufferPointer(rebasing: input[index...]), isEnd: isEnd)
      try append(to: &output)
      index += step.consumed
      consumed += step.consumed
      switch step.outcome {
      case .full: continue
      case .invalid(let bytes, let pending):
        // ICU may hold back one byte of UTF-16 that it does not count as pending.
        let offset = (consumed - pending - bytes.count) / unitSize * unitSize
        try flushHalf(at: offset, to: &output)
        try takeInvalid(bytes, at: offset, into: &output)
      case .failed(let reason):
        throw place(of: consumed).malformed("cannot be read as \(encoding.name), ICU: \(reason)")
      case .consumed:
        if isEnd {
          try flushHalf(at: consumed, to: &output)
          invalid.endDocument(name)
        }
        return index
      }
    }
  }

  /// Appends the units of the last step as UTF-8, and counts their lines.
  private func append(to output: inout [UInt8]) throws(StreamError) {
    let units = converter.units
    let text = self.text
    var index = 0
    if mayBeMark, let first = units.first {
      mayBeMark = false
      if first == 0xFEFF { index = 1 }
    }
    var count = 0
    while index < units.count {
      let unit = UInt32(units[index])
      if let high = half {
        half = nil
        if unit & 0xFC00 == 0xDC00 {
          count += encode(0x1_0000 + (high & 0x3FF) << 10 + unit & 0x3FF, to: text + count)
          index += 1
          continue
        }
        output.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
        count = 0
        try takeHalf(at: fileOffset(ofUnit: index), to: &output)
      }
      if unit & 0xFC00 == 0xD800 {
        half = unit
      } else if unit & 0xFC00 == 0xDC00 {
        output.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
        count = 0
        try takeHalf(at: fileOffset(ofUnit: index), to: &output)
      } else {
        if unit == 0x0A {
          line += 1
          lineStart = fileOffset(ofUnit: index) + unitSize
        }
        count += encode(unit, to: text + count)
      }
      index += 1
    }
    output.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }

  private func flushHalf(at offset: Int, to output: inout [UInt8]) throws(StreamError) {
    guard half != nil else { return }
    half = nil
    try takeHalf(at: offset, to: &output)
  }

  /// Takes a surrogate without its other half, which some encodings can write.
  private func takeHalf(at offset: Int, to output: inout [UInt8]) throws(StreamError) {
    try takeInvalid([], at: offset, into: &output)
  }

  private func takeInvalid(
    _ bytes: [UInt8], at offset: Int, into output: inout [UInt8]
  ) throws(StreamError) {
    mayBeMark = false
    let place = place(of: offset)
    try bytes.withUnsafeBufferPointer { bytes throws(StreamError) in
      try invalid.take(
        UnsafeRawBufferPointer(bytes), of: encoding.name, at: place, into: &output)
    }
  }

  /// Where in the file the character of a unit begins, or nearly, where ICU does not say.
  private func fileOffset(ofUnit index: Int) -> Int {
    (consumed + max(0, Int(converter.offsets[index]))) / unitSize * unitSize
  }

  private func place(of offset: Int) -> TextPlace {
    TextPlace(stream: name, line: line, passedInLine: max(0, offset - lineStart))
  }
}

/// Writes a scalar as UTF-8.
///
/// - Parameters:
///   - scalar: A Unicode scalar value.
///   - bytes: Where to write; there is room for four bytes.
/// - Returns: How many bytes it takes.
@inline(__always)
private func encode(_ scalar: UInt32, to bytes: UnsafeMutablePointer<UInt8>) -> Int {
  func byte(_ mark: UInt32, _ shift: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: mark | scalar &>> shift & 0x3F)
  }
  if scalar < 0x80 {
    bytes[0] = UInt8(truncatingIfNeeded: scalar)
    return 1
  }
  if scalar < 0x800 {
    bytes[0] = byte(0xC0, 6)
    bytes[1] = byte(0x80, 0)
    return 2
  }
  if scalar < 0x1_0000 {
    bytes[0] = byte(0xE0, 12)
    bytes[1] = byte(0x80, 6)
    bytes[2] = byte(0x80, 0)
    return 3
  }
  bytes[0] = byte(0xF0, 18)
  bytes[1] = byte(0x80, 12)
  bytes[2] = byte(0x80, 6)
  bytes[3] = byte(0x80, 0)
  return 4
}
