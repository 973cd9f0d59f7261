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
    var lineFeeds = 0
    for byte in bytes where byte == 0x0A { lineFeeds &+= 1 }
    line += lineFeeds
    if lineFeeds > 0, let last = bytes.lastIndex(of: 0x0A) {
      passedInLine = bytes.count - last - 1
    } else {
      passedInLine += bytes.count
    }
  }

  /// Returns an error about the place.
  func malformed(_ reason: String) -> StreamError {
    StreamError(
      stream: stream, line: line, column: passedInLine + 1, problem: .malformed(reason))
  }
}
