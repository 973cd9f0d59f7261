import Storytelling
import Testing

@Suite("What a line means")
struct CommandTests {
  @Test(
    "Lines and commands",
    arguments: [
      ("", .take(1)), ("  ", .take(1)), ("\u{3000}", .take(1)), ("\t", .take(1)),
      ("1", .take(1)), ("9", .take(9)), ("３", .take(3)), ("？", .help), ("?", .help),
      ("r", .propose), ("u", .undo), ("p", .paragraph), ("e", .edit(1)), ("e 2", .edit(2)),
      ("e2", .edit(2)), ("l", .list(paragraphs: nil)), ("l 12", .list(paragraphs: 12)),
      ("q", .quit(discards: false)), ("q!", .quit(discards: true)),
      ("w", .save(path: nil, replaces: false)), ("w!", .save(path: nil, replaces: true)),
      ("w 石头记.txt", .save(path: "石头记.txt", replaces: false)),
      ("w  a b ", .save(path: "a b", replaces: false)),
      ("w! ../x", .save(path: "../x", replaces: true)),
      ("3 ", .take(3)), ("r\t", .propose), ("ｒ\u{3000}", .propose), ("q! ", .quit(discards: true)),
      ("e  2 ", .edit(2)), ("e２", .edit(2)), ("l １２\u{3000}", .list(paragraphs: 12)),
      ("w ", .save(path: nil, replaces: false)),
    ] as [(String, SessionCommand)])
  func commands(line: String, command: SessionCommand) {
    #expect(SessionCommand(line) == command)
  }

  @Test(
    "All else is text, to the last byte",
    arguments: [
      "却说宝玉听了。", " r", " 1", "1。", "12.", "8x", "wonder", "w!x", "q!!", "lamp", "l -1", "e 2 3",
      "u.", " She came.", "\u{3000}话", "。", "龘", "e\u{301}",
    ])
  func text(line: String) {
    #expect(SessionCommand(line) == .text(Array(line.utf8)))
  }

  @Test(
    "A plus stands before text that would be something else",
    arguments: [
      ("+r", "r"), ("+ r", " r"), ("++", "+"), ("+1", "1"), ("+", ""), ("+却说", "却说"),
      ("+w x", "w x"),
    ])
  func plus(line: String, text: String) {
    #expect(SessionCommand(line) == .text(Array(text.utf8)))
  }

  @Test(
    "A lone character, and a number that means nothing, are more likely slips",
    arguments: [
      "x", "0", "!", "Q", "ｘ", "10", "00", "１２", "e 0", "e 10", "e0", "l 0", "l 1234567",
      "l 99999999999999999999",
    ])
  func unknown(line: String) {
    #expect(SessionCommand(line) == .unknown(line))
    #expect(SessionCommand(line + " ") == .unknown(line))
    #expect(SessionCommand("+\(line)") == .text(Array(line.utf8)))
  }

  @Test(
    "Any text can be put into the line",
    arguments: ["却说。", "r", "+", "+x", " ", "", "w a", "x", "1", " 1", "？", "l 3"])
  func lines(text: String) {
    #expect(SessionCommand(SessionCommand.line(for: text)) == .text(Array(text.utf8)))
  }

  @Test("The help has a line for every command")
  func help() {
    let commands = SessionCommand.helpText.split(separator: "\n").map { line in
      line.prefix(8).trimmed
    }
    #expect(
      commands == [
        "text", "Enter", "1 … 9", "e 2", "r", "u", "p", "l", "w FILE", "w! FILE", "q", "+text",
        "?",
      ])
    #expect(SessionCommand.helpText.contains("q! without saving"))
  }
}

extension Substring {
  /// Without spaces at the end.
  fileprivate var trimmed: String {
    String(self.reversed().drop { $0 == " " }.reversed())
  }
}
