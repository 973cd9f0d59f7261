import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Decoding")
struct DecodingTests {
  @Test(
    "Step by step, targets have the probability that training gives them",
    arguments: ModelFamily.configurations)
  func steps(member: ModelFamily.Member) {
    let model = GradientTests.single(GradientTests.model(member.configuration))
    let batch = GradientTests.batch()
    let losses = model.losses(of: batch, arena: Arena())
    let decoder = SentenceDecoder(model, textCount: 5)
    // Text 4 is started first, in its place then others, so that rows move about.
    var texts = [4, 0, 2, 1]
    decoder.start(texts, sources: texts.indices.map { RollingSource(batch.sources[$0]) })
    for step in 0..<5 {
      let numbers = texts.map { [4: 0, 0: 1, 2: 2, 1: 3][$0] ?? 0 }
      let targets = numbers.map { Array(batch.targets[$0]) }
      let logits = decoder.step(texts, tokens: targets.map { step == 0 ? 2 : $0[step - 1] })
      for (row, number) in numbers.enumerated() {
        let total = (0..<logits.columns).reduce(0.0) { $0 + exp(Double(logits[row, $1])) }
        let loss = log(total) - Double(logits[row, Int(targets[row][step])])
        #expect(abs(loss - losses[number][step]) < 1e-5)
      }
      texts = zip(texts, targets).filter { $1.count > step + 1 }.map(\.0).reversed()
    }
    #expect(texts.isEmpty)
  }

  @Test("The weights of attention add up to one")
  func weights() {
    let model = GradientTests.trainable(seed: 9, size: 24)
    let decoder = SentenceDecoder(model, textCount: 1)
    decoder.start([0], sources: [RollingSource([261, 262, 263])])
    _ = decoder.step([0], tokens: [2])
    let weights = decoder.attention(row: 0)
    #expect(weights.count == 3)
    #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
  }

