import Seq2Seq
import Testing
import TextStreams

@testable import Steering

@Suite("Where passages end, and given passages")
struct PassageTests {
  @Test("The first limit that is reached ends a passage, always at a sentence's end")
  func limits() {
    for (sentences, paragraphs, characters) in [
      (3, nil, nil), (nil, 1, nil), (nil, 3, nil), (nil, nil, 1), (nil, nil, 40), (6, 2, 60),
    ] as [(Int?, Int?, Int?)] {
      let answers = Sample.write([], promptCount: 60) { _, plan in
        (plan.sentences, plan.paragraphs, plan.characters) = (sentences, paragraphs, characters)
      }
      for passage in answers.sentences {
        func isReached(_ passage: some Collection<WrittenSentence>) -> Bool {
          let length = passage.reduce(0) { sum, sentence in
            sum + sentence.ids.reduce(0) { $0 + Sample.vocabulary.characterCount($1) }
          }
          return passage.count == sentences ?? .max
            || passage.count(where: \.endsParagraph) == paragraphs ?? .max
            || length >= characters ?? .max
        }
        #expect(isReached(passage) && !isReached(passage.dropLast()))
      }
    }
  }

  @Test("A passage ends before a string, whatever tokens it stands in")
  func stops() {
    let free = Sample.write([], promptCount: 300).texts
    let strings = ["沈青", "山贾宝", "b a", "沈"]
    for chosen in [Array(strings[..<1]), Array(strings[1...]), strings] {
      let stops = chosen.map { [UInt8]($0) }
      let answers = Sample.write([], promptCount: 300) { _, plan in
        plan.stops = StopStrings(stops, vocabulary: Sample.vocabulary)
      }
      var stopped = 0
      for (passage, whole) in zip(answers.texts, free) {
        #expect(!passage.contains { text in stops.contains(where: text.has) })
        let full = whole.prefix { text in !stops.contains(where: text.has) }
        #expect(passage.starts(with: full))
        guard full.count < whole.count else { continue }
        stopped += 1
        let next = whole[full.count]
        let end = next.indices.first { place in stops.contains { next[place...].starts(with: $0) } }
        #expect(passage.count == full.count + 1)
        #expect(passage.last == Array(next[..<(end ?? 0)]))
      }
      #expect(stopped > 20 && (chosen.contains("沈") || stopped < 300))
    }
  }

  @Test("What is left of a token keeps its attention")
  func attention() {
    var sentence = WrittenSentence(ids: Sample.ids("青", "山青贾", "玉"))
    sentence.attention = [[1], [2], [3], [4]]
    let stops = StopStrings([[UInt8]("贾玉")], vocabulary: Sample.vocabulary)
    let vocabulary = Sample.vocabulary(of: Sample.tokens + ["山青贾"])
    let cut = StopStrings([[UInt8]("贾玉")], vocabulary: vocabulary)
    sentence.ids[1] = UInt32(vocabulary.count - 1)
    let result = cut.cut(sentence)
    #expect(result.map { vocabulary.text(of: $0.ids) } == [UInt8]("青山青"))
    #expect(result?.attention.first == [1] && result?.attention.last == [2])
    #expect(result?.attention.count == result?.ids.count)
    #expect(stops.cut(WrittenSentence(ids: Sample.ids("贾", "宝"))) == nil)
  }

