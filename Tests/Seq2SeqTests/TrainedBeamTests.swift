import Kernels
import Seq2Seq
import Testing

@Suite("Beams of a trained model")
struct TrainedBeamTests {
  /// A model that learned a little of what follows a string: its reversal, some tokens changed.
  private static func model() -> Seq2Seq<Float> {
    var generator = Philox(key: 12)
    let documents = (0..<400).map { _ in
      let source = (0..<(2 + Int(generator.next() % 4))).map { _ in
        UInt32(261 + generator.next() % 8)
      }
      let target = source.reversed().map { id in
        generator.next() % 4 == 0 ? UInt32(261 + generator.next() % 8) : id
      }
      return [source, target]
    }
    let list = pairs(documents)
    let model = GradientTests.trainable(seed: 8, size: 24)
    let pool = WorkerPool(threadCount: 1)
    defer { pool.close() }
    let trainer = Trainer(
      model, dropout: DropoutRates(activations: 0), seed: 1, settings: Optimizer.Settings(),
      pool: pool)
    let order = BatchOrder(list, size: .pairs(20), seed: 1)
    for epoch in 0..<6 {
      for batch in order.batches(epoch: epoch) {
        _ = trainer.update(batch, of: list, rate: 0.01)
      }
    }
    return GradientTests.copy(of: model)
  }

  @Test("The sentences of a beam are likelier than those of the likeliest tokens")
  func mean() {
    let model = Self.model()
    func scores(_ change: (inout WritingSettings) -> Void) -> [Double] {
      var settings = WritingSettings(maximumLength: 40, seed: 1)
      settings.keepsLogProbability = true
      change(&settings)
      let writer = PassageWriter(
        SentenceDecoder(model, textCount: 64), settings: settings)
      let prompts = (0..<200).map { number in
        Prompt(
          source: (0..<(2 + number % 4)).map { UInt32(261 + (number / 4 + 3 * $0) % 8) },
          number: number)
      }
      var scores = [Double](repeating: 0, count: prompts.count)
      writer.write(after: prompts, sentences: 1) { prompt, sentence in
        #expect(sentence.ending != .cut)
        scores[prompt] = sentence.logProbability
      }
      return scores
    }
    func mean(_ width: Int) -> Double {
      scores {
        $0.beam = BeamSettings(width: width)
        $0.beam?.lengthPenalty = 0
      }.reduce(0, +) / 200
    }
    let greedy = scores { $0.sampler.temperature = 0 }.reduce(0, +) / 200
    #expect(abs(mean(1) - greedy) < 1e-5)
    let (four, ten) = (mean(4), mean(10))
    #expect(four > greedy + 1e-3 && ten >= four - 1e-6, "\(greedy) \(four) \(ten)")
  }
}
