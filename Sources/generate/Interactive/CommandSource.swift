import TextStreams

/// Where the lines of a writer come from.
protocol CommandSource: AnyObject {
  /// Waits for a line.
  ///
  /// - Parameter beginning: What the line is to begin with, to be changed.
  /// - Returns: What was typed.
  /// - Throws: ``StreamError`` if reading fails.
  func next(beginningWith beginning: String?) throws(StreamError) -> TypedLine
}

/// What a writer has typed.
enum TypedLine {
  case line(String)
  /// The writer left the line.
  case left
  /// There are no more lines.
  case end
}

/// Lines as they come through a pipe, or from a terminal that has no line editor.
final class PlainCommands: CommandSource {
  private var reader: LineReader

  init() throws(StreamError) { reader = LineReader(try InputFile(path: "-"), capacity: 65_536) }

  func next(beginningWith _: String?) throws(StreamError) -> TypedLine {
    guard let bytes = try reader.next() else { return .end }
    guard let line = String(validating: bytes, as: UTF8.self) else {
      throw StreamError(stream: reader.name, line: reader.lineNumber, problem: .invalidUTF8)
    }
    return .line(line)
  }

  /// An error about the line that was read last.
  func malformed(_ reason: String) -> StreamError { reader.malformed(reason) }
}