  @Test("Given passages are written as they are, with the probability that the model gives them")
  func forced() throws {
    let lines = "沈 青山\n<0xE9> <0xBE> <0x98> \\u{3000} \\\\\n\n龘 \\t \\xFF a\n\n沈\n宝玉 b"
    let passages = try withFile(lines) { path in
      try ForcedPassages(
        reading: InputFile(path: path), vocabulary: Sample.vocabulary, areLines: false)
    }
    #expect(passages.count == 3 && passages.lengths == [2, 1, 2])
    let answers = Sample.write([passages.processor], promptCount: 3) { settings, plan in
      settings.keepsLogProbability = true
      plan.sentencesOfPrompts = passages.lengths
    }
    let expected = [["沈青山", "龘\u{3000}\\"], ["龘\t?a"], ["沈", "宝玉b"]]
    for (passage, texts) in zip(answers.texts, expected) {
      #expect(
        passage.map { $0.map { $0 == 0xFF ? UInt8(ascii: "?") : $0 } } == texts.map { [UInt8]($0) })
    }
    #expect(
      answers.sentences.map { $0.map(\.ending) } == [
        [.sentence, .paragraph], [.paragraph], [.sentence, .sentence],
      ])
    #expect(answers.sentences.joined().allSatisfy { $0.logProbability < -1 })
    // The model's own choice has the same probability when it is given.
    let own = Sample.write([], promptCount: 1) { settings, plan in
      (settings.keepsLogProbability, plan.sentences) = (true, 1)
    }.sentences[0][0]
    let line = own.ids.map { String(decoding: Sample.vocabulary.tokenBytes($0), as: UTF8.self) }
    let text = line.joined(separator: " ") + (own.endsParagraph ? "\n\n" : "\n")
    let again = try withFile(text) { path in
      try ForcedPassages(
        reading: InputFile(path: path), vocabulary: Sample.vocabulary, areLines: false)
    }
    let given = Sample.write([again.processor], promptCount: 1) { settings, plan in
      (settings.keepsLogProbability, plan.sentences) = (true, 1)
    }.sentences[0][0]
    #expect(given == own)
  }

  @Test("Given passages are one for each prompt")
  func count() throws {
    let lines = try withFile("沈\n\n青") { path in
      try ForcedPassages(
        reading: InputFile(path: path), vocabulary: Sample.vocabulary, areLines: true)
    }
    #expect(lines.count == 3 && lines.lengths == [1, 1, 1])
    try lines.require(2)
    let error = #expect(throws: StreamError.self) { try lines.require(3) }
    #expect(error?.line == 4)
    try withFile("沈\n沈  青\n") { path in
      let error = #expect(throws: StreamError.self) {
        try ForcedPassages(
          reading: InputFile(path: path), vocabulary: Sample.vocabulary, areLines: true)
      }
      #expect(error?.line == 2 && error?.column == 5)
    }
  }

  @Test("A sentence that nothing may go on is broken off, and an empty one ends the passage")
  func stuck() {
    struct Bytes: LogitsProcessor {
      let bytes: [UInt32]
      func process(
        _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
      ) {
        let place = context.sentence.count
        for id in logits.indices where place >= bytes.count || id != Int(5 + bytes[place]) {
          logits[id] = -.infinity
        }
      }
    }
    let none = Sample.write([Bytes(bytes: [])], promptCount: 3).sentences
    #expect(none.allSatisfy { $0.count == 1 && $0[0].ids.isEmpty && $0[0].ending == .stuck })
    // What is begun of a character is taken back.
    let some = Sample.write([Bytes(bytes: [0x61, 0xE6, 0xB2])], promptCount: 3)
    #expect(some.texts.allSatisfy { $0 == Array(repeating: [0x61], count: 4) })
    let begun = Sample.write([Bytes(bytes: [0xE6, 0xB2])], promptCount: 3)
    #expect(begun.texts.allSatisfy { $0 == [[]] })
  }

  @Test("The same is written however many passages are written at a time", arguments: [1, 3, 40])
  func batches(atOnce: Int) {
    func write(_ atOnce: Int) -> Sample.Answers {
      let names = ["宝玉", "龘"].map { [UInt8]($0) }
      let words = [("沈", 2), ("青", -1), ("ab", -Float.infinity)].map {
        WordBiases.Word([UInt8]($0.0), bias: $0.1)
      }
      var rules: [any LogitsProcessor] = [
        SentenceBeginnings(prefix: [UInt8]("贾"), texts: Sample.texts)
      ]
      rules += WordBiases(words).processors(Sample.texts)
      rules.append(Sample.requiring(names, sentences: 4))
      return Sample.write(rules, promptCount: 40, atOnce: atOnce) { $1.names = names }
    }
    #expect(write(atOnce).sentences == write(8).sentences)
  }

  @Test("A first sentence that is broken off within what it should begin with is counted")
  func brokenPrefix() {
    let prefix = [UInt8]("沈龘龘龘")
    for (maximumLength, count) in [(5, 9), (60, 0)] {
      let answers = Sample.write(
        [SentenceBeginnings(prefix: prefix, texts: Sample.texts)], promptCount: 9,
        maximumLength: maximumLength
      ) { $1.prefix = prefix }
      #expect(answers.shortfall == PassageShortfall(prefixes: count))
      #expect(answers.texts.allSatisfy { $0[0].starts(with: prefix) == (count == 0) })
    }
  }

  @Test("A string to stop at may end a passage within what it should begin with, which is counted")
  func stoppedPrefix() {
    let prefix = [UInt8]("沈")
    let answers = Sample.write(
      [SentenceBeginnings(prefix: prefix, texts: Sample.texts)], promptCount: 60
    ) {
      $1.prefix = prefix
      $1.stops = StopStrings([[UInt8]("沈青")], vocabulary: Sample.vocabulary)
    }
    let stopped = answers.texts.count { !$0[0].starts(with: prefix) }
    #expect(stopped > 3 && stopped < 60)
    #expect(answers.shortfall == PassageShortfall(prefixes: stopped))
  }

  @Test("A character of an acrostic that is broken off is counted")
  func brokenAcrostic() {
    let characters = ["👨\u{200D}👩\u{200D}👧", "沈"].map { [UInt8]($0) }
    for (maximumLength, count) in [(5, 9), (60, 0)] {
      let answers = Sample.write(
        [SentenceBeginnings(acrostic: characters, texts: Sample.texts)], promptCount: 9,
        maximumLength: maximumLength
      ) { ($1.sentences, $1.beginnings) = (2, characters) }
      #expect(answers.shortfall == PassageShortfall(beginnings: count))
      #expect(answers.texts.allSatisfy { $0.count == 2 && $0[1].starts(with: characters[1]) })
      #expect(answers.texts.allSatisfy { $0[0].starts(with: characters[0]) == (count == 0) })
    }
  }

  @Test("A beam gives given text the score that the model gives it")
  func forcedBeam() throws {
    let passages = try withFile("沈 青山\n\n宝玉 b\n") { path in
      try ForcedPassages(
        reading: InputFile(path: path), vocabulary: Sample.vocabulary, areLines: false)
    }
    func write(_ beam: BeamSettings?) -> [WrittenSentence] {
      Sample.write([passages.processor], promptCount: 2, atOnce: 6) { settings, plan in
        (settings.keepsLogProbability, settings.beam) = (true, beam)
        plan.sentencesOfPrompts = passages.lengths
      }.sentences.flatMap(\.self)
    }
    var beam = BeamSettings(width: 3)
    beam.lengthPenalty = 0
    for (searched, drawn) in zip(write(beam), write(nil)) {
      #expect(searched.ids == drawn.ids && drawn.logProbability < -1)
      #expect(abs(searched.logProbability - drawn.logProbability) < 1e-5)
      #expect(abs(searched.score - drawn.logProbability) < 1e-5)
    }
  }
}
