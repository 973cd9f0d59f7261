import ArgumentParser
import Seq2Seq

/// How the parameters are changed.
struct OptimisationOptions: ParsableArguments {
  @OptionGroup var batch: BatchOptions
  @OptionGroup var method: MethodOptions
  @OptionGroup var schedule: ScheduleOptions

  @Option(
    help: ArgumentHelp(
      "Share of activations set to zero (default: by the size of the text).", valueName: "share"))
  var dropout: Double?

  @Option(
    help: ArgumentHelp(
      "Share of the states set to zero, the same at every step of a sentence (default: 0).",
      valueName: "share"))
  var dropoutRnn: Double?

  @Option(
    help: ArgumentHelp(
      "Scale gradients down to this norm; 0 for never.", valueName: "norm"))
  var clipNorm = 1.0

  @Option(
    help: ArgumentHelp(
      "Judge and write a moving average of the parameters with this decay; 0 for none.",
      valueName: "decay"))
  var emaDecay = 0.0

  func validate() throws {
    for (name, share) in [("--dropout", dropout), ("--dropout-rnn", dropoutRnn)] {
      if let share, !(0..<1).contains(share) {
        throw ValidationError("\(name) takes a share from 0 to below 1")
      }
    }
    guard clipNorm >= 0, clipNorm.isFinite else {
      throw ValidationError("--clip-norm takes a number from 0 on")
    }
    guard (0..<1).contains(emaDecay) else {
      throw ValidationError("--ema-decay takes a number from 0 to below 1")
    }
  }

  func apply(to plan: inout TrainingPlan, _ suggestion: Suggestion) {
    plan.batchSize = batch.size ?? suggestion.batchSize
    plan.optimizerDelay = batch.optimizerDelay
    plan.objective.isSentenceAverage = batch.sentenceAvg ?? false
    plan.optimizer = settings
    plan.learningRate = schedule.learningRate(for: plan.optimizer.method)
    plan.dropout = DropoutRates(
      activations: dropout ?? suggestion.dropoutRate, states: dropoutRnn ?? 0)
    plan.averageDecay = emaDecay
  }

  var settings: Optimizer.Settings {
    var settings = Optimizer.Settings()
    settings.method = method.method
    settings.clipNorm = clipNorm
    return settings
  }
}
