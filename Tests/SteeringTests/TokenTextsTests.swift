import Kernels
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

  @Test("The last tokens of a sentence are as many as have so many bytes, or all")
  func last() {
    let sentence = Sample.ids("沈青", "a", "宝", "b")
    for (byteCount, count) in [(-1, 0), (0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (6, 4), (99, 4)] {
      let last = Sample.texts.lastTokens(of: sentence, reaching: byteCount)
      #expect(Array(last) == Array(sentence.suffix(count)), "\(byteCount)")
    }
  }

  @Test("A sentence that grows by tokens has the names that its whole text has by then")
  func growing() throws {
    let names = ["宝玉", "青山", "ab", "a", "龘", "b a", "é", "。”"].map { [UInt8]($0) }
    let form = try #require(VerseForm("3,3,9"))
    var generator = Philox(key: 23)
    for _ in 0..<400 {
      var tokens: [[UInt8]] = []
      var (text, progress) = (SentenceText(), VerseProgress(form))
      for _ in 0..<(generator.next() % 20) {
        // Often bytes, that spell characters or do not.
        let id =
          generator.next() % 3 == 0
          ? 5 + [UInt32(0x61), 0x20, 0xE9, 0x9D, 0x92, 0xBE, 0x98, 0x2C][Int(generator.next() % 8)]
          : 261 + UInt32(generator.next() % UInt64(Sample.vocabulary.count - 261))
        tokens.append(Sample.vocabulary.text(of: id))
        text.append(tokens[tokens.count - 1])
        progress.append(tokens[tokens.count - 1][...])
        let (whole, plain) = (SentenceText(tokens), Array(tokens.joined()))
        #expect(text.bytes == plain)
        for name in names {
          let ends = (0...plain.count).filter { whole.has(name, endingIn: $0...$0) }
          #expect(
            text.has(name) == !ends.isEmpty && text.ends(in: name) == (ends.last == plain.count))
          for end in ends { #expect(plain[..<end].suffix(name.count) == name[...]) }
        }
        let count = unfinishedCount(of: plain)
        #expect(progress.begun == Array(plain.suffix(count)))
        #expect(progress.place == form.place(after: plain.dropLast(count)))
      }
    }
  }

  @Test("What comes a character later does not change whether a name stands by itself")
  func decided() {
    var generator = Philox(key: 29)
    let names = ["宝", "青山", "ab", "a"].map { [UInt8]($0) }
    for _ in 0..<300 {
      var text = SentenceText()
      var decided: [[UInt8]: Set<Int>] = [:]
      for _ in 0..<16 {
        let id =
          generator.next() % 2 == 0
          ? 5 + [UInt32(0x61), 0x62, 0xE9, 0x9D, 0x92, 0xCC, 0x81][Int(generator.next() % 7)]
          : 261 + UInt32(generator.next() % UInt64(Sample.vocabulary.count - 261))
        let before = text.bytes.count - SentenceText.reach
        text.append(Sample.vocabulary.text(of: id))
        for name in names {
          let ends = Set((0...text.bytes.count).filter { text.has(name, endingIn: $0...$0) })
          if before > 0 {
            #expect(ends.filter { $0 <= before } == decided[name]?.filter { $0 <= before })
          }
          decided[name] = ends
        }
      }
    }
  }
}
