import Seq2Seq

extension TrainingPlan {
  /// The settings of a run as a model file names them, after `training.`.
  var record: [String: String] {
    var record = [
      "seed": String(seed), batchSize.recordName: String(batchSize.limit),
      "optimizer_delay": String(optimizerDelay), "learn_rate": "\(learningRate.peak)",
      "lr_schedule": learningRate.schedule.rawValue, "lr_warmup": String(learningRate.warmUp),
      "label_smoothing": "\(objective.labelSmoothing)",
      "scheduled_sampling": "\(objective.scheduledSampling)",
      "dropout": "\(dropout.activations)", "dropout_rnn": "\(dropout.states)",
      "clip_norm": "\(optimizer.clipNorm)",
      "ema_decay": "\(averageDecay)", "early_stopping": String(earlyStopping),
    ]
    record.merge(optimizer.method.record) { $1 }
    return record
  }
}
