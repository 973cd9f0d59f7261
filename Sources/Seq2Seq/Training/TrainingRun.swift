package import Kernels

/// One run of training, from the first update to the best model found.
package final class TrainingRun {
  private let trainer: Trainer
  private let plan: TrainingPlan
  private let training: PairList
  private let validation: PairList
  private let trainingTokens: Int
  private let validationTokens: Int
  private let order: BatchOrder
  private let best: BestModel
  /// What is evaluated to see whether parameters can be trusted where nothing is held out.
  private let probe: PairList
  /// The parameters to go back to: those of the last finite held-out loss, or the first.
  private let lastGood: ParameterBuffer<Float>
  private var lastGoodRecord = TrainingRecord()
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// Blocks of memory taken from the system for the activations so far.
  package var allocationCount: Int { trainer.allocationCount }

  /// Where the run stands.
  package private(set) var record = TrainingRecord()
  private var since = Since()
  private var nextValidation = 0.0
  /// The rates to come, after what they were lowered by on the way.
  package private(set) var learningRate: LearningRate
  /// Whether the run ended because the held-out loss had not fallen for long enough.
  package private(set) var hasStoppedEarly = false
  /// The record of the best held-out loss, or the last where nothing is held out.
  package var bestRecord: TrainingRecord? { best.record }

  /// What has been added up since the record before.
  private struct Since {
    var loss = 0.0
    var tokens = 0
    var seconds = 0.0
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - model: The model with its first parameters.
  ///   - plan: How long and with what settings.
  ///   - training: The pairs to train on; not empty.
  ///   - validation: The pairs held out; may be empty.
  ///   - pool: Who does the work.
  package init(
    _ model: Seq2Seq<Float>, plan: TrainingPlan, training: PairList, validation: PairList,
    pool: WorkerPool
  ) {
    self.plan = plan
    self.training = training
    self.validation = validation
    trainingTokens = training.tokenCount
    validationTokens = validation.tokenCount
    order = BatchOrder(training, size: plan.batchSize, seed: plan.seed)
    trainer = Trainer(
      model, dropout: plan.dropout, seed: plan.seed, settings: plan.optimizer,
      objective: plan.objective, averageDecay: plan.averageDecay, pool: pool)
    learningRate = plan.learningRate
    best = BestModel(model.parameters.list)
    probe = training.prefix(16)
    lastGood = ParameterBuffer(model.parameters.list)
    lastGood.copy(from: model.parameters)
    start = clock.now
    nextValidation = plan.validation.length
  }

  /// Trains until the plan is done or `shouldStop` says so, then puts the best parameters found
  /// back into the model.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked after every update.
  ///   - onUpdate: Called after every update.
  ///   - onRecord: Called with every held-out loss, and at the end.
  /// - Throws: What `onRecord` throws.
  package func run(
    shouldStop: () -> Bool, onUpdate: (TrainingRecord) -> Void,
    onRecord: (TrainingRecord) throws -> Void
  ) throws {
    var epoch = 0
    training: while true {
      for batches in order.groups(epoch: epoch, of: plan.optimizerDelay) {
        update(batches)
        onUpdate(record)
        if record.progress >= 1 || shouldStop() { break training }
        let position = plan.validation.position(of: record)
        if position >= nextValidation && isValidationWorthIt {
          try report(onRecord)
          hasStoppedEarly = plan.earlyStopping > 0 && best.staleCount >= plan.earlyStopping
          if hasStoppedEarly { break training }
          let interval = plan.validation.length
          nextValidation = ((position / interval).rounded(.down) + 1) * interval
        }
      }
      epoch += 1
    }
    if !hasStoppedEarly { try report(onRecord) }
    if bestRecord == nil { judgeLastGood() }
    trainer.restart(from: best.parameters)
  }

  private func update(_ batches: ArraySlice<[Int]>) {
    let began = clock.now
    let done = progress
    record.learningRate = learningRate.rate(update: record.updates + 1, progress: done)
    let report = trainer.update(
      batches, of: training, rate: record.learningRate, progress: done)
    record.updates += 1
    record.tokens += report.tokenCount
    record.epochs = Double(record.tokens) / Double(trainingTokens)
    record.gradientNorm = report.gradientNorm
    if report.isApplied {
      since.loss += report.loss
      since.tokens += report.tokenCount
    } else {
      record.skippedUpdates += 1
      learningRate.halve()
      if !report.loss.isFinite { goBack() }
    }
    since.seconds += (clock.now - began).seconds
    record.seconds = (clock.now - start).seconds
    record.progress = progress
    record.trainNatsPerToken = since.loss / Double(max(1, since.tokens))
    record.tokensPerSecond = Double(since.tokens) / max(since.seconds, 1e-9)
  }

  private func report(_ onRecord: (TrainingRecord) throws -> Void) throws {
    let loss = judge(&record)
    record.seconds = (clock.now - start).seconds
    if loss.isFinite && trainer.areParametersFinite {
      lastGood.copy(from: trainer.model.parameters)
      lastGoodRecord = record
      let isBest = best.consider(record, trainer.judgedParameters)
      if !isBest && learningRate.schedule == .plateau { learningRate.halve() }
    } else {
      best.reject()
      learningRate.halve()
      goBack()
    }
    try onRecord(record)
    since = Since()
  }

  /// Computes the held-out loss, if anything is held out.
  ///
  /// - Returns: That loss, or one of some training pairs.
  private func judge(_ record: inout TrainingRecord) -> Double {
    let evaluation = trainer.evaluate(
      validation.isEmpty ? probe : validation, maximumSourceLength: training.maximumLength)
    record.validation = validation.isEmpty ? nil : evaluation
    return evaluation.loss
  }

  private func goBack() {
    trainer.restart(from: lastGood)
    record.restorations += 1
  }

  /// Makes the parameters to go back to the best, for want of others.
  private func judgeLastGood() {
    trainer.restart(from: lastGood)
    _ = judge(&lastGoodRecord)
    _ = best.consider(lastGoodRecord, lastGood)
  }

  /// Whether a held-out loss would take no more than about a tenth of the time since the last.
  ///
  /// A token without its way back costs a third; an interval that was asked for is kept.
  private var isValidationWorthIt: Bool {
    guard case .share = plan.validation else { return true }
    return since.tokens > 3 * validationTokens
  }

  private var progress: Double {
    plan.progress(
      seconds: (clock.now - start).seconds, updates: record.updates,
      epochs: record.epochs)
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
