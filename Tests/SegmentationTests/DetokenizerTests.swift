import TestSupport
import Testing
import TextStreams

@testable import Segmentation

@Suite("Token lines to text")
struct DetokenizerTests {
  @Test(
    "Concatenation, nothing else",
    arguments: [
      ("你好 ▁world\n", "你好 world"),
      ("a\n\nb\n", "a\nb"),
      ("a", "a"),
      ("", ""),
      ("\n\n", "\n\n"),
      ("▁ ▁a▁b\n", "  a b"),
      ("<0xE4> <0xBD> <0xA0> <0x0A>\n", "你\n"),
      ("\\\\ a\\tb \\r \\u{2581}\\u{1F600} \\u{3C}p>\n", "\\a\tb\r▁😀<p>"),
      ("<p <0xe4> a<p>", "<p<0xe4>a<p>"),
      ("\u{3000}é😀\u{80}", "\u{3000}é😀\u{80}"),
    ])
  func text(lines: String, expected: String) throws {
    let text = try detokenize(Array(lines.utf8))
    #expect(String(decoding: text, as: UTF8.self) == expected)
    #expect(try detokenize(Array(lines.utf8), pieces: [1]) == text)
  }

  @Test("Escaped bytes need not be UTF-8")
  func bytes() throws {
    #expect(try detokenize(Array("\\xFF a\\xE4\n".utf8)) == [0xFF, 0x61, 0xE4])
  }

  @Test(
    "What is not well formed is named by its place",
    arguments: [
      ("a b\n c\n", 2, 1, "empty token"),
      ("a  b\n", 1, 3, "empty token"),
      ("a\nbb \n", 2, 3, "empty token"),
      ("a ", 1, 2, "empty token"),
      (" \n", 1, 1, "empty token"),
      ("好 <p>\n", 1, 5, "'<p>' is reserved"),
      ("a </s> b", 1, 3, "'</s>' is reserved"),
      ("a b\\\n", 1, 4, "bad escape"),
      ("a\\xff", 1, 2, "bad escape"),
      ("a \\u{D800}\n", 1, 3, "bad escape"),
      ("a \\u{110000}\n", 1, 3, "bad escape"),
      ("a \\u{}\n", 1, 3, "bad escape"),
      ("a b\r\n", 1, 4, "carriage return in a token; token lines end in LF alone"),
      ("a\tb\n", 1, 2, "tab in a token"),
      ("a \u{0}\n", 1, 3, "raw control byte 0x00"),
      ("ab\u{7F}\n", 1, 3, "raw control byte 0x7F"),
    ])
  func errors(lines: String, line: Int, column: Int, reason: String) throws {
    for pieces in [nil, [1], [3]] {
      let error = #expect(throws: StreamError.self) {
        try detokenize(Array(lines.utf8), pieces: pieces)
      }
      #expect(error?.line == line)
      #expect(error?.column == column)
      #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
    }
  }

  @Test(
    "Bytes that are not UTF-8 are named by their place",
    arguments: [
      ([0x61, 0xFF], 2), ([0x61, 0x20, 0xE4, 0xB8], 3), ([0xC0, 0x80], 1),
      ([0x61, 0xED, 0xA0, 0x80], 2), ([0xF4, 0x90, 0x80, 0x80, 0x0A], 1),
    ] as [([UInt8], Int)])
  func invalidUTF8(lines: [UInt8], column: Int) throws {
    let error = #expect(throws: StreamError.self) { try detokenize(lines) }
    #expect(error?.column == column)
    #expect(error?.reason.hasPrefix("not valid UTF-8") == true)
  }

  @Test("The text before a bad token is written")
  func partialOutput() throws {
    let text = try written { writer in
      var detokenizer = Detokenizer(writer: writer)
      #expect(throws: StreamError.self) {
        try withInput(Array("a b\n\ncd ef\\q g\n".utf8), pieces: nil) {
          try detokenizer.detokenize($0)
        }
      }
    }
    #expect(String(decoding: text, as: UTF8.self) == "ab\ncd")
  }

  @Test("A token of 65,535 bytes is the longest")
  func longTokens() throws {
    let longest = Array(repeating: UInt8(ascii: "a"), count: 65_535)
    #expect(try detokenize(longest + [0x20] + longest + [0x0A]) == longest + longest)
    for lines in [
      longest + [0x61], longest + [0x61, 0x20, 0x62], Array((0..<9).map { _ in longest }.joined()),
    ] {
      let error = #expect(throws: StreamError.self) { try detokenize([0x62, 0x20] + lines) }
      #expect(error?.column == 3)
      #expect(error?.reason == "a token is longer than 65535 bytes")
    }
  }
}
