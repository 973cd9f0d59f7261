import Glibc
import Seq2Seq
import Testing
import TextStreams

@testable import Steering

@Suite("Names that have to appear")
struct NameTests {
  private static let names = ["宝玉", "青山贾", "龘龘", "ab a", "沈"].map { [UInt8]($0) }

  private func write(
    _ names: [[UInt8]], sentences: Int, maximumLength: Int = 60, endRaise: Float = 3,
    promptCount: Int = 80
  ) -> Sample.Answers {
    let rules = RequiredNames(
      names, sentenceCount: sentences, maximumLength: maximumLength, texts: Sample.texts)
    return Sample.write(
      [rules], promptCount: promptCount, maximumLength: maximumLength, endRaise: endRaise
    ) { settings, plan in
      (plan.sentences, plan.names) = (sentences, names)
    }
  }

  @Test("Every passage has them all", arguments: [1, 2, 3, 5, 9])
  func appear(sentences: Int) {
    let answers = write(Self.names, sentences: sentences)
    #expect(answers.shortfall.names == 0)
    for passage in answers.texts {
      #expect(passage.count == sentences)
      for name in Self.names { #expect(passage.contains { $0.has(name) }) }
    }
    #expect(answers.sentences.joined().allSatisfy { $0.ending != .stuck })
  }

  @Test("They appear also where sentences want to end at once, or have little room")
  func pressed() {
    #expect(write(Self.names, sentences: 2, endRaise: 12).shortfall.names == 0)
    // The bytes of the names, and no more.
    let room = Self.names.reduce(1) { $0 + $1.count }
    #expect(write(Self.names, sentences: 1, maximumLength: room, endRaise: -9).shortfall.names == 0)
  }

  @Test("They are spread over the sentences")
  func spread() {
    let names = ["宝玉", "青山贾", "龘龘", "山沈"].map { [UInt8]($0) }
    let passages = write(names, sentences: 4, promptCount: 60).texts
    for passage in passages {
      for count in 1...4 {
        let begun = passage.prefix(count)
        #expect(names.count { name in begun.contains { $0.has(name) } } >= count)
      }
    }
    let first = passages.map { passage in names.count { passage[0].has($0) } }
    #expect(first.reduce(0, +) < 2 * passages.count)
  }

  @Test("What has no room is counted")
  func counted() {
    let answers = write([[UInt8]("龘龘龘龘")], sentences: 2, maximumLength: 5, promptCount: 7)
    #expect(answers.shortfall.names == 7)
  }

  @Test("Where the sentences are not counted each has a name")
  func uncounted() {
    let rules = RequiredNames(
      Self.names, sentenceCount: nil, maximumLength: 60, texts: Sample.texts)
    let answers = Sample.write([rules], promptCount: 30) { $1.sentences = 5 }
    for passage in answers.texts {
      for name in Self.names { #expect(passage.contains { $0.has(name) }) }
    }
  }

  @Test("The chance of an end becomes the chance of the name, which is likelier anyhow")
  func chances() {
    let rules = RequiredNames(
      [[UInt8]("🐉")], sentenceCount: 1, maximumLength: 60, texts: Sample.texts)
    let dragon = Sample.vocabulary.count - 1
    var logits = [Float](repeating: -5, count: Sample.vocabulary.count)
    (logits[3], logits[4]) = (-1, -2)
    let before = logits
    logits.withUnsafeMutableBufferPointer {
      rules.process($0, in: WritingContext(prompt: 0))
    }
    #expect(logits[3] == -.infinity && logits[4] == -.infinity)
    let chance = [-2.0, -1.0, -2.0].reduce(0.0) { $0 + exp($1) }
    #expect(abs(exp(Double(logits[dragon])) - chance) < 1e-6)
    #expect(logits[5..<dragon] == before[5..<dragon])
    // Once the name has come it is as if nobody asked for it.
    var free = before
    free.withUnsafeMutableBufferPointer {
      rules.process($0, in: WritingContext(prompt: 0, sentence: [UInt32(dragon)]))
    }
    #expect(free == before)
  }

  @Test("Names are read as a dictionary is")
  func file() throws {
    try withFile("\u{FEFF}宝玉 3 nr\r\n\n# x\n▁New▁York\n宝玉\n<pad>\n的\n") { path in
      let names = try NameList.read([path])
      #expect(names.map { String(decoding: $0, as: UTF8.self) } == ["宝玉", "New York", "的"])
    }
    try withFile("宝玉\n黛\\玉\n") { path in
      let error = #expect(throws: StreamError.self) { try NameList.read([path]) }
      #expect(error?.line == 2 && error?.column == 4)
    }
  }
}
