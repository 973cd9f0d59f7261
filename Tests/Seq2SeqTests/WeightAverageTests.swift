import Kernels
import Seq2Seq
import Testing

@Suite("The moving average of the parameters")
struct WeightAverageTests {
  @Test("It follows its equation, from the first update on")
  func equation() {
    let model = GradientTests.trainable(seed: 7)
    let trainer = Trainer(
      model, dropout: DropoutRates(activations: 0), seed: 1, settings: Optimizer.Settings(),
      averageDecay: 0.2,
      pool: WorkerPool(threadCount: 1))
    var expected = model.parameters.elements.map(Double.init)
    for decay in [2.0 / 11, 0.2, 0.2] {
      _ = trainer.update(Array(0..<8), of: TrainingRunTests.training, rate: 0.05)
      for (index, value) in model.parameters.elements.enumerated() {
        expected[index] = decay * expected[index] + (1 - decay) * Double(value)
      }
    }
    let average = trainer.judgedParameters
    #expect(zip(average.elements, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    #expect(zip(average.elements, model.parameters.elements).contains { abs($0 - $1) > 1e-3 })
  }

  @Test("It is what is judged and what is kept")
  func kept() throws {
    let rate = LearningRate(.constant, peak: 0.02, warmUp: 0)
    var plan = TrainingRunTests.plan(updates: 20, rate: rate)
    let plain = try TrainingRunTests.run(plan, heldOut: TrainingRunTests.training)
    plan.averageDecay = 0.99
    let model = GradientTests.trainable(seed: 6, size: 16)
    let pool = WorkerPool(threadCount: 1)
    let run = TrainingRun(
      model, plan: plan, training: TrainingRunTests.training,
      validation: TrainingRunTests.training, pool: pool)
    try run.run(shouldStop: { false }, onUpdate: { _ in }, onRecord: { _ in })
    let kept = Evaluation(
      of: GradientTests.copy(of: model), on: TrainingRunTests.training, pool: pool,
      arenas: [Arena()], maximumSourceLength: 10)
    let judged = try #require(run.bestRecord?.validation?.loss)
    #expect(abs(kept.loss - judged) < 1e-3)
    #expect(abs(judged - (plain.run.bestRecord?.validation?.loss ?? judged)) > 1e-2)
  }
}
