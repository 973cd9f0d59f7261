import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Beam search")
struct BeamSearchTests {
  static func settings(
    width: Int, alternatives: Int = 1, maximumLength: Int = 4,
    _ change: (inout BeamSettings) -> Void = { _ in }
  ) -> WritingSettings {
    var settings = WritingSettings(maximumLength: maximumLength, seed: 1)
    var beam = BeamSettings(width: width)
    change(&beam)
    (settings.beam, settings.alternativeCount) = (beam, alternatives)
    return settings
  }

  static let sources: [[UInt32]] = (0..<12).map { (number: UInt32) in
    [261 + number % 3, 261 + number / 3]
  }

  /// All sentences there are, with ln p of the likelier end, by the plain sum of ln p.
  static func allSentences(
    source: [UInt32], maximumLength: Int
  ) -> [(ids: [UInt32], logProbability: Double)] {
    var found: [(ids: [UInt32], logProbability: Double)] = []
    func extend(_ ids: [UInt32], _ sum: Double) {
      let chances = ScriptedModel.arbitrary(.init(source: source, sentence: ids))
      func gain(_ id: UInt32) -> Double { chances[id].map { log($0) } ?? -.infinity }
      if !ids.isEmpty { found.append((ids, sum + max(gain(3), gain(4)))) }
      guard ids.count < maximumLength else { return }
      for id in [261, 262, 263] as [UInt32] { extend(ids + [id], sum + gain(id)) }
    }
    extend([], 0)
    return found
  }

  @Test("A beam as wide as there are sentences finds the best of all", arguments: [0, 0.6, 1.7])
  func exhaustive(lengthPenalty: Double) {
    for source in Self.sources {
      let all = Self.allSentences(source: source, maximumLength: 4)
      #expect(all.count == 3 + 9 + 27 + 81)
      let expected = all.map {
        (ids: $0.ids, score: $0.logProbability / pow(Double(6 + $0.ids.count) / 6, lengthPenalty))
      }.sorted { $0.score > $1.score }.prefix(20)
      let settings = Self.settings(width: 200, alternatives: 20) {
        $0.lengthPenalty = lengthPenalty
      }
      let found = ScriptedModel.write(after: [source], settings: settings)[0][0]
      #expect(found.map(\.ids) == expected.map(\.ids))
      for (sentence, best) in zip(found, expected) {
        #expect(abs(sentence.score - best.score) < 1e-5)
      }
    }
  }

  @Test("No beam finds better sentences than the widest")
  func widths() {
    func scores(width: Int) -> [Double] {
      let settings = Self.settings(width: width) { $0.lengthPenalty = 0 }
      return ScriptedModel.write(after: Self.sources, settings: settings).map { $0[0][0].score }
    }
    let best = scores(width: 200)
    for width in [1, 2, 5] {
      #expect(zip(scores(width: width), best).allSatisfy { $0 <= $1 + 1e-6 })
    }
    #expect(best.reduce(0, +) > scores(width: 1).reduce(0, +) + 0.1)
  }

  @Test("The score is ln p over the length penalty, and ln p is the model's")
  func scores() {
    let settings = Self.settings(width: 6, alternatives: 6)
    for (source, found) in zip(
      Self.sources, ScriptedModel.write(after: Self.sources, settings: settings))
    {
      let all = Self.allSentences(source: source, maximumLength: 4)
      #expect(found[0].map(\.score) == found[0].map(\.score).sorted(by: >))
      #expect(Set(found[0].map(\.ids)).count == found[0].count)
      for sentence in found[0] where sentence.ending != .cut {
        let expected = all.first { $0.ids == sentence.ids }?.logProbability ?? 0
        #expect(abs(sentence.logProbability - expected) < 1e-5)
        let penalty = pow(Double(6 + sentence.ids.count) / 6, 0.6)
        #expect(abs(sentence.score - expected / penalty) < 1e-5)
      }
    }
  }

  @Test(
    "A beam of one takes the likeliest tokens, byte for byte of the model's own",
    arguments: [3, 7, 11])
  func greedy(seed: UInt64) {
    let model = GradientTests.trainable(seed: seed, size: 12)
    model.packingTasks(for: .decoding).forEach { $0() }
    func passages(_ change: (inout WritingSettings) -> Void) -> [[[UInt32]]] {
      var settings = WritingSettings(maximumLength: 12, seed: 1)
      change(&settings)
      let writer = PassageWriter(SentenceDecoder(model, textCount: 3), settings: settings)
      var result = [[[UInt32]]](repeating: [], count: 5)
      let prompts = (0..<5).map { Prompt(source: [UInt32(261 + $0)], number: $0) }
      writer.write(after: prompts, sentences: 4) { prompt, sentence in
        result[prompt].append(sentence.ids + [sentence.endsParagraph ? 4 : 3])
      }
      return result
    }
    let likeliest = passages { $0.sampler.temperature = 0 }
    #expect(passages { $0.beam = BeamSettings(width: 1) } == likeliest)
    #expect(passages { $0.beam = BeamSettings(width: 3) } != likeliest)
  }

  /// Forbids a token and makes another likelier.
  private struct Meddler: LogitsProcessor {
    func process(
      _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
    ) {
      logits[261] = -.infinity
      // Once it stands at the second place it is not likelier any more.
      if context.sentence.count != 2 { logits[262] += 1 }
    }
  }

