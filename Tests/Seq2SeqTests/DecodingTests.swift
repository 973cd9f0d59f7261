import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Decoding")
struct DecodingTests {
  @Test("Step by step, a target has the probability that training gives it")
  func steps() {
    let model = GradientTests.trainable(seed: 9, size: 24)
    let (source, target): ([UInt32], [UInt32]) = ([261, 262, 263], [264, 265, 4, 3])
    var batch = Batch()
    batch.append(source: source, target: target)
    let losses = model.losses(of: batch, arena: Arena())[0]
    let decoder = SentenceDecoder(model)
    var state = decoder.start(source: source)
    for (previous, (token, loss)) in zip([2] + target, zip(target, losses)) {
      let chances = decoder.step([previous], &state)
      #expect(abs(Double(-chances[Int(token)]) - loss) < 1e-5)
      #expect(abs(state.attention.reduce(0, +) - 1) < 1e-5)
    }
  }

  static let chances: [Float] = [0.1, 0.4, 0.05, 0.25, 0.2].map { logf($0) }

  /// How often each token was chosen.
  static func frequencies(
    _ change: (inout Sampler) -> Void, where isAllowed: (UInt32) -> Bool = { _ in true }
  ) -> [Double] {
    var sampler = Sampler()
    change(&sampler)
    var generator = Philox(key: 5)
    var counts = [Double](repeating: 0, count: 5)
    for _ in 0..<20_000 {
      let id = sampler.choose(from: chances, where: isAllowed, using: &generator)
      counts[Int(id)] += 1 / 20_000
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

  @Test("What is forbidden is never drawn, and the others share its part")
  func forbidden() {
    let actual = Self.frequencies({ $0.topP = 0.99 }, where: { $0 != 1 })
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

  @Test("A passage has no empty sentence, no reserved token, and keeps to the greatest length")
  func passage() {
    let decoder = SentenceDecoder(GradientTests.trainable(seed: 2))
    var writer = PassageWriter(
      after: [261, 4], model: decoder, sampler: Sampler(), maximumLength: 6,
      maximumSourceLength: 4, seed: 1, number: 0)
    for _ in 0..<200 {
      let sentence = writer.next()
      #expect(!sentence.ids.isEmpty)
      // A character that has begun may be finished.
      #expect(sentence.ids.count <= 9)
      #expect(sentence.ids.allSatisfy { $0 >= 5 })
    }
  }

  @Test("The same seed and prompt number give the same passage, others another")
  func seeds() {
    let decoder = SentenceDecoder(GradientTests.trainable(seed: 2))
    func passage(seed: UInt64, number: Int) -> [WrittenSentence] {
      var writer = PassageWriter(
        after: [261], model: decoder, sampler: Sampler(), maximumLength: 20,
        maximumSourceLength: 20, seed: seed, number: number)
      return (0..<4).map { _ in writer.next() }
    }
    #expect(passage(seed: 1, number: 0) == passage(seed: 1, number: 0))
    #expect(passage(seed: 1, number: 0) != passage(seed: 2, number: 0))
    #expect(passage(seed: 1, number: 0) != passage(seed: 1, number: 1))
  }
}
