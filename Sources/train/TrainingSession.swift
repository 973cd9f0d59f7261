import Kernels
import Seq2Seq
import TextStreams
import ToolSupport

/// One run of the tool: what it says before, during and after the training.
final class TrainingSession {
  private let text: TrainingText
  private let progress: ProgressLine
  private let baselines: Baselines
  /// The baselines' losses on the held-out text, in nats.
  private let baselineLosses: (unigram: Double, bigram: Double)
  private let validCharacters: Int
  private var lastValidation: Evaluation?
  private var hasStoppedEarly = false
  private var divergence: Divergence?
  /// Blocks of memory taken from the system for the activations of training.
  private(set) var allocationCount = 0

  private var vocabulary: Vocabulary { text.vocabulary }
  private var pairs: CorpusPairs { text.pairs }

  init(_ text: TrainingText, progress: ProgressLine) {
    self.text = text
    self.progress = progress
    let (pairs, vocabulary) = (text.pairs, text.vocabulary)
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
    let sources = configuration.sourceVocabularySize.map { ", that of the sources \(grouped($0))" }
    let attention =
      configuration.usesAttentionSize ? " --dim-att \(configuration.attentionSize)" : ""
    Train.complain(
      "\(grouped(parameters.list.count)) parameters: vocabulary \(grouped(configuration.vocabularySize))"
        + "\(sources ?? ""), --dim-emb \(configuration.embeddingSize) --dim-rnn \(configuration.hiddenSize)"
        + "\(attention); --seed \(seed)")
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
    hasStoppedEarly = run.hasStoppedEarly
    let divergence = Divergence(run)
    if !divergence.isNone { Train.complain(divergence.text) }
    self.divergence = divergence
    return best
  }

  /// What the model file says of the model; nothing that differs between two equal runs.
  func metadata(
    of model: Seq2Seq<Float>, plan: TrainingPlan, best: TrainingRecord, maximumLength: Int
  ) -> ModelMetadata {
    var record = plan.record
    record.merge(divergence?.record ?? [:]) { $1 }
    record["program"] = "huaben \(toolkitVersion)"
    record["updates"] = String(best.updates)
    record["epochs"] = fixed(best.epochs, 3)
    record["tokens"] = String(best.tokens)
    if let validation = best.validation {
      record["valid_nats_per_token"] = fixed(validation.natsPerToken, 4)
      record["valid_bits_per_char"] = fixed(validation.bitsPerCharacter(validCharacters), 4)
    }
    return ModelMetadata(
      configuration: model.configuration,
      vocabulary: String(decoding: vocabulary.text, as: UTF8.self),
      sourceVocabulary: text.sourceVocabulary.map { String(decoding: $0.text, as: UTF8.self) },
      source: text.source, maximumLength: maximumLength, trainingRecord: record)
  }

  /// Says where the model is and how good.
  func announceEnd(_ best: TrainingRecord, path: String, interrupted: Bool) {
    var text =
      interrupted ? "interrupted; saved " : hasStoppedEarly ? "stopped early; wrote " : "wrote "
    text += "\(path), the model after \(counted(best.updates, "update"))"
    text += " (\(fixed(best.epochs, 1)) epochs, \(formatDuration(seconds: best.seconds)))"
    if let validation = best.validation {
      text += ": held-out \(fixed(validation.bitsPerCharacter(validCharacters), 3)) bits/char,"
      text += " perplexity \(fixed(validation.perplexity, 1)) per token"
      if !interrupted, !(validation.loss < baselineLosses.unigram) {
        text += "; that is worse than the unigram model: "
        // A model that has learned nothing yet starts at the unigram loss.
        let isFarOff = !(validation.loss < 1.5 * baselineLosses.unigram)
        let isTooShort = best.updates < 200 && !isFarOff && divergence?.isNone != false
        text += isTooShort ? "train longer" : "try a lower --learn-rate"
      }
    } else {
      text += ": nothing was held out; training loss \(fixed(best.trainNatsPerToken, 3)) nats/token"
    }
    Train.complain(text)
  }

  private func announceText() {
    let training = pairs.training
    var text = "\(counted(training.count, "pair")), \(counted(training.tokenCount, "target token"))"
    let cut = [
      (training.truncatedSourceCount, "source"), (training.truncatedTargetCount, "target"),
    ].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }.joined(separator: " and ")
    if !cut.isEmpty { text += ", \(cut) cut to \(training.maximumLength) tokens" }
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
