import Testing

@testable import Segmentation

@Suite("Sentences and clusters as tokens")
struct UnitTests {
  @Test(
    "A sentence is a token with the spaces before it; a paragraph's last has those behind too",
    arguments: [
      ("你好。他走了", ["你好。", "他走了"]),
      ("He left.  She  stayed. ", ["He▁left.", "▁▁She▁▁stayed.▁"]),
      (" a", ["▁a"]),
      ("   ", ["▁▁▁"]),
      ("a.  ", ["a.▁▁"]),
      ("\r  ", ["\\r", "▁▁"]),
      ("\r  x", ["\\r", "▁▁x"]),
      ("<p>\n\n<s>x", ["\\u{3C}p>", "", "", "<s>x"]),
      ("　他说：\\", ["\\u{3000}他说：\\\\"]),
      ("", []),
    ])
  func sentences(text: String, expected: [String]) throws {
    #expect(try lines(text, unit: .sentence) == expected)
  }

  @Test("A sentence of over 8,192 bytes is cut between scalars, and stays on its line")
  func longSentences() throws {
    let sentence = String(repeating: "好", count: 6_000)
    let expected = [2_730, 2_730, 540].map { String(repeating: "好", count: $0) }
    #expect(try lines(sentence + "。", unit: .sentence) == [expected.joined(separator: " ") + "。"])
    let escapes = [UInt8](repeating: 0x7F, count: 9_000)
    let tokens = try tokenize(escapes, unit: .sentence)
    #expect(try detokenize(tokens) == escapes)
  }

  @Test("Sentences in windows", arguments: [13, 16, 24])
  func windows(window: Int) throws {
    let text = "A b. C d.   E f. G h.  "
    #expect(
      try lines(text, unit: .sentence, window: window)
        == ["A▁b.", "▁C▁d.", "▁▁▁E▁f.", "▁G▁h.▁▁"])
    let spaces = [UInt8](repeating: 0x20, count: 40)
    #expect(try detokenize(tokenize(spaces, unit: .sentence, window: window)) == spaces)
  }

  @Test(
    "A cluster is what people take for a character, on the lines that words are on",
    arguments: [
      ("你好 ab", ["你 好 ▁ a b"]),
      ("e\u{301}👍🏽👩‍👩‍👧🇨🇳한कि", ["e\u{301} 👍🏽 👩‍👩‍👧 🇨🇳 한 कि"]),
      ("Hi.  Yes. ", ["H i .", "▁ ▁ Y e s . ▁"]),
      (" \u{308}x", ["▁\u{308} x"]),
      ("\\<p>\t", ["\\\\ < p > \\t"]),
    ])
  func clusters(text: String, expected: [String]) throws {
    #expect(try lines(text, unit: .grapheme) == expected)
  }

  @Test("A cluster of over 1,024 bytes is cut")
  func longClusters() throws {
    let cluster = " a" + String(repeating: "\u{301}", count: 1_000)
    let tokens = try lines(cluster, unit: .grapheme)
    #expect(tokens.count == 1)
    #expect(tokens[0].utf8.split(separator: 0x20).map(\.count) == [3, 1_023, 978])
  }
}
