import Glibc
import Kernels
import Seq2Seq
import Testing

/// Mirostat's limit, and the surprise that comes of it.
@Suite("Mirostat")
struct MirostatTests {
  @Test("The limit moves as worked out by hand")
  func steps() throws {
    let logits = [0.5, 0.25, 0.125, 0.125].map { logf($0) }
    var sampler = Sampler()
    sampler.mirostat = Mirostat(target: 1.25)
    #expect(sampler.mirostat?.limit == 2.5)
    // Of 1, 2, 3 and 3 bits the first two are left, with probabilities 2/3 and 1/3.
    var low = ForeseenGenerator(unit: 0.66)
    #expect(SamplingTests.draw(&sampler, logits, &low) == 0)
    let first = try #require(sampler.mirostat?.limit)
    #expect(abs(first - (2.5 - 0.1 * (0.584_963 - 1.25))) < 1e-5)
    var high = ForeseenGenerator(unit: 0.67)
    #expect(SamplingTests.draw(&sampler, logits, &high) == 1)
    let second = try #require(sampler.mirostat?.limit)
    #expect(abs(second - (first - 0.1 * (1.584_963 - 1.25))) < 1e-5)
    // However low the limit is, the likeliest is left.
    sampler.mirostat = Mirostat(target: 1e-9)
    #expect(SamplingTests.draw(&sampler, logits, &high) == 0)
  }

  @Test("The mean surprise of what a model writes is the target", arguments: [1.5, 2.5, 4.0])
  func meanSurprise(target: Double) throws {
    let model = GradientTests.trainable(seed: 5, size: 24, vocabularySize: 400)
    // Far from uniform, as a model is that has learned.
    for place in model.parameters.elements.indices { model.parameters.elements[place] *= 4 }
    let decoder = SentenceDecoder(model, textCount: 1)
    decoder.start([0], sources: [RollingSource([261, 262, 263])])
    var sampler = Sampler()
    sampler.mirostat = Mirostat(target: target)
    var (generator, last) = (Philox(key: 6), 2 as UInt32)
    var sum = 0.0
    for _ in 0..<2000 {
      let row = decoder.step([0], tokens: [last])
      let logits = (0..<row.columns).map { row[0, $0] }
      let limit = try #require(sampler.mirostat?.limit)
      let id = try #require(SamplingTests.draw(&sampler, logits, &generator))
      sum += Self.surprise(of: id, logits, limit: limit)
      last = UInt32(id)
    }
    #expect(abs(sum / 2000 - target) < 0.1, "\(sum / 2000) bits")
  }

  /// −log₂ of a token's part of those that surprise by no more than a limit, by sorting.
  private static func surprise(of id: Int, _ logits: [Float], limit: Double) -> Double {
    let total = logits.reduce(0) { $0 + exp(Double($1)) }
    let chances = logits.map { exp(Double($0)) / total }
    let sorted = chances.sorted(by: >)
    let left = sorted.prefix { -log2($0) <= limit }.reduce(0, +)
    return -log2(chances[id] / max(left, sorted[0]))
  }

  @Test("The limit goes on from sentence to sentence of a passage, and begins anew in another")
  func passages() {
    let model = FixedModel(vocabularySize: 300, textCount: 2)
    var settings = WritingSettings(maximumLength: 1000, seed: 4)
    settings.sampler.mirostat = Mirostat(target: 2.5, rate: 1)
    let prompts = [3, 8].map { Prompt(source: [270], number: $0) }
    var written = [[UInt32]](repeating: [], count: 2)
    PassageWriter(model, settings: settings).write(after: prompts, sentences: 12) {
      written[$0] += $1.ids
    }
    for (place, prompt) in prompts.enumerated() {
      var generator = Philox(
        key: settings.seed, stream: RandomStream.sampling(prompt: prompt.number))
      var (sampler, expected) = (settings.sampler, [UInt32]())
      for _ in 0..<12 {
        var length = 0
        while true {
          var logits = model.logits
          if length == 0 { (logits[3], logits[4]) = (-.infinity, -.infinity) }
          guard let id = SamplingTests.draw(&sampler, logits, &generator) else { break }
          guard id > 4 else {
            // Which of the two ends it is takes a number too.
            _ = logits.withUnsafeBufferPointer {
              sampler.kind(ofEnd: UInt32(id), from: $0, using: &generator)
            }
            break
          }
          expected.append(UInt32(id))
          length += 1
        }
      }
      #expect(written[place] == expected)
    }
  }
}
