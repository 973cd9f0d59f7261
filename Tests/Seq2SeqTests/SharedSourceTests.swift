import Kernels
import Seq2Seq
import Testing

@Suite("Texts that share a source")
struct SharedSourceTests {
  /// A decoder of several texts, and beside it what each text has read, to be decoded alone.
  private struct Twins {
    let model: Seq2Seq<Float>
    let decoder: SentenceDecoder
    var read: [Int: (source: [UInt32], tokens: [UInt32])] = [:]

    init(_ model: Seq2Seq<Float>, textCount: Int) {
      self.model = model
      decoder = SentenceDecoder(model, textCount: textCount)
    }

    mutating func start(_ text: Int, source: [UInt32]) {
      decoder.start([text], sources: [RollingSource(source)])
      read[text] = (source, [])
    }

    mutating func copy(_ from: Int, to others: [Int]) {
      decoder.copy(others.map { TextCopy(from: from, to: $0) })
      for other in others { read[other] = read[from] }
    }

    /// Advances texts, and compares them with each decoded alone.
    mutating func step(_ texts: [Int], tokens: [UInt32]) {
      let logits = decoder.step(texts, tokens: tokens)
      for (row, (text, token)) in zip(texts, tokens).enumerated() {
        read[text]?.tokens.append(token)
        guard let (source, tokens) = read[text] else { continue }
        let alone = SentenceDecoder(model, textCount: 1)
        alone.start([0], sources: [RollingSource(source)])
        var expected = logits
        for token in tokens { expected = alone.step([0], tokens: [token]) }
        let difference = (0..<logits.columns).reduce(Float(0)) {
          max($0, abs(logits[row, $1] - expected[0, $1]))
        }
        #expect(difference < 1e-5, "text \(text) after \(tokens)")
        let (weights, other) = (decoder.attention(row: row), alone.attention(row: 0))
        #expect(weights.count == other.count)
        #expect(zip(weights, other).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
  }

  @Test(
    "They write what they would alone, whatever becomes of the others",
    arguments: ModelFamily.configurations)
  func sharing(member: ModelFamily.Member) {
    let model = GradientTests.single(GradientTests.model(member.configuration))
    model.packingTasks(for: .decoding).forEach { $0() }
    var twins = Twins(model, textCount: 4)
    twins.start(1, source: [261, 262, 4])
    twins.step([1], tokens: [2])
    twins.copy(1, to: [0, 3])
    twins.step([3, 0, 1], tokens: [263, 264, 265])
    // One begins anew while the others go on, with a source too long for the room there was, if
    // the attention reads such.
    let length = member.configuration.attention == .location ? 20 : 50
    twins.start(1, source: (0..<length).map { UInt32(261 + $0 % 7) })
    twins.step([0, 1, 3], tokens: [266, 2, 267])
    twins.copy(1, to: [2])
    twins.copy(3, to: [1])
    twins.step([0, 1, 2, 3], tokens: [261, 262, 263, 264])
    // All go back to one, and then each has its own.
    twins.copy(2, to: [0, 1, 3])
    twins.step([0, 1, 2, 3], tokens: [265, 266, 267, 268])
    for text in 0..<4 {
      twins.start(text, source: (0...text).map { UInt32(262 + $0) })
      twins.step([text], tokens: [2])
    }
    twins.step([3, 2, 1, 0], tokens: [261, 262, 263, 264])
  }

  /// Writes passages with a small model and a beam.
  private static func passages(
    _ beam: BeamSettings, atOnce: Int, alternatives: Int
  ) -> [[[WrittenSentence]]] {
    let model = GradientTests.trainable(seed: 2)
    model.packingTasks(for: .decoding).forEach { $0() }
    var settings = WritingSettings(maximumLength: 12, seed: 5)
    settings.beam = beam
    settings.alternativeCount = alternatives
    settings.keepsAttention = true
    let writer = PassageWriter(
      SentenceDecoder(
        model, textCount: atOnce * beam.width,
        reach: SourceReach(sentenceCount: 9, tokenCount: 4)),
      settings: settings)
    let prompts = (0..<7).map { number in
      Prompt(source: (0...(number % 4)).map { UInt32(261 + $0 + number % 3) }, number: number)
    }
    return writer.alternatives(after: prompts, sentences: 3)
  }

  static let beams: [BeamSettings] = {
    var beams = [BeamSettings(width: 4), BeamSettings(width: 4), BeamSettings(width: 4)]
    (beams[1].groupCount, beams[1].diversityPenalty) = (2, 1)
    beams[1].coveragePenalty = 0.3
    beams[2].isStochastic = true
    return beams
  }()

  @Test("What a beam finds does not depend on what else is written", arguments: beams)
  func companions(beam: BeamSettings) {
    let alone = Self.passages(beam, atOnce: 1, alternatives: 3)
    #expect(alone.allSatisfy { $0.count == 3 && $0.allSatisfy { (1...3).contains($0.count) } })
    #expect(Self.passages(beam, atOnce: 2, alternatives: 3) == alone)
    #expect(Self.passages(beam, atOnce: 5, alternatives: 3) == alone)
  }

  @Test("A row of attention for each token and the end, which adds up to one", arguments: beams)
  func attention(beam: BeamSettings) {
    for sentence in Self.passages(beam, atOnce: 3, alternatives: 2).joined().joined() {
      let isCut = sentence.ending == .cut
      #expect(sentence.attention.count == sentence.ids.count + (isCut ? 0 : 1))
      for weights in sentence.attention {
        #expect((1...4).contains(weights.count))
        #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
      }
    }
  }
}