  @Test("Processors change what is found and its score, not its ln p")
  func processors() {
    var settings = Self.settings(width: 4, alternatives: 4)
    settings.processors = [Meddler()]
    for (source, found) in zip(
      Self.sources, ScriptedModel.write(after: Self.sources, settings: settings))
    {
      let all = Self.allSentences(source: source, maximumLength: 4)
      for sentence in found[0] where sentence.ending != .cut {
        #expect(!sentence.ids.contains(261))
        let expected = all.first { $0.ids == sentence.ids }?.logProbability ?? 0
        #expect(abs(sentence.logProbability - expected) < 1e-5)
        let added = sentence.ids.enumerated().count { $0 != 2 && $1 == 262 }
        let penalty = pow(Double(6 + sentence.ids.count) / 6, 0.6)
        #expect(abs(sentence.score - (expected + Double(added)) / penalty) < 1e-5)
      }
    }
  }

  @Test("No more is searched when enough are finished and none that goes on is better")
  func stopping() {
    // “A” and “B” end at once; what goes on from them is hopeless.
    func chances(_ text: ScriptedModel.Text) -> [UInt32: Double] {
      text.sentence.isEmpty ? [261: 0.6, 262: 0.4] : [3: 0.98, 261: 0.01, 262: 0.01]
    }
    let settings = Self.settings(width: 2, maximumLength: 50)
    let model = ScriptedModel(textCount: 2, chances: chances)
    PassageWriter(model, settings: settings)
      .write(after: [Prompt(source: [261], number: 0)], sentences: 1) { _, sentence in
        #expect(sentence.ids == [261])
      }
    #expect(model.stepCount == 2)
    // Here a single one is finished when “AC” is yet to end.
    func patient(_ text: ScriptedModel.Text) -> [UInt32: Double] {
      switch text.sentence {
      case []: [261: 0.5, 262: 0.5]
      case [261]: [3: 0.2, 4: 0.2, 263: 0.6]
      case [262]: [3: 0.9, 261: 0.1]
      case [261, 263]: [3: 1]
      default: [3: 1]
      }
    }
    let found = ScriptedModel.write(after: [[261]], settings: settings, chances: patient)[0][0]
    #expect(found[0].ids == [262])
    let long = Self.settings(width: 2, maximumLength: 50) { $0.lengthPenalty = 8 }
    #expect(
      ScriptedModel.write(after: [[261]], settings: long, chances: patient)[0][0][0].ids
        == [261, 263])
  }

  @Test("Where nothing is allowed the search ends")
  func nothing() {
    for chances in [[:], [261: Double.nan], [261: .infinity]] as [[UInt32: Double]] {
      let found = ScriptedModel.write(
        after: [[261]], settings: Self.settings(width: 3, maximumLength: 3),
        chances: { $0.sentence.isEmpty ? chances : [:] })
      #expect(found[0].count == 1 && found[0][0].count == 1)
      #expect(found[0][0][0].score.isNaN == false)
    }
  }

  @Test("The coverage penalty: b·Σ ln min(Σ a, 1)")
  func coverage() {
    // Both cover the first token of the source with 0.5 at each of two steps; B the second too.
    func attention(_ text: ScriptedModel.Text) -> [Float] {
      text.sentence.first == 262 ? [0, 1] : [0.5, 0]
    }
    func chances(_ text: ScriptedModel.Text) -> [UInt32: Double] {
      text.sentence.isEmpty ? [261: 0.75, 262: 0.25] : [3: 1]
    }
    func found(_ penalty: Double) -> [WrittenSentence] {
      let settings = Self.settings(width: 2, alternatives: 2) {
        ($0.lengthPenalty, $0.coveragePenalty) = (1, penalty)
      }
      return ScriptedModel.write(
        after: [[261, 262]], settings: settings, attention: attention, chances: chances)[0][0]
    }
    #expect(found(0).map(\.ids) == [[261], [262]])
    let covered = found(0.2)
    // A: [0.5 + 0.5, 0], of which nothing counts like a millionth. B: [0.5 + 0, 0 + 1].
    #expect(covered.map(\.ids) == [[262], [261]])
    #expect(abs(covered[0].score - (log(0.25) * 6 / 7 + 0.2 * log(0.5))) < 1e-5)
    #expect(abs(covered[1].score - (log(0.75) * 6 / 7 + 0.2 * log(1e-6))) < 1e-4)
  }

  @Test("Groups write different sentences; without a penalty the same")
  func groups() {
    let alike = ScriptedModel.write(
      after: Self.sources,
      settings: Self.settings(width: 6, alternatives: 6) { $0.groupCount = 3 })
    let narrow = ScriptedModel.write(
      after: Self.sources, settings: Self.settings(width: 2, alternatives: 2))
    func texts(_ found: [[[WrittenSentence]]]) -> [[UInt32]] { found.joined().joined().map(\.ids) }
    #expect(texts(alike) == texts(narrow))
    let settings = Self.settings(width: 3, alternatives: 3) {
      ($0.groupCount, $0.diversityPenalty) = (3, 50)
    }
    for (source, found) in zip(
      Self.sources, ScriptedModel.write(after: Self.sources, settings: settings))
    {
      #expect(Set(found[0].map { $0.ids[0] }).count == 3, "each has a first token of its own")
      let all = Self.allSentences(source: source, maximumLength: 4)
      for sentence in found[0] where sentence.ending == .sentence {
        // The penalty has no part in the score.
        let chances = ScriptedModel.arbitrary(.init(source: source, sentence: sentence.ids))
        let best = all.first { $0.ids == sentence.ids }?.logProbability ?? 0
        let likelier = max(chances[3] ?? 0, chances[4] ?? 0)
        let expected = best + log((chances[3] ?? 0) / likelier)
        let score = expected / pow(Double(6 + sentence.ids.count) / 6, 0.6)
        #expect(abs(sentence.score - score) < 1e-5)
      }
    }
  }
}
