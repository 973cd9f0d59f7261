internal import Glibc
internal import TextStreams

/// A place in a text as it lies in its file, whatever its encoding.
struct TextPlace {
  /// The file's name in diagnostics.
  let stream: String
  /// The line's number, counted from 1.
  private(set) var line = 1
  /// How many bytes of the line lie before the place.
  private(set) var passedInLine = 0

  init(stream: String) { self.stream = stream }

  /// Creates a place that is known.
  init(stream: String, line: Int, passedInLine: Int) {
    self.stream = stream
    self.line = line
    self.passedInLine = passedInLine
  }

  /// Moves behind some bytes, where a line feed is the byte 0x0A.
  mutating func advance(past bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let start = rest.baseAddress, let found = memchr(start, 0x0A, rest.count) {
      line += 1
      passedInLine = 0
      rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(found) - start + 1)...])
    }
    passedInLine += rest.count
  }

  /// Returns an error about the place.
  func malformed(_ reason: String) -> StreamError {
    StreamError(
      stream: stream, line: line, column: passedInLine + 1, problem: .malformed(reason))
  }
}
