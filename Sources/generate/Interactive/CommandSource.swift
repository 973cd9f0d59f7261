import Glibc
import TextStreams
import ToolSupport

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

  /// Reads the standard input.
  ///
  /// - Parameter key: Ends it when the program is to end; there is none at a pipe.
  /// - Throws: ``StreamError`` if it cannot be read.
  init(key: InterruptKey?) throws(StreamError) {
    reader = LineReader(
      try InputFile(path: "-"), capacity: 65_536,
      beforeBlocking: { () throws(StreamError) in
        guard let key, !key.waitForInput(from: STDIN_FILENO) else { return }
        throw StreamError(stream: "<stdin>", problem: .unreadable(errno: EINTR))
      })
  }

  func next(beginningWith _: String?) throws(StreamError) -> TypedLine {
    guard let bytes = try reader.next() else { return .end }
    if let offset = firstInvalid(in: bytes) {
      throw StreamError(
        stream: reader.name, line: reader.lineNumber, column: offset + 1, problem: .invalidUTF8)
    }
    return .line(String(decoding: bytes, as: UTF8.self))
  }

  /// An error about the line that was read last.
  func malformed(_ reason: String) -> StreamError { reader.malformed(reason) }
}
