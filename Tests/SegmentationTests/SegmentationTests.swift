import Glibc
import TestSupport
import Testing

@testable import Segmentation

@Suite("Sentences and words")
struct SegmentationTests {
  @Test(
    "Words are ICU's, with its dictionary for Chinese",
    arguments: [
      ("我们在北京大学学习自然语言处理。", ["我们 在 北京 大学 学习 自然 语言 处理 。"]),
      ("却说宝玉听了，心中大喜。", ["却 说 宝玉 听 了 ， 心中 大喜 。"]),
      ("It's 3.14, U.S. money.", ["It's ▁3.14 , ▁U.S . ▁money ."]),
      ("กรุงเทพมหานคร", ["กรุงเทพมหานคร"]),
      ("", []),
    ])
  func words(text: String, expected: [String]) throws {
    #expect(try lines(text) == expected)
  }

  @Test(
    "A line is a sentence with its closing quotes",
    arguments: [
      ("“你好。”他说：“走吧！”两人去了。", ["“ 你好 。 ”", "他 说 ： “ 走 吧 ！ ”", "两 人 去了 。"]),
      ("「來了？」她問。", ["「 來了 ？ 」", "她 問 。"]),
      ("什么？！真的……好。", ["什么 ？ ！", "真的 … … 好 。"]),
      ("He left. She stayed.", ["He ▁left .", "▁She ▁stayed ."]),
    ])
  func sentences(text: String, expected: [String]) throws {
    #expect(try lines(text) == expected)
  }

  @Test(
    "A line feed of the source is an empty line",
    arguments: [
      ("a\nb", ["a", "", "b"]),
      ("a\n", ["a", ""]),
      ("\n\n", ["", ""]),
      ("\na", ["", "a"]),
      ("a\r\n", ["a \\r", ""]),
      ("a\u{2028}b", ["a \\u{2028}", "b"]),
    ])
  func paragraphs(text: String, expected: [String]) throws {
    #expect(try lines(text) == expected)
  }

  @Test(
    "A space goes to the token behind it, also across a sentence's end",
    arguments: [
      ("你好 world", ["你好 ▁world"]),
      ("a  b", ["a ▁ ▁b"]),
      ("Hello.  World", ["Hello .", "▁ ▁World"]),
      (" a ", ["▁a ▁"]),
      ("a.  ", ["a . ▁ ▁"]),
      ("   ", ["▁ ▁ ▁"]),
      ("\r  ", ["\\r", "▁ ▁"]),
      (" \u{3000} x", ["▁\\u{3000} ▁x"]),
      (" \u{308}", ["▁\u{308}"]),
    ])
  func spaces(text: String, expected: [String]) throws {
    #expect(try lines(text) == expected)
  }

  @Test(
    "Characters are scalars, on the lines that words are on",
    arguments: [
      ("你好 ab", ["你 好 ▁ a b"]),
      ("e\u{301}👍🏽", ["e \u{301} 👍 🏽"]),
      ("Hi.  Yes. ", ["H i .", "▁ ▁ Y e s . ▁"]),
      ("\\<p>\t", ["\\\\ < p > \\t"]),
    ])
  func characters(text: String, expected: [String]) throws {
    #expect(try lines(text, unit: .character) == expected)
  }

  @Test("A sentence's end cuts what is a word to ICU")
  func sentenceInsideWord() throws {
    #expect(try lines("א.ב") == ["א.", "ב"])
  }

  @Test("A word of over 1,024 bytes is cut between scalars")
  func longWords() throws {
    let word = String(repeating: "é", count: 1_500)
    #expect(
      try lines(" a" + word) == [
        "▁a\(String(repeating: "é", count: 511)) \(String(repeating: "é", count: 512)) "
          + String(repeating: "é", count: 477)
      ])
  }

  @Test("A paragraph's words do not depend on the paragraphs before it", arguments: 1...20)
  func independence(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let paragraphs = [HostileText.dictionaryScripts, .randomScalars, .emojiAndCombining].map {
      $0.bytes(60, using: &generator).filter { $0 != 0x0A } + [0x0A]
    }
    for unit in TokenGranularity.allCases {
      let alone = try paragraphs.flatMap { try tokenize($0, unit: unit) }
      #expect(try tokenize(Array(paragraphs.joined()), unit: unit) == alone)
      let reversed = try paragraphs.reversed().flatMap { try tokenize($0, unit: unit) }
      #expect(try tokenize(Array(paragraphs.reversed().joined()), unit: unit) == reversed)
    }
  }

  @Test("Nor on which dictionaries the process has loaded")
  func dictionaries() async {
    // In a process of its own, as ICU keeps them.
    await #expect(processExitsWith: .success) {
      let alone = try tokenize(Array("ーーー漢字\n".utf8))
      let later = try tokenize(Array("中\nーーー漢字\n".utf8))
      guard later.suffix(alone.count).elementsEqual(alone) else { exit(EXIT_FAILURE) }
    }
  }
}
