import Testing

@testable import Cleaning

@Suite("Blanks, and characters that nobody sees")
struct BlankTests {
  @Test(
    "Blanks at the ends of lines go, those inside stay",
    arguments: [
      ("\u{3000}\u{3000}他说。\u{3000}\n", "他说。\n"), ("\t a  b \t\r\n", "a  b\n"),
      ("他\u{3000}说\n", "他\u{3000}说\n"), ("a\r\nb\r\r\nc", "a\nb\nc"), ("a\rb\n", "a\nb\n"),
      ("\u{FEFF}他\u{FEFF}说\u{0}。\u{200B}\n", "他说。\n"), ("\u{A0}a\u{2003}\n", "a\n"),
      ("a", "a"), ("", ""), ("\n\n \n", ""),
      ("\u{1F468}\u{200D}\u{1F469}\n", "\u{1F468}\u{200D}\u{1F469}\n"),
    ])
  func lines(text: String, expected: String) throws {
    #expect(try clean(text).text == expected)
  }

  @Test("Invisible characters are counted")
  func count() throws {
    let cleaned = try clean("他\u{0}说\u{7F}。\u{FEFF}\n")
    #expect(cleaned.reports == ["removed 3 invisible characters"])
  }

  @Test(
    "Blank lines between all paragraphs go, one between some stays, and one before a heading",
    arguments: [
      ("甲。\n\n乙。\n\n\n丙。\n\n丁。\n", "甲。\n乙。\n丙。\n丁。\n"),
      ("甲。\n乙。\n\n\n丙。\n丁。\n", "甲。\n乙。\n\n丙。\n丁。\n"),
      ("第一回\n\n甲。\n乙。\n\n\n第二回\n丙。\n", "第一回\n甲。\n乙。\n\n第二回\n丙。\n"),
    ])
  func blankLines(text: String, expected: String) throws {
    #expect(try clean(text).text == expected)
    #expect(try clean(expected).text == expected)
  }

  @Test("A text of nothing but blanks is empty, however many they are")
  func onlyBlanks() throws {
    let blanks = String(repeating: "\u{3000}", count: 100_000)
    #expect(try clean(blanks).text == "")
    #expect(try clean(blanks + "\n甲" + blanks).text.hasPrefix("甲"))
  }

  @Test("A line too long to be looked at comes out whole")
  func longLine() throws {
    let line = String(repeating: "他说你好", count: 30_000)
    #expect(try clean("\u{3000}\(line)\u{3000}\r\n乙\n").text == "\(line)\n乙\n")
    #expect(try clean("\u{3000}\(line)", unwraps: true).text == line)
  }

  @Test("Bytes that are not UTF-8 pass")
  func invalid() throws {
    let bytes: [UInt8] = [0x20, 0xFF, 0xE4, 0xB8, 0x0A, 0xC3]
    #expect(try clean(bytes).bytes == [0xFF, 0xE4, 0xB8, 0x0A, 0xC3])
  }
}
