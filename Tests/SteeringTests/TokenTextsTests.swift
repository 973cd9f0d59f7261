import Seq2Seq
import Testing
import TextStreams

@testable import Steering

@Suite("The text of tokens")
struct TokenTextsTests {
  @Test("Escapes, spaces and bytes are the text that they stand for")
  func text() {
    for (token, text) in [
      ("▁沈", " 沈"), ("\\u{3000}", "\u{3000}"), ("\\\\", "\\"), ("\\u{3C}p>", "<p>"), ("宝", "宝"),
    ] {
      let id = Array(token.utf8).withUnsafeBytes { Sample.vocabulary.id(of: $0) }
      #expect(id.map { Array(Sample.texts.text(of: $0)) } == Array(text.utf8))
    }
    #expect(Sample.texts.text(of: 5 + 0xE6) == [0xE6])
    for id in 0..<UInt32(5) { #expect(Sample.texts.text(of: id).isEmpty) }
    #expect(Sample.texts.text(of: [261, 4, 262, 5 + 0x41]) == Array("沈青A".utf8))
  }

  @Test(
    "The tokens that lead to some text are those that begin it, and those that begin with it",
    arguments: ["沈", "沈青", "沈青山贾宝玉", " 沈", "a b", "龘", "\\", "\u{3000}x", "，", "<p>"])
  func leading(text: String) {
    let bytes = Array(text.utf8)
    for start in bytes.indices {
      let rest = bytes[start...]
      let expected = (0..<UInt32(Sample.vocabulary.count)).filter { id in
        let token = Sample.vocabulary.text(of: id)
        return !token.isEmpty && (rest.starts(with: token) || token.starts(with: rest))
      }
      #expect(Sample.texts.ids(leadingTo: rest).sorted() == expected)
      let beginning = expected.filter { Sample.vocabulary.text(of: $0).starts(with: rest) }
      var found: [UInt32] = []
      Sample.texts.forEach(beginningWith: rest) { found.append($0) }
      #expect(found.sorted() == beginning)
    }
  }

  @Test("Single bytes are left out where anything else leads to the text")
  func likely() {
    let ids = Sample.texts.likelyIds(leadingTo: Array("沈".utf8)[...])
    #expect(ids.count > 10 && ids.allSatisfy { $0 >= 261 })
    #expect(Sample.texts.likelyIds(leadingTo: Array("龘".utf8)[...]) == [5 + 0xE9])
  }

  @Test("The bytes at the end of a text that begin a character")
  func unfinished() {
    for (text, count) in [
      ("", 0), ("a", 0), ("沈", 0), ("🐉", 0), ("é", 0),
    ] {
      #expect(unfinishedCount(of: Array(text.utf8)) == count)
    }
    for text in ["é", "沈", "🐉"] {
      for length in 1..<text.utf8.count {
        #expect(unfinishedCount(of: [0x61] + text.utf8.prefix(length)) == length)
      }
    }
    #expect(unfinishedCount(of: [0x88]) == 0)
    #expect(unfinishedCount(of: [0x88, 0x88, 0x88, 0x88]) == 0)
  }
}
