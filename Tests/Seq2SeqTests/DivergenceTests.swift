import Kernels
import Seq2Seq
import Testing

@Suite("Training with figures that are not finite")
struct DivergenceTests {
  /// So large that a step takes products out of the range of single precision.
  static let absurd = LearningRate(.constant, peak: 1e38, warmUp: 0)
  static let nothing = pairs([])

  @Test("An absurd learning rate ends with finite weights and a count", arguments: [false, true])
  func absurdRate(isHeldOut: Bool) throws {
    let outcome = try TrainingRunTests.run(
      TrainingRunTests.plan(updates: 12, rate: Self.absurd),
      heldOut: isHeldOut ? TrainingRunTests.contradiction : Self.nothing)
    let record = outcome.run.record
    #expect(record.updates == 12)
    #expect(record.skippedUpdates + record.restorations > 0)
    #expect(outcome.parameters.allSatisfy { $0.isFinite })
    #expect(outcome.run.learningRate.reducedPeak < 1e38)
    if isHeldOut { #expect(outcome.run.bestRecord?.validation?.loss.isFinite == true) }
  }

  @Test("If the only update did harm, the run ends with what it began with")
  func onlyBadUpdate() throws {
    var plan = TrainingRunTests.plan(updates: 1, rate: Self.absurd)
    plan.validation = .updates(1000)
    let outcome = try TrainingRunTests.run(plan)
    #expect(outcome.records.count == 1)
    #expect(outcome.run.bestRecord?.updates == 0)
    #expect(outcome.run.bestRecord?.validation?.loss.isFinite == true)
    let start = GradientTests.trainable(seed: 6, size: 16)
    #expect(outcome.parameters == Array(start.parameters.elements))
  }

  @Test("Poisoned parameters are set back to those of the last held-out loss, and learning goes on")
  func poison() throws {
    let rate = LearningRate(.constant, peak: 0.01, warmUp: 0)
    var plan = TrainingRunTests.plan(updates: 40, rate: rate)
    plan.validation = .updates(5)
    var before: [Float] = []
    var after: [Float] = []
    let outcome = try TrainingRunTests.run(plan, heldOut: TrainingRunTests.training) {
      update, parameters in
      if update == 15 { before = Array(parameters.elements) }
      if update == 17 { parameters.elements.update(repeating: .nan) }
      if update == 18 { after = Array(parameters.elements) }
    }
    let record = outcome.run.record
    #expect(record.skippedUpdates == 1 && record.restorations == 1)
    #expect(after == before)
    #expect(outcome.run.learningRate.reducedPeak == 0.005)
    #expect(outcome.losses.allSatisfy { $0.isFinite })
    try #require(outcome.losses.count == 8)
    #expect(outcome.losses[7] < outcome.losses[2] / 2, "learning goes on")
  }

  @Test("A held-out loss that is not finite sets the parameters back, and is never the best")
  func poisonBeforeTheHeldOutLoss() throws {
    let rate = LearningRate(.constant, peak: 0.01, warmUp: 0)
    var plan = TrainingRunTests.plan(updates: 4, rate: rate)
    plan.averageDecay = 0.5
    let outcome = try TrainingRunTests.run(plan, heldOut: TrainingRunTests.training) {
      update, parameters in
      if update >= 3 { parameters.elements.update(repeating: .nan) }
    }
    // The average knows nothing of the poison, but what it is an average of is seen to be bad.
    #expect(outcome.run.record.restorations == 2)
    #expect(outcome.run.record.skippedUpdates == 0)
    #expect(outcome.run.bestRecord?.updates == 2)
    #expect(outcome.parameters.allSatisfy { $0.isFinite })
  }

  @Test("With parameters that are bad from the start, the run ends all the same")
  func poisonedStart() throws {
    let model = GradientTests.trainable(seed: 6, size: 16)
    model.parameters.elements.update(repeating: .nan)
    let run = TrainingRun(
      model, plan: TrainingRunTests.plan(updates: 3, rate: Self.absurd),
      training: TrainingRunTests.training, validation: TrainingRunTests.contradiction,
      pool: WorkerPool(threadCount: 1))
    try run.run(shouldStop: { false }, onUpdate: { _ in }, onRecord: { _ in })
    #expect(run.record.skippedUpdates == 3)
    #expect(run.bestRecord?.updates == 0)
  }
}
