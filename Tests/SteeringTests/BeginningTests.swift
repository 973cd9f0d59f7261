import Kernels
import Seq2Seq
import Steering
import Testing

@Suite("How sentences begin")
struct BeginningTests {
  @Test("Any text can be a prefix, of the first sentence and of no other")
  func prefix() {
    var generator = Philox(key: 9)
    let characters = [
      "沈", "青", "a", "b", " ", "龘", "🐉", "é", "\u{3000}", "\\", "<", "p", "。", "\t", "\u{85}",
    ]
    for number in 0..<60 {
      let prefix = (0...number % 9).map { _ in characters[Int(generator.next() % 15)] }.joined()
      let answers = Sample.write(
        [SentenceBeginnings(prefix: [UInt8](prefix), texts: Sample.texts)], promptCount: 5)
      for passage in answers.texts {
        #expect(passage.count == 4)
        #expect(passage[0].starts(with: prefix.utf8), "\(prefix)")
      }
      if prefix.count > 4 { #expect(!answers.texts.contains { $0[1].starts(with: prefix.utf8) }) }
    }
  }

  @Test("A token may go on behind the prefix, and a sentence end with it")
  func after() {
    let answers = Sample.write(
      [SentenceBeginnings(prefix: [UInt8]("沈"), texts: Sample.texts)], promptCount: 300,
      endRaise: 6)
    #expect(answers.texts.contains { $0[0] == [UInt8]("沈") })
    let tokens = answers.sentences.map { Sample.vocabulary.text(of: $0[0].ids[0]) }
    #expect(tokens.contains([UInt8]("沈青")) && tokens.contains([UInt8]("沈")))
    #expect(tokens.allSatisfy { $0.starts(with: "沈".utf8) || "沈".utf8.starts(with: $0) })
  }

  @Test("An acrostic is spelled, also with characters that only bytes can spell")
  func acrostic() {
    for text in ["沈青山", "龘a🐉é7", "，"] {
      let characters = text.map { [UInt8](String($0)) }
      let answers = Sample.write(
        [SentenceBeginnings(acrostic: characters, texts: Sample.texts)], promptCount: 40
      ) { $1.sentences = characters.count + 1 }
      for passage in answers.texts {
        #expect(passage.count == characters.count + 1)
        for (sentence, character) in zip(passage, characters) {
          let isSpaced = sentence.first == 0x20
          #expect(sentence.dropFirst(isSpaced ? 1 : 0).starts(with: character))
          #expect(SentenceBeginnings.begins(sentence, with: character))
        }
      }
    }
  }

  @Test("The first sentence of an acrostic may have a prefix")
  func both() {
    let rules = SentenceBeginnings(
      acrostic: [[UInt8]("沈"), [UInt8]("青")], prefix: [UInt8]("沈宝玉"), texts: Sample.texts)
    let answers = Sample.write([rules], promptCount: 40)
    for passage in answers.texts {
      #expect(passage[0].starts(with: "沈宝玉".utf8))
      #expect(SentenceBeginnings.begins(passage[1], with: [UInt8]("青")))
    }
    #expect(!SentenceBeginnings.begins([UInt8]("“沈"), with: [UInt8]("沈")))
  }
}
