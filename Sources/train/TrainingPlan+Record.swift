import Seq2Seq

extension TrainingPlan {
  /// The settings of a run as a model file names them, after `training.`.
  var record: [String: String] {
    var record = [
      "seed": String(seed), batchSize.recordName: String(batchSize.limit),
      "optimizer_delay": String(optimizerDelay),
      "sentence_avg": String(objective.isSentenceAverage), "learn_rate": "\(learningRate.peak)",
      "lr_schedule": learningRate.schedule.rawValue, "lr_warmup": String(learningRate.warmUp),
      "label_smoothing": "\(objective.labelSmoothing)",
      "scheduled_sampling": "\(objective.scheduledSampling)",
      "dropout": "\(dropout.activations)", "dropout_rnn": "\(dropout.states)",
      "clip_norm": "\(optimizer.clipNorm)",
      "ema_decay": "\(averageDecay)", "early_stopping": String(earlyStopping),
    ]
    record.merge(optimizer.method.record) { $1 }
    record["limit_time"] = seconds.map { "\($0)s" }
    record["limit_updates"] = updates.map { String($0) }
    record["limit_epochs"] = epochs.map { "\($0)" }
    record["valid_freq"] = validation.record
    return record
  }
}

extension TrainingPlan.Interval {
  /// As the option takes it, or a share of the run.
  fileprivate var record: String {
    switch self {
    case .share(let share): "\(share) of the run"
    case .seconds(let seconds): "\(seconds)s"
    case .updates(let updates): "\(updates)u"
    }
  }
}
