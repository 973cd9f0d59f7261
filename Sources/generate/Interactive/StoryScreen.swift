import Glibc
import Storytelling
import TextStreams
import ToolSupport

/// Shows a writer what a session replies.
struct StoryScreen {
  private let writer: ByteWriter
  /// Whether a person looks at it, and not a program.
  private let isTerminal: Bool
  private let hasColours: Bool

  init(_ writer: ByteWriter, isTerminal: Bool) {
    (self.writer, self.isTerminal) = (writer, isTerminal)
    hasColours =
      isTerminal && Self.variable("NO_COLOR") == ""
      && !["", "dumb"].contains(Self.variable("TERM"))
  }

  func show(_ proposals: [Proposal]) throws(StreamError) {
    for (number, proposal) in proposals.enumerated() {
      try write("\(number + 1)", as: "36")
      try writer.write(UInt8(ascii: " "))
      try writer.write(visible(proposal.sentence.text))
      if proposal.endsParagraph { try write(" ¶", as: "36") }
      if proposal.isBrokenOff { try write(" …", as: "36") }
      try writer.write(UInt8(ascii: "\n"))
    }
  }

  func show(sentence: [UInt8]) throws(StreamError) {
    try writer.write(visible(sentence) + [UInt8(ascii: "\n")])
  }

  /// Shows paragraphs, the last of which may not have ended.
  func show(text: [UInt8]) throws(StreamError) {
    let ended = text.last == UInt8(ascii: "\n") ? text[...].dropLast() : text[...]
    for paragraph in ended.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      try writer.write(visible(Array(paragraph)) + [UInt8(ascii: "\n")])
    }
  }

  /// Says something about the session; a program does not get it among the text.
  func say(_ message: String) throws(StreamError) {
    guard isTerminal else { return Generate.complain(message) }
    try write(message.escapingControls, as: "2")
    try writer.write(UInt8(ascii: "\n"))
  }

  func flush() throws(StreamError) { try writer.flush() }

  private func write(_ text: String, as rendition: String) throws(StreamError) {
    try writer.write(hasColours ? "\u{1B}[\(rendition)m\(text)\u{1B}[m" : text)
  }

  /// A text in which a terminal gets nothing to obey.
  private func visible(_ text: [UInt8]) -> [UInt8] {
    isTerminal ? Array(String(decoding: text, as: UTF8.self).escapingControls.utf8) : text
  }

  private static func variable(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }
}
