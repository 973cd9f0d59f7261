internal import Glibc

/// Reads a sorted run of tokens and their counts from a scratch file.
///
/// An entry is the count, the token's length and its bytes; numbers have seven bits to a byte, the
/// lowest first, and the eighth bit of each but the last is set.
final class RunReader {
  /// The first size of a reader's buffer; a long token makes it larger.
  static let bufferSize = 65_536
  /// The most bytes that the two numbers of an entry take.
  private static let longestNumbers = 20

  /// The entry last read, valid until the next.
  private(set) var token = UnsafeRawBufferPointer(start: nil, count: 0)
  private(set) var count = 0

  private let file: ScratchFile
  /// What of the file is not in the buffer yet.
  private var rest: Range<Int>
  private var buffer: UnsafeMutableRawPointer
  private var capacity = RunReader.bufferSize
  private var start = 0
  private var end = 0

  /// Creates a reader that stands before the first entry.
  init(_ file: ScratchFile, _ range: Range<Int>) {
    self.file = file
    rest = range
    buffer = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { buffer.deallocate() }

  /// Reads the next entry.
  ///
  /// - Returns: `false` at the end of the run.
  /// - Throws: ``StreamError`` with the problem `unreadable`.
  func advance() throws(StreamError) -> Bool {
    guard start < end || !rest.isEmpty else { return false }
    try fill(toAtLeast: Self.longestNumbers)
    count = number()
    let length = number()
    try fill(toAtLeast: length)
    token = UnsafeRawBufferPointer(start: buffer + start, count: length)
    start += length
    return true
  }

  private func number() -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = buffer.load(fromByteOffset: start, as: UInt8.self)
      start += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return Int(truncatingIfNeeded: value) }
      shift += 7
    }
  }

  /// Sees to it that so many bytes are in the buffer, if the run has as many.
  private func fill(toAtLeast wanted: Int) throws(StreamError) {
    let unread = end - start
    guard unread < wanted, !rest.isEmpty else { return }
    if wanted > capacity {
      let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 64)
      larger.copyMemory(from: buffer + start, byteCount: unread)
      buffer.deallocate()
      buffer = larger
      capacity = wanted
    } else {
      memmove(buffer, buffer + start, unread)
    }
    let taken = min(rest.count, capacity - unread)
    try file.read(taken, at: rest.lowerBound, into: buffer + unread)
    rest = (rest.lowerBound + taken)..<rest.upperBound
    start = 0
    end = unread + taken
  }
}

/// Appends a sorted run of tokens and their counts to a scratch file.
struct RunWriter {
  /// How many bytes the run has so far.
  private(set) var byteCount = 0
  private let writer: ByteWriter

  /// Creates a writer of a run that begins at the end of the file.
  init(_ file: ScratchFile) { writer = file.writer }

  /// Appends an entry.
  mutating func append(_ token: UnsafeRawBufferPointer, _ count: Int) throws(StreamError) {
    try append(number: UInt64(truncatingIfNeeded: count))
    try append(number: UInt64(token.count))
    try writer.write(token)
    byteCount += token.count
  }

  private mutating func append(number: UInt64) throws(StreamError) {
    var rest = number
    while rest >= 0x80 {
      try writer.write(UInt8(truncatingIfNeeded: rest | 0x80))
      rest >>= 7
      byteCount += 1
    }
    try writer.write(UInt8(truncatingIfNeeded: rest))
    byteCount += 1
  }
}
