/// Reads word vectors in the text format of word2vec, or of GloVe, which has no first line.
///
/// The first line has how many vectors there are and how many numbers each has; every other line a
/// token and its numbers, with one space between them and perhaps one at the end. Memory is bounded
/// by the longest line.
package struct WordVectorReader: ~Copyable {
  /// How many numbers a vector has.
  package let dimension: Int
  package var name: String { lines.name }

  private var lines: LineReader
  /// How many vectors the first line says there are.
  private let expectedCount: Int?
  private var count = 0

  /// The most numbers that a vector has.
  package static let maximumDimension = 65_536
  /// Room for a token and a vector of the longest numbers.
  private static let longestLine = LineTokens.maximumTokenLength + 64 * maximumDimension

  /// Opens a file and reads its first line, or looks at it if that has a vector.
  ///
  /// - Parameter file: What to read.
  /// - Throws: ``StreamError`` if the file is of another kind, or its first line is of no use.
  package init(_ file: consuming InputFile) throws(StreamError) {
    var lines = LineReader(file, expandsGzip: true)
    try lines.refuse { $0.reasonAgainstVectors }
    guard let window = try lines.window(upTo: Self.longestLine) else {
      preconditionFailure("an empty file was not refused")
    }
    let fields = FieldCount(window.bytes)
    let header = fields.wholeNumbers
    let dimension = header?.1 ?? fields.count - 1
    guard (1...Self.maximumDimension).contains(dimension) else {
      throw lines.malformed(
        header == nil
          ? "expected a token and the numbers of its vector, a space between them"
          : "vectors of \(dimension) numbers; 1 to \(Self.maximumDimension) can be read")
    }
    if header != nil { lines.advance(past: window) }
    self.lines = lines
    self.dimension = dimension
    expectedCount = header?.0
  }

  /// Reads the next vector.
  ///
  /// - Parameter vector: Receives ``dimension`` numbers.
  /// - Returns: The bytes of its token, valid until the next call; `nil` at the end.
  /// - Throws: ``StreamError`` with the place of what is wrong.
  package mutating func next(
    into vector: UnsafeMutableBufferPointer<Float>
  ) throws(StreamError) -> UnsafeRawBufferPointer? {
    precondition(vector.count == dimension, "room for \(vector.count) of \(dimension) numbers")
    guard let window = try lines.window(upTo: Self.longestLine) else {
      if let expectedCount, count < expectedCount {
        throw lines.malformed(
          "the file ends after \(count) of \(expectedCount) vectors; copy or make it again")
      }
      return nil
    }
    guard !window.isCut else { throw lines.malformed("a line longer than any vector") }
    lines.advance(past: window)
    count += 1
    if let expectedCount, count > expectedCount {
      throw lines.malformed("more vectors than the \(expectedCount) that the first line announces")
    }
    return try parse(window.bytes, into: vector)
  }

  private func parse(
    _ line: UnsafeRawBufferPointer, into vector: UnsafeMutableBufferPointer<Float>
  ) throws(StreamError) -> UnsafeRawBufferPointer {
    guard let tokenEnd = line.firstIndex(of: 0x20), tokenEnd > 0 else {
      throw lines.malformed("expected a token, a space and \(dimension) numbers", column: 1)
    }
    var place = tokenEnd + 1
    // word2vec ends every number in a space, the last one too.
    let end = line.last == 0x20 ? line.count - 1 : line.count
    var found = 0
    while place <= end {
      let rest = line[place..<end]
      let numberEnd = rest.firstIndex(of: 0x20) ?? end
      guard found < dimension else {
        throw lines.malformed(
          "more than the \(dimension) numbers of the other vectors", column: place + 1)
      }
      let text = UnsafeRawBufferPointer(rebasing: line[place..<numberEnd])
      guard let number = decimalNumber(text) else { throw noNumber(text, at: place) }
      vector[found] = number
      found += 1
      place = numberEnd + 1
    }
    guard found == dimension else {
      throw lines.malformed(
        "the vector ends after \(found) of \(dimension) numbers", column: line.count + 1)
    }
    return UnsafeRawBufferPointer(rebasing: line[..<tokenEnd])
  }

  private func noNumber(_ text: UnsafeRawBufferPointer, at place: Int) -> StreamError {
    if text.last == UInt8(ascii: "\r") {
      return lines.malformed(
        "carriage return in a vector; remove it with tr -d '\\r'", column: place + text.count)
    }
    // What is shown has to be short, and text.
    let shown = String(decoding: text.prefix(24), as: UTF8.self)
    return lines.malformed("expected a finite number, found '\(shown)'", column: place + 1)
  }
}

/// The fields of a line, as far as they tell a first line from a vector.
private struct FieldCount {
  private(set) var count: Int
  /// The two numbers of a first line; `nil` for another line.
  private(set) var wholeNumbers: (Int, Int)?

  init(_ line: UnsafeRawBufferPointer) {
    let fields = line.split(separator: 0x20)
    count = fields.count
    guard fields.count == 2 else { return }
    let numbers = fields.compactMap { field in
      field.allSatisfy { (0x30...0x39).contains($0) }
        ? Int(String(decoding: field, as: UTF8.self)) : nil
    }
    if numbers.count == 2 { wholeNumbers = (numbers[0], numbers[1]) }
  }
}