  @Test("A text has the same bits whatever else is written", arguments: PackingUse.decodingUses)
  func companions(use: PackingUse) {
    // Sizes at which kernels cut a sum into blocks, some not whole numbers of registers.
    let model = GradientTests.trainable(seed: 3, size: 270, vocabularySize: 1201)
    model.packingTasks(for: use).forEach { $0() }
    let sources = (0..<9).map { number in (0...(number * 2)).map { UInt32(261 + $0 + number) } }
    func logits(of texts: [Int]) -> [[Float]] {
      let decoder = SentenceDecoder(model, textCount: sources.count)
      decoder.start(texts, sources: texts.map { RollingSource(sources[$0]) })
      var result: [[Float]] = []
      for token in [2, 300, 1000] as [UInt32] {
        let rows = decoder.step(texts, tokens: texts.map { token + UInt32($0) })
        result = (0..<rows.rows).map { row in (0..<rows.columns).map { rows[row, $0] } }
      }
      return result
    }
    let together = logits(of: Array(sources.indices))
    for text in sources.indices { #expect(logits(of: [text])[0] == together[text]) }
    let some = logits(of: [7, 2, 5])
    for (row, text) in [7, 2, 5].enumerated() { #expect(some[row] == together[text]) }
  }

  static let chances: [Float] = [0.1, 0.4, 0.05, 0.25, 0.2].map { logf($0) }

  /// How often each token was chosen.
  static func frequencies(
    _ change: (inout Sampler) -> Void, forbidding forbidden: [Int] = []
  ) -> [Double] {
    var sampler = Sampler()
    change(&sampler)
    var chances = chances
    for id in forbidden { chances[id] = -.infinity }
    var generator = Philox(key: 5)
    var counts = [Double](repeating: 0, count: 5)
    for _ in 0..<20_000 {
      let id = chances.withUnsafeBufferPointer { sampler.choose(from: $0, using: &generator) }
      if let id { counts[Int(id)] += 1 / 20_000 }
    }
    return counts
  }

  static func agree(_ actual: [Double], _ expected: [Double]) -> Bool {
    zip(actual, expected).allSatisfy { abs($0 - $1) < 0.015 }
  }

  @Test("Tokens are drawn in proportion to their probability")
  func proportion() {
    #expect(Self.agree(Self.frequencies { _ in }, [0.1, 0.4, 0.05, 0.25, 0.2]))
  }

  @Test("Temperature ½ squares the proportions; 0 takes the likeliest")
  func temperature() {
    let squares = [0.01, 0.16, 0.0025, 0.0625, 0.04].map { $0 / 0.275 }
    #expect(Self.agree(Self.frequencies { $0.temperature = 0.5 }, squares))
    #expect(Self.frequencies { $0.temperature = 0 }[1] > 0.9999)
  }

  @Test("Top-k keeps the k likeliest")
  func topK() {
    let kept = [0, 0.4, 0, 0.25, 0.2].map { $0 / 0.85 }
    #expect(Self.agree(Self.frequencies { $0.topK = 3 }, kept))
    #expect(Self.frequencies { $0.topK = 1 }[1] > 0.9999)
  }

  @Test("Top-p keeps the fewest that reach p; 0 is greedy")
  func topP() {
    let kept = [0, 0.4, 0, 0.25, 0].map { $0 / 0.65 }
    #expect(Self.agree(Self.frequencies { $0.topP = 0.6 }, kept))
    #expect(
      Self.agree(Self.frequencies { $0.topP = 0.66 }, [0, 0.4, 0, 0.25, 0.2].map { $0 / 0.85 }))
    #expect(Self.frequencies { $0.topP = 0 }[1] > 0.9999)
    // Of the three likeliest, 0.85 together, the first is just short of half.
    let both = Self.frequencies {
      $0.topK = 3
      $0.topP = 0.5
    }
    #expect(Self.agree(both, [0, 0.4, 0, 0.25, 0].map { $0 / 0.65 }))
  }

  @Test("Paragraphs end as often as the model has it, whatever words are left out")
  func endsOfParagraphs() {
    // Of the two ends, 3 and 4, the rare one is never chosen itself.
    let logits: [Float] = [-.infinity, -.infinity, -.infinity, 0.8, 0.08, 0.12].map {
      $0 > 0 ? logf($0) : $0
    }
    var generator = Philox(key: 8)
    func share(_ change: (inout Sampler) -> Void, _ logits: [Float]) -> Double {
      var sampler = Sampler()
      change(&sampler)
      return logits.withUnsafeBufferPointer { logits in
        let ends = (0..<20_000).map { _ in sampler.kind(ofEnd: 3, from: logits, using: &generator) }
        return Double(ends.count { $0 == ReservedID.paragraph }) / 20_000
      }
    }
    #expect(abs(share({ $0.topP = 0.5 }, logits) - 1 / 11) < 0.01)
    #expect(abs(share({ $0.temperature = 0.5 }, logits) - 1 / 101) < 0.004)
    #expect(share({ $0.temperature = 0 }, logits) == 0)
    var forbidden = logits
    forbidden[4] = -.infinity
    #expect(share({ _ in }, forbidden) == 0)
  }

  @Test("What is forbidden is never drawn, and the others share its part")
  func forbidden() {
    let actual = Self.frequencies({ $0.topP = 0.99 }, forbidding: [1])
    #expect(Self.agree(actual, [0.1, 0, 0.05, 0.25, 0.2].map { $0 / 0.6 }))
  }

  @Test("Spelled bytes are whole characters of UTF-8 and nothing else")
  func spelling() {
    var generator = Philox(key: 3)
    for _ in 0..<2000 {
      var spelling = ByteSpelling()
      var bytes: [UInt8] = []
      repeat {
        let allowed = (ReservedID.bytes).filter(spelling.allows)
        let id = allowed[Int(generator.next() % UInt64(allowed.count))]
        bytes.append(UInt8(id - ReservedID.bytes.lowerBound))
        spelling.append(id)
        #expect(spelling.allows(300) == !spelling.isInsideCharacter)
      } while bytes.count < 6 || spelling.isInsideCharacter
      let text = String(validating: bytes, as: UTF8.self)
      #expect(text != nil)
      #expect(text?.unicodeScalars.contains { $0.properties.generalCategory == .control } == false)
    }
    // Every lead byte that can begin a character may.
    let first = ReservedID.bytes.filter(ByteSpelling().allows).count
    #expect(first == 95 + (0xF4 - 0xC2 + 1))
  }

  @Test(
    "Top-k and top-p keep the same of many tokens as sorting them does", arguments: [3, 40, 700])
  func manyTokens(count: Int) {
    var generator = Philox(key: 11)
    // Rounded, so that many are equal.
    let logits = (0..<count).map { _ in Float((generator.nextUnit() * 12).rounded() / 2) }
    let order = logits.indices.sorted { (-logits[$0], $0) < (-logits[$1], $1) }
    for (topK, topP) in [(0, 0.5), (0, 0.93), (7, 1.0), (count / 2, 0.8), (1, 0.9), (count, 0.2)] {
      var sampler = Sampler()
      (sampler.topK, sampler.topP) = (topK, topP)
      var kept = Array(topK > 0 ? order.prefix(topK) : order[...])
      let total = kept.reduce(0.0) { $0 + exp(Double(logits[$1])) }
      var reached = 0.0
      let end = kept.firstIndex {
        reached += exp(Double(logits[$0]))
        return reached >= topP * total * (1 - 1e-6)
      }
      kept = Array(kept[...(end ?? kept.count - 1)])
      var seen: Set<Int> = []
      for _ in 0..<min(20 * count, 1000) {
        let id = logits.withUnsafeBufferPointer { sampler.choose(from: $0, using: &generator) }
        if let id { seen.insert(Int(id)) }
      }
      #expect(seen.isSubset(of: kept))
      #expect(count > 100 || seen.count == kept.count, "\(topK) \(topP)")
    }
  }

  @Test("Where numbers are not finite, something that is allowed is chosen")
  func notFinite() {
    var generator = Philox(key: 1)
    for logits in [[-.infinity, .nan, .nan], [-.infinity, .infinity, 1], [.nan, -.infinity, 3]]
      as [[Float]]
    {
      var sampler = Sampler()
      let id = logits.withUnsafeBufferPointer { sampler.choose(from: $0, using: &generator) }
      #expect(id.map { logits[Int($0)] != -.infinity } == true)
    }
  }

  /// Writes passages with a small model.
  static func passages(
    after prompts: [Prompt], sentences: Int, seed: UInt64, atOnce: Int, maximumLength: Int = 20
  ) -> [[WrittenSentence]] {
    let model = GradientTests.trainable(seed: 2)
    model.packingTasks(for: .decoding).forEach { $0() }
    let writer = PassageWriter(
      SentenceDecoder(
        model, textCount: atOnce, reach: SourceReach(sentenceCount: 9, tokenCount: 4)),
      settings: WritingSettings(maximumLength: maximumLength, seed: seed))
    var result = [[WrittenSentence]](repeating: [], count: prompts.count)
    writer.write(after: prompts, sentences: sentences) { result[$0].append($1) }
    return result
  }

  @Test("A passage has no empty sentence, no reserved token, and keeps to the greatest length")
  func passage() {
    let sentences = Self.passages(
      after: [Prompt(source: [261, 4], number: 0)], sentences: 200, seed: 1, atOnce: 1,
      maximumLength: 6)[0]
    #expect(sentences.count == 200)
    for sentence in sentences {
      #expect(!sentence.ids.isEmpty)
      // A character that has begun may be finished.
      #expect(sentence.ids.count <= 9)
      #expect(sentence.ids.allSatisfy { $0 >= 5 })
    }
  }

  @Test("The same seed and prompt number give the same passage, others another")
  func seeds() {
    func passage(seed: UInt64, number: Int) -> [WrittenSentence] {
      Self.passages(
        after: [Prompt(source: [261], number: number)], sentences: 4, seed: seed, atOnce: 1)[0]
    }
    #expect(passage(seed: 1, number: 0) == passage(seed: 1, number: 0))
    #expect(passage(seed: 1, number: 0) != passage(seed: 2, number: 0))
    #expect(passage(seed: 1, number: 0) != passage(seed: 1, number: 1))
  }

  @Test("Passages do not depend on how many are written at a time", arguments: [2, 5, 16])
  func batches(atOnce: Int) {
    let prompts = (0..<11).map { number in
      Prompt(source: (0...(number % 4)).map { UInt32(261 + $0 + number % 3) }, number: number)
    }
    let alone = Self.passages(after: prompts, sentences: 3, seed: 5, atOnce: 1)
    #expect(alone.allSatisfy { $0.count == 3 })
    #expect(Self.passages(after: prompts, sentences: 3, seed: 5, atOnce: atOnce) == alone)
  }
}

extension PackingUse {
  static let decodingUses: [PackingUse] = [.decoding, .int8]
}
