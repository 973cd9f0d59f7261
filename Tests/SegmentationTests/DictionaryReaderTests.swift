import Testing
import TextStreams

@testable import Segmentation

@Suite("Reading a dictionary")
struct DictionaryReaderTests {
  /// The words of a dictionary and their weights.
  private func words(_ lines: [UInt8]) throws -> [String] {
    var reader = DictionaryReader()
    try withInput(lines, pieces: nil) { try reader.read($0) }
    let list = reader.words
    return (0..<list.count).map {
      "\(String(decoding: list.units[list.range(of: $0)], as: UTF16.self))=\(list.weights[$0])"
    }
  }

  @Test(
    "A word a line, then perhaps a weight and a note",
    arguments: [
      ("宝玉\n黛玉\t5\n宝钗 2.5\n", ["宝玉=1.0", "黛玉=5.0", "宝钗=2.5"]),
      ("\u{FEFF}宝玉\r\n黛玉 5\r\n", ["宝玉=1.0", "黛玉=5.0"]),
      ("# 人名\n\n  \n 宝玉  3  nr\n黛玉 # a note\n  # x", ["宝玉=3.0", "黛玉=1.0"]),
      ("\\u{23}x\n▁New▁York▁\t7\n\\\\a", ["#x=1.0", "New York=7.0", "\\a=1.0"]),
      ("a\\tb 1e2\n a\\u{3000}b 0\na\\r\\u{20}b", ["a\tb=100.0", "a\u{3000}b=0.0", "a\r b=1.0"]),
      // What no text is, and what cannot be torn.
      ("<pad>\t0\n<0xE4>\t9\n的 5\n𠀀\n▁\n\\xE4\n", []),
      ("", []), ("\u{FEFF}", []),
    ])
  func format(lines: String, expected: [String]) throws {
    #expect(try words(Array(lines.utf8)) == expected)
  }

  @Test(
    "What is wrong is named by its place",
    arguments: [
      ("宝玉\nNew York\n", 2, 5, "expected a weight, found 'York'"),
      ("宝玉 -1", 1, 8, "expected a weight"),
      ("宝玉 nan", 1, 8, "expected a weight"),
      ("宝玉 1e99", 1, 8, "expected a weight"),
      ("\u{FEFF}ab\\q", 1, 6, "bad escape"),
      ("  宝玉\\", 1, 9, "bad escape"),
      ("宝\u{3000}玉", 1, 4, "white space or an invisible character, written \\u{3000}"),
      ("宝玉\u{FEFF}", 1, 7, "white space or an invisible character, written \\u{FEFF}"),
      ("ab\u{7}", 1, 3, "raw control byte 0x07"),
      ("ab\\xFF", 1, 1, "a word is text"),
      (String(repeating: "é", count: 513), 1, 1, "longer than 1024 bytes"),
      ("a\n" + String(repeating: "é ", count: 40_000), 2, 1, "a line longer than any word"),
    ])
  func errors(lines: String, line: Int, column: Int, reason: String) throws {
    let error = #expect(throws: StreamError.self) { try words(Array(lines.utf8)) }
    #expect(error?.stream == "input")
    #expect(error?.line == line && error?.column == column, "\(error?.description ?? "")")
    #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
  }

  @Test("Another encoding and another kind of file are named")
  func otherFiles() throws {
    let error = #expect(throws: StreamError.self) { try words([0x61, 0x0A, 0xB1, 0xA6, 0x0A]) }
    #expect(error?.line == 2 && error?.column == 1)
    #expect(error?.reason.hasPrefix("not valid UTF-8") == true)
    for (file, reason) in [
      ([0x1F, 0x8B, 8, 0], "compressed"), ([0xFF, 0xFE, 0x61, 0], "this is not UTF-8 text"),
    ] as [([UInt8], String)] {
      let error = #expect(throws: StreamError.self) { try words(file) }
      #expect(error?.line == nil && error?.reason.hasPrefix(reason) == true)
    }
  }

  @Test("A word of 1,024 bytes is the longest, and is one token")
  func longest() throws {
    let word = String(repeating: "甲", count: 341)
    #expect(try lines("乙\(word)乙", dictionary: dictionary(word + "\n")) == ["乙 \(word) 乙"])
  }
}
