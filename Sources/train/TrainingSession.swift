import Kernels
import Seq2Seq
import TextStreams
import ToolSupport

/// One run of the tool: what it says before, during and after the training.
final class TrainingSession {
  private let vocabulary: Vocabulary
  private let pairs: CorpusPairs
  private let progress: ProgressLine
  private let baselines: Baselines
  /// The baselines' losses on the held-out text, in nats.
  private let baselineLosses: (unigram: Double, bigram: Double)
  private let validCharacters: Int
  private var lastValidation: Evaluation?
  /// Blocks of memory taken from the system for the activations of training.
  private(set) var allocationCount = 0

  init(vocabulary: Vocabulary, pairs: CorpusPairs, progress: ProgressLine) {
    self.vocabulary = vocabulary
    self.pairs = pairs
    self.progress = progress
    baselines = Baselines(countedOn: pairs.training, vocabularySize: vocabulary.count)
    baselineLosses = baselines.losses(on: pairs.validation)
    validCharacters = vocabulary.characterCount(ofTargetsIn: pairs.validation)
    announceText()
  }

  /// Makes a model whose output starts at the tokens' frequencies.
  func makeModel(_ configuration: Configuration, seed: UInt64) -> Seq2Seq<Float> {
    let parameters = ParameterBuffer<Float>(ParameterList(configuration))
    parameters.initialize(seed: seed)
    parameters.setOutputBiases(baselines.unigram.logProbabilities)
    Train.complain(
      "\(grouped(parameters.list.count)) parameters: vocabulary \(grouped(configuration.vocabularySize)),"
        + " --dim-emb \(configuration.embeddingSize) --dim-rnn \(configuration.hiddenSize)"
        + " --dim-att \(configuration.attentionSize); --seed \(seed)")
    return Seq2Seq(configuration, parameters: parameters)
  }

  /// Trains; returns the record of the best model, which is then in the model's parameters.
  func train(
    _ model: Seq2Seq<Float>, plan: TrainingPlan, jobs: Int, interrupt: InterruptFlag,
    log: TrainingLog?
  ) throws -> TrainingRecord {
    let pool = WorkerPool(threadCount: jobs)
    defer { pool.close() }
    let run = TrainingRun(
      model, plan: plan, training: pairs.training, validation: pairs.validation, pool: pool)
    try run.run(
      shouldStop: { interrupt.isSet },
      onUpdate: { progress.update(self.progressText($0)) },
      onRecord: { record in
        lastValidation = record.validation
        log?.write(record, validCharacters: validCharacters)
        progress.update(isForced: true, self.progressText(record))
      })
    progress.clear()
    allocationCount = run.allocationCount
    guard let best = run.bestRecord else { preconditionFailure("a run ends with a record") }
    let skipped = run.record.skippedUpdates
    if skipped > 0 {
      Train.complain(
        "\(counted(skipped, "update")) left out, the gradient was not finite; "
          + "try a lower --learn-rate")
    }
    return best
  }

  /// What the model file says of the model; nothing that differs between two equal runs.
  func metadata(
    of model: Seq2Seq<Float>, plan: TrainingPlan, best: TrainingRecord, maximumLength: Int
  ) -> ModelMetadata {
    var record = [
      "program": "huaben \(toolkitVersion)", "seed": String(plan.seed),
      "updates": String(best.updates), "epochs": fixed(best.epochs, 3),
      "tokens": String(best.tokens), plan.batchSize.metadataName: String(plan.batchSize.limit),
      "learn_rate": "\(plan.learningRate)", "dropout": "\(plan.dropoutRate)",
      "label_smoothing": "\(plan.objective.labelSmoothing)",
      "scheduled_sampling": "\(plan.objective.scheduledSampling)",
    ]
    if let validation = best.validation {
      record["valid_nats_per_token"] = fixed(validation.natsPerToken, 4)
      record["valid_bits_per_char"] = fixed(validation.bitsPerCharacter(validCharacters), 4)
    }
    return ModelMetadata(
      configuration: model.configuration,
      vocabulary: String(decoding: vocabulary.text, as: UTF8.self), maximumLength: maximumLength,
      trainingRecord: record)
  }

  /// Says where the model is and how good.
  func announceEnd(_ best: TrainingRecord, path: String, interrupted: Bool) {
    var text = interrupted ? "interrupted; saved " : "wrote "
    text += "\(path), the model after \(counted(best.updates, "update"))"
    text += " (\(fixed(best.epochs, 1)) epochs, \(formatDuration(seconds: best.seconds)))"
    if let validation = best.validation {
      text += ": held-out \(fixed(validation.bitsPerCharacter(validCharacters), 3)) bits/char,"
      text += " perplexity \(fixed(validation.perplexity, 1)) per token"
      if !interrupted, !(validation.loss < baselineLosses.unigram) {
        text += "; that is worse than the unigram model: "
        text += best.updates < 200 ? "train longer" : "try a lower --learn-rate"
      }
    } else {
      text += ": nothing was held out; training loss \(fixed(best.trainNatsPerToken, 3)) nats/token"
    }
    Train.complain(text)
  }

  private func announceText() {
    let training = pairs.training
    var text = "\(counted(training.count, "pair")), \(counted(training.tokenCount, "target token"))"
    let cut = training.truncatedCount
    if cut > 0 { text += ", \(counted(cut, "pair")) cut to \(training.maximumLength) tokens" }
    Train.complain(text)
    guard !pairs.validation.isEmpty else {
      Train.complain("nothing is held out; the last model is kept, however good it is")
      return
    }
    func bits(_ loss: Double) -> String {
      fixed(Evaluation.bitsPerCharacter(nats: loss, characters: validCharacters), 3)
    }
    Train.complain(
      "held out: \(counted(pairs.validation.count, "pair")),"
        + " \(counted(pairs.validation.tokenCount, "target token")),"
        + " \(counted(validCharacters, "character")); without a network unigram \(bits(baselineLosses.unigram)),"
        + " bigram \(bits(baselineLosses.bigram)) bits/char")
  }

  private func progressText(_ record: TrainingRecord) -> String {
    let rest = record.progress > 0 ? record.seconds * (1 / record.progress - 1) : 0
    var text = "\(formatDuration(seconds: rest.rounded())) left"
    text += ", epoch \(fixed(record.epochs, 2))"
    text += ", \(grouped(Int(record.tokensPerSecond))) tokens/s"
    text += ", loss \(fixed(record.trainNatsPerToken, 3))"
    if let lastValidation {
      text += ", held-out \(fixed(lastValidation.bitsPerCharacter(validCharacters), 3)) bits/char"
    }
    return text
  }
}

extension BatchSize {
  fileprivate var metadataName: String {
    switch self {
    case .pairs: "mini_batch"
    case .words: "mini_batch_words"
    }
  }
}
