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
  private let best: ParameterBuffer<Float>
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// Blocks of memory taken from the system for the activations so far.
  package var allocationCount: Int { trainer.allocationCount }

  /// Where the run stands.
  package private(set) var record = TrainingRecord()
  private var since = Since()
  private var nextValidation = 0.0
  /// The record of the best held-out loss, or the last where nothing is held out.
  package private(set) var bestRecord: TrainingRecord?

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
      model, dropoutRate: plan.dropoutRate, seed: plan.seed,
      settings: plan.optimizer, objective: plan.objective, pool: pool)
    best = ParameterBuffer(model.parameters.list)
    start = clock.now
    nextValidation = interval
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
      for batch in order.batches(epoch: epoch) {
        update(batch)
        onUpdate(record)
        if record.progress >= 1 || shouldStop() { break training }
        if position >= nextValidation && isValidationWorthIt {
          try report(onRecord)
          nextValidation = ((position / interval).rounded(.down) + 1) * interval
        }
      }
      epoch += 1
    }
    try report(onRecord)
    trainer.model.parameters.copy(from: best)
    trainer.repack()
  }

  private func update(_ batch: [Int]) {
    let began = clock.now
    let schedule = LearningRate(peak: plan.learningRate, warmUp: plan.warmUp)
    let done = progress
    record.learningRate = schedule.rate(update: record.updates + 1, progress: done)
    let report = trainer.update(
      batch, of: training, rate: record.learningRate, progress: done)
    record.updates += 1
    record.tokens += report.tokenCount
    record.epochs = Double(record.tokens) / Double(trainingTokens)
    record.gradientNorm = report.gradientNorm
    if report.isApplied {
      since.loss += report.loss
      since.tokens += report.tokenCount
    } else {
      record.skippedUpdates += 1
    }
    since.seconds += (clock.now - began).seconds
    record.seconds = (clock.now - start).seconds
    record.progress = progress
    record.trainNatsPerToken = since.loss / Double(max(1, since.tokens))
    record.tokensPerSecond = Double(since.tokens) / max(since.seconds, 1e-9)
  }

  private func report(_ onRecord: (TrainingRecord) throws -> Void) throws {
    record.validation =
      validation.isEmpty
      ? nil : trainer.evaluate(validation, maximumSourceLength: training.maximumLength)
    record.seconds = (clock.now - start).seconds
    let isBest =
      if let bound = bestRecord?.validation?.loss, let loss = record.validation?.loss {
        loss < bound || !bound.isFinite
      } else {
        true
      }
    if isBest {
      bestRecord = record
      best.copy(from: trainer.model.parameters)
    }
    try onRecord(record)
    since = Since()
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

  /// How far the run is, in the unit of the plan's interval.
  private var position: Double {
    switch plan.validation {
    case .share: record.progress
    case .seconds: record.seconds
    case .updates: Double(record.updates)
    }
  }

  private var interval: Double {
    switch plan.validation {
    case .share(let share): share
    case .seconds(let seconds): seconds
    case .updates(let updates): Double(updates)
    }
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
