package import TextStreams

/// The list of what was left out of texts, a row each; huaben-formats(5) has the columns.
package final class DropLog {
  private let writer: ByteWriter

  /// Writes the names of the columns.
  ///
  /// - Parameter writer: Where the rows go; it is left unflushed.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package init(writer: ByteWriter) throws(StreamError) {
    self.writer = writer
    try writer.write("file\tline\treason\ttext\n")
  }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - text: What was left out, without the blanks around it.
  ///   - reason: Why.
  ///   - file: The name of the text.
  ///   - line: The line's number in it, counted from 1.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  func write(
    _ text: [UInt8], reason: DropReason, file: String, line: Int
  ) throws(StreamError) {
    var row: [UInt8] = []
    Self.append(Array(file.utf8), to: &row)
    row.append(contentsOf: "\t\(line)\t\(reason.rawValue)\t".utf8)
    Self.append(text, to: &row)
    row.append(UInt8(ascii: "\n"))
    try writer.write(row)
  }

  /// Appends a column, in which nothing may look like the end of one.
  private static func append(_ text: [UInt8], to row: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\t"): row.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "\n"): row.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): row.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\\"): row.append(contentsOf: "\\\\".utf8)
      default: row.append(byte)
      }
    }
  }
}
