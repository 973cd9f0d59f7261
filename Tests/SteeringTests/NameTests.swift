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
    let rules = Sample.requiring(names, sentences: sentences, maximumLength: maximumLength)
    return Sample.write(
      [rules], promptCount: promptCount, maximumLength: maximumLength, endRaise: endRaise
    ) { settings, plan in
      (plan.sentences, plan.names) = (sentences, names)
    }
  }

  @Test("Every passage has them all", arguments: [1, 2, 3, 5, 9])
  func appear(sentences: Int) {
    let answers = write(Self.names, sentences: sentences)
    #expect(answers.shortfall.nameCount == 0)
    for passage in answers.texts {
      #expect(passage.count == sentences)
      for name in Self.names { #expect(passage.contains { $0.has(name) }) }
    }
    for passage in answers.sentences {
      for name in Self.names { #expect(passage.contains { Self.standsAlone(name, in: $0) }) }
    }
    #expect(answers.sentences.joined().allSatisfy { $0.ending != .stuck })
  }

  @Test("They appear also where sentences want to end at once, or have little room")
  func pressed() {
    #expect(write(Self.names, sentences: 2, endRaise: 12).shortfall.nameCount == 0)
    // The bytes of the names, a space before that in Latin letters, and no more.
    let room = Self.names.reduce(2) { $0 + $1.count }
    let answers = write(Self.names, sentences: 1, maximumLength: room, endRaise: -9)
    #expect(answers.shortfall.nameCount == 0)
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
    let name = [UInt8]("龘龘龘龘")
    let answers = write([name], sentences: 2, maximumLength: 5, promptCount: 7)
    #expect(answers.shortfall == PassageShortfall(names: Array(repeating: name, count: 7)))
  }

  @Test("Where the sentences are not counted each has a name")
  func uncounted() {
    let rules = Sample.requiring(Self.names, sentences: nil)
    let answers = Sample.write([rules], promptCount: 30) { $1.sentences = 5 }
    for passage in answers.texts {
      for name in Self.names { #expect(passage.contains { $0.has(name) }) }
    }
  }

  @Test("Names stand by themselves: no token runs on, and Latin letters do not touch")
  func alone() {
    let names = ["青山贾", "ab"].map { [UInt8]($0) }
    for sentences in [1, 2] {
      for passage in write(names, sentences: sentences, endRaise: 0).sentences {
        for name in names { #expect(passage.contains { Self.standsAlone(name, in: $0) }) }
        let words = passage.map { Sample.vocabulary.text(of: $0.ids) }.flatMap { text in
          text.split { $0 != UInt8(ascii: "a") && $0 != UInt8(ascii: "b") }
        }
        #expect(words.contains { $0 == names[1][...] })
      }
    }
  }

  @Test("A sentence does not end before its name, nor with the name behind a final mark")
  func marks() {
    let name = [UInt8]("宝玉")
    let texts = write([name], sentences: 1, endRaise: 5, promptCount: 300).texts.joined()
    let endings = ["。", "!", "?", "."].map { [UInt8]($0) }
    for text in texts {
      let start = (0..<text.count).first { text[$0...].starts(with: name) } ?? 0
      #expect(!endings.contains { Array(text[..<start]).has($0) })
    }
    #expect(texts.contains { $0.suffix(name.count) == name[...] })
    // Behind a final mark that is given anyhow the name does not come for the end.
    let rules = Sample.requiring([name], sentences: 1)
    var logits = [Float](repeating: -5, count: Sample.vocabulary.count)
    logits[3] = 4
    let (mark, named) = (Sample.ids("。”"), Sample.ids("宝玉"))
    var (behind, after) = (logits, logits)
    behind.withUnsafeMutableBufferPointer {
      rules.after(mark).process($0, in: WritingContext(prompt: 0, sentence: mark))
    }
    #expect(behind[3] == -.infinity && behind[Int(named[0])] < logits[3])
    after.withUnsafeMutableBufferPointer {
      rules.after(mark + named)
        .process($0, in: WritingContext(prompt: 0, sentence: mark + named))
    }
    #expect(after[3] == -.infinity && after[4] == -.infinity)
    #expect(after[5...] == logits[5...])
  }

  @Test("The chance of an end becomes the chance of the name, which is likelier anyhow")
  func chances() {
    let rules = Sample.requiring([[UInt8]("🐉")], sentences: 1)
    let dragon = Sample.vocabulary.count - 1
    var logits = [Float](repeating: -5, count: Sample.vocabulary.count)
    (logits[3], logits[4]) = (-1, -2)
    let before = logits
    logits.withUnsafeMutableBufferPointer {
      rules.process($0, in: WritingContext(prompt: 0))
    }
    let finals = Sample.ids("。", "。”") + [33, 46, 63].map { 5 + $0 }
    #expect(([3, 4] + finals).allSatisfy { logits[Int($0)] == -.infinity })
    let chance = ([-2.0, -1.0, -2.0] + finals.map { _ in -5 }).reduce(0.0) { $0 + exp($1) }
    #expect(abs(exp(Double(logits[dragon])) - chance) < 1e-6)
    for id in 5..<dragon where !finals.contains(UInt32(id)) { #expect(logits[id] == before[id]) }
    // Once the name has come it is as if nobody asked for it.
    var free = before
    free.withUnsafeMutableBufferPointer {
      rules.after([UInt32(dragon)])
        .process($0, in: WritingContext(prompt: 0, sentence: [UInt32(dragon)]))
    }
    #expect(free == before)
  }

  @Test("Chances far from the others are added up like any", arguments: [1000, -1000] as [Float])
  func extremes(number: Float) {
    let rules = Sample.requiring([[UInt8]("🐉")], sentences: 1)
    let dragon = Sample.vocabulary.count - 1
    var logits = [Float](repeating: -5, count: Sample.vocabulary.count)
    (logits[3], logits[dragon]) = (8, number)
    logits.withUnsafeMutableBufferPointer {
      rules.process($0, in: WritingContext(prompt: 0))
    }
    #expect(abs(logits[dragon] - max(number + 3, 8)) < 0.01)
    #expect(logits[3] == -.infinity)
  }

  @Test(
    "Paragraphs and characters wait for names, but not for one that cannot come",
    arguments: [nil, 2, 40] as [Int?])
  func waiting(sentences: Int?) {
    for (paragraphs, characters) in [(1, nil), (2, nil), (nil, 1), (3, 30)] as [(Int?, Int?)] {
      func write(_ names: [[UInt8]], maximumLength: Int) -> Sample.Answers {
        func limit(_ plan: inout PassagePlan) {
          (plan.sentences, plan.paragraphs, plan.characters) = (sentences, paragraphs, characters)
          plan.names = names
        }
        let rules = Sample.requiring(
          names, sentences: sentences, maximumLength: maximumLength, limit)
        return Sample.write([rules], promptCount: 30, maximumLength: maximumLength) {
          limit(&$1)
        }
      }
      let answers = write(Self.names, maximumLength: 60)
      #expect(answers.shortfall == PassageShortfall())
      for passage in answers.sentences {
        let ended = passage.count(where: \.endsParagraph)
        #expect(ended <= paragraphs ?? .max && passage.count <= sentences ?? .max)
      }
      let name = [UInt8]("龘龘龘龘")
      let vain = write([[UInt8]("沈"), name], maximumLength: 5)
      #expect(vain.shortfall == PassageShortfall(names: Array(repeating: name, count: 30)))
    }
  }

  @Test("Of several answers to a prompt each is told that lacks a name")
  func alternatives() {
    let names = ["沈", "龘龘龘龘"].map { [UInt8]($0) }
    let rules = Sample.requiring(names, sentences: 1, maximumLength: 5)
    let answers = Sample.write([rules], promptCount: 4, atOnce: 12, maximumLength: 5) {
      $0.alternativeCount = 3
      ($1.sentences, $1.names) = (1, names)
    }
    #expect(answers.shortfall == PassageShortfall(names: Array(repeating: names[1], count: 12)))
  }

  /// Whether a name is made of whole tokens, but for what is no letter in them.
  private static func standsAlone(_ name: [UInt8], in sentence: WrittenSentence) -> Bool {
    let runs: [[UInt8]] = sentence.ids.flatMap { id in
      let text = Sample.vocabulary.text(of: id)
      guard let string = String(validating: text, as: UTF8.self) else { return [text] }
      var (runs, isInWord): ([[UInt8]], Bool) = ([], false)
      for character in string {
        let bytes = [UInt8](String(character))
        if isInWord, character.isLetter {
          runs[runs.count - 1] += bytes
        } else {
          runs.append(bytes)
        }
        isInWord = character.isLetter
      }
      return runs
    }
    return runs.indices.contains { start in
      var text: [UInt8] = []
      return runs[start...].contains { run in
        text += run
        return text == name
      }
    }
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
    try withFile("宝玉\na\\tb\n") { path in
      let error = #expect(throws: StreamError.self) { try NameList.read([path]) }
      #expect(error?.line == 2 && error?.column == 1)
      #expect(error?.reason.hasPrefix("a name with a control character") == true)
    }
    try withFile("宝玉\nMary Ann\n") { path in
      let error = #expect(throws: StreamError.self) { try NameList.read([path]) }
      #expect(error?.line == 2 && error?.column == 6)
    }
  }
}
