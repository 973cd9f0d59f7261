import Kernels
import Seq2Seq
import Testing

@Suite("Runs of training")
struct TrainingRunTests {
  /// A text in which each of two tokens follows the other.
  static let training = pairs([(0..<100).map { n in [UInt32(261 + n % 2)] }])
  /// It contradicts the training text, so that learning that makes things worse.
  static let contradiction = pairs([[[261], [261], [262], [262], [262], [261]]])

  /// A plan with a held-out loss after each of its updates.
  static func plan(updates: Int, rate: LearningRate) -> TrainingPlan {
    var plan = TrainingPlan()
    plan.updates = updates
    plan.batchSize = .pairs(16)
    plan.learningRate = rate
    plan.validation = .updates(1)
    return plan
  }

  /// What a run did.
  struct Outcome {
    let run: TrainingRun
    let records: [TrainingRecord]
    let parameters: [Float]

    var losses: [Double] { records.map { $0.validation?.loss ?? .infinity } }
    /// Of each held-out loss, whether none before was as low.
    var areBest: [Bool] {
      losses.indices.map { place in losses[..<place].allSatisfy { losses[place] < $0 } }
    }
  }

  /// Trains a small model; `meddle` may change its parameters after each update.
  static func run(
    _ plan: TrainingPlan, heldOut: PairList = contradiction, size: Int = 16,
    meddle: (Int, ParameterBuffer<Float>) -> Void = { _, _ in }
  ) throws -> Outcome {
    let model = GradientTests.trainable(seed: 6, size: size)
    let run = TrainingRun(
      model, plan: plan, training: training, validation: heldOut, pool: WorkerPool(threadCount: 1))
    var records: [TrainingRecord] = []
    try run.run(
      shouldStop: { false }, onUpdate: { meddle($0.updates, model.parameters) },
      onRecord: { records.append($0) })
    return Outcome(run: run, records: records, parameters: Array(model.parameters.elements))
  }

  @Test("Stops after so many held-out losses without a new best, with the best")
  func earlyStopping() throws {
    var plan = Self.plan(updates: 150, rate: LearningRate(.constant, peak: 0.02, warmUp: 0))
    plan.earlyStopping = 3
    let outcome = try Self.run(plan)
    #expect(outcome.run.hasStoppedEarly && outcome.records.count < 150)
    #expect(outcome.areBest.suffix(4) == [true, false, false, false])
    #expect(outcome.run.bestRecord?.updates == outcome.records.count - 3)
    for place in 2..<(outcome.areBest.count - 1) {
      #expect(outcome.areBest[(place - 2)...place].contains(true), "it did not stop before")
    }
  }

  @Test("On a plateau the rate halves with every held-out loss that is no new best")
  func plateau() throws {
    let rate = LearningRate(.plateau, peak: 0.02, warmUp: 0)
    let outcome = try Self.run(Self.plan(updates: 30, rate: rate))
    #expect(!outcome.run.hasStoppedEarly && outcome.records.count == 30)
    var expected = 0.02
    for (record, isBest) in zip(outcome.records, outcome.areBest) {
      #expect(record.learningRate == expected)
      if !isBest { expected /= 2 }
    }
    #expect(expected < 0.02)
  }

  @Test("Batches that share an update equal one large batch")
  func optimizerDelay() {
    let list = pairs([(0..<31).map { n in (0...(n % 5)).map { UInt32(261 + (n + $0) % 9) } }])
    var settings = Optimizer.Settings()
    settings.method = .gradientDescent(GradientDescent(momentum: 0))
    func result(_ batches: [[Int]]) -> (Trainer.Report, [Float]) {
      let model = GradientTests.trainable(seed: 7)
      let trainer = Trainer(
        model, dropout: DropoutRates(activations: 0), seed: 1, settings: settings,
        pool: WorkerPool(threadCount: 1))
      let report = trainer.update(batches, of: list, rate: 0.5)
      return (report, Array(model.parameters.elements))
    }
    let (whole, expected) = result([Array(0..<30)])
    let (parts, actual) = result([Array(0..<10), Array(10..<20), Array(20..<30)])
    #expect(parts.tokenCount == whole.tokenCount)
    #expect(abs(parts.loss - whole.loss) < 1e-4)
    #expect(abs(parts.gradientNorm - whole.gradientNorm) < 1e-5)
    #expect(zip(actual, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(result([Array(0..<10)]).1 != expected)
  }

  @Test("Every batch of a group has dropout masks of its own")
  func dropoutOfGroups() {
    let model = GradientTests.trainable(seed: 7)
    let trainer = Trainer(
      model, dropout: DropoutRates(activations: 0.5), seed: 1, settings: Optimizer.Settings(),
      pool: WorkerPool(threadCount: 1))
    let once = trainer.update([Array(0..<8)], of: Self.training, rate: 0).loss
    let twice = trainer.update([Array(0..<8), Array(0..<8)], of: Self.training, rate: 0).loss
    #expect(abs(twice - 2 * once) > 1e-3)
  }

  @Test("An epoch's batches go together in groups, the last with what is left")
  func groups() {
    let order = BatchOrder(Self.training, size: .pairs(8), seed: 1)
    let batches = order.batches(epoch: 3)
    let groups = order.groups(epoch: 3, of: 5)
    #expect(groups.map(\.count) == [5, 5, 3])
    #expect(groups.flatMap(Array.init) == batches)
  }
}
