/// How long to train and with what settings.
package struct TrainingPlan: Sendable {
  /// When the held-out loss is computed.
  package enum Interval: Equatable, Sendable {
    /// After this share of the run.
    case share(Double)
    case seconds(Double)
    case updates(Int)
  }

  /// The run ends with the first limit reached.
  package var seconds: Double?
  package var updates: Int?
  package var epochs: Double?

  package var batchSize = BatchSize.pairs(32)
  /// Batches whose gradients make one update.
  package var optimizerDelay = 1
  package var learningRate = LearningRate(peak: 3e-3, warmUp: 50)
  package var dropout = DropoutRates(activations: 0.2)
  package var optimizer = Optimizer.Settings()
  /// The decay of the moving average of the parameters, which is then what is judged and kept; 0
  /// for none.
  package var averageDecay = 0.0
  package var objective = Objective()
  package var validation = Interval.share(0.05)
  /// Held-out losses in a row without a new best that end the run; 0 for no such end.
  package var earlyStopping = 0
  package var seed: UInt64 = 1

  package init() {}

  /// The share of the run that is done, from 0 to 1.
  ///
  /// - Parameters:
  ///   - seconds: Time since the start.
  ///   - updates: Updates done.
  ///   - epochs: Passes over the data done.
  /// - Returns: The largest share of any limit.
  package func progress(seconds: Double, updates: Int, epochs: Double) -> Double {
    var shares: [Double] = []
    if let limit = self.seconds { shares.append(seconds / max(limit, 1e-9)) }
    if let limit = self.updates { shares.append(Double(updates) / Double(max(limit, 1))) }
    if let limit = self.epochs { shares.append(epochs / limit) }
    return min(1, shares.max() ?? 1)
  }
}

/// Where a run stands.
package struct TrainingRecord: Sendable {
  /// Wall-clock time since the start, validation included.
  package var seconds = 0.0
  package var updates = 0
  package var epochs = 0.0
  /// Target tokens trained on.
  package var tokens = 0
  /// Mean training loss, with dropout, since the record before.
  package var trainNatsPerToken = 0.0
  package var validation: Evaluation?
  package var learningRate = 0.0
  package var gradientNorm = 0.0
  /// Target tokens a second since the record before, validation not counted.
  package var tokensPerSecond = 0.0
  /// The share of the run that is done.
  package var progress = 0.0
  /// Updates left out because their loss or gradient was not finite.
  package var skippedUpdates = 0
  /// Times that the parameters were set back to earlier ones, as a loss was not finite.
  package var restorations = 0
}

extension TrainingPlan.Interval {
  /// From one held-out loss to the next.
  var length: Double {
    switch self {
    case .share(let share): share
    case .seconds(let seconds): seconds
    case .updates(let updates): Double(updates)
    }
  }

  /// How far a run is, in the same unit.
  func position(of record: TrainingRecord) -> Double {
    switch self {
    case .share: record.progress
    case .seconds: record.seconds
    case .updates: Double(record.updates)
    }
  }
}
