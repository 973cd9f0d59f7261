import Kernels
import Seq2Seq
import Testing

@Suite("The reversal task")
struct ReversalTaskTests {
  @Test("A small model learns to write strings backwards, which needs source, state and attention")
  func reversal() {
    var generator = Philox(key: 11)
    func string() -> [UInt32] {
      (0..<(3 + Int(generator.next() % 4))).map { _ in UInt32(261 + generator.next() % 8) }
    }
    // Every string is its own document, followed by its reversal.
    let documents = (0..<1600).map { _ in
      let source = string()
      return [source, Array(source.reversed())]
    }
    let list = pairs(documents)
    let model = GradientTests.trainable(seed: 8, size: 48)
    let pool = WorkerPool(threadCount: 2)
    defer { pool.close() }
    let trainer = Trainer(
      model, dropout: DropoutRates(activations: 0), seed: 1, settings: Optimizer.Settings(),
      pool: pool)
    let order = BatchOrder(list, size: .pairs(32), seed: 1)
    for epoch in 0..<16 {
      for batch in order.batches(epoch: epoch) {
        _ = trainer.update(batch, of: list, rate: epoch < 12 ? 0.01 : 0.002)
      }
    }
    var settings = WritingSettings(maximumLength: 20, seed: 1)
    settings.sampler.temperature = 0
    let writer = PassageWriter(
      SentenceDecoder(GradientTests.copy(of: model), textCount: 8), settings: settings)
    let prompts = (0..<50).map { Prompt(source: string(), number: $0) }
    var right = 0
    writer.write(after: prompts, sentences: 1) { prompt, sentence in
      if sentence.ids == prompts[prompt].source.ids.reversed() { right += 1 }
    }
    #expect(right >= 45, "\(right) of 50 new strings were reversed")
  }
}
