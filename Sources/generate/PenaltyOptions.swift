import ArgumentParser
import Seq2Seq

/// What keeps a passage from saying the same again.
struct PenaltyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Multiply ln p of tokens that stand in the window by this; above 1 they come less often.",
      valueName: "x"))
  var repetitionPenalty = 1.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Subtract this from ln p of tokens that stand in the window.", valueName: "x"))
  var presencePenalty = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Subtract this from ln p as often as a token stands in the window.", valueName: "x"))
  var frequencyPenalty = 0.0

  @Option(
    help: ArgumentHelp(
      "Write no n tokens in a row that stand in the window; 0 lets them come.", valueName: "n"))
  var noRepeatNgramSize = 0

  @Option(
    help: ArgumentHelp(
      "The window: so many tokens before the next (default: 256).", valueName: "n"))
  var repetitionWindow: Int?

  private var window: Int { repetitionWindow ?? 256 }

  private var hasPenalties: Bool {
    repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0
  }

  func validate() throws {
    guard repetitionPenalty > 0, repetitionPenalty <= 1000 else {
      throw ValidationError("--repetition-penalty takes a number above 0, up to 1000")
    }
    for (name, penalty) in [("presence", presencePenalty), ("frequency", frequencyPenalty)] {
      guard (-100...100).contains(penalty) else {
        throw ValidationError("--\(name)-penalty takes a number from -100 to 100")
      }
    }
    guard noRepeatNgramSize >= 0 else {
      throw ValidationError("--no-repeat-ngram-size takes a number from 0 on")
    }
    if let repetitionWindow {
      guard (1...1_000_000).contains(repetitionWindow) else {
        throw ValidationError("--repetition-window takes a number from 1 to 1000000")
      }
      guard hasPenalties || noRepeatNgramSize > 0 else {
        throw ValidationError(
          "--repetition-window is for a penalty or --no-repeat-ngram-size; give one")
      }
    }
    guard noRepeatNgramSize <= window else {
      throw ValidationError(
        "--no-repeat-ngram-size \(noRepeatNgramSize) wants a --repetition-window as large")
    }
  }

  /// Adds what was asked for to what there is already.
  func apply(to settings: inout WritingSettings) {
    if hasPenalties {
      var penalties = RepetitionPenalties(window: window)
      penalties.repetition = repetitionPenalty
      penalties.presence = presencePenalty
      penalties.frequency = frequencyPenalty
      settings.processors.append(penalties)
    }
    if noRepeatNgramSize > 0 {
      settings.processors.append(NoRepeatedNGrams(size: noRepeatNgramSize, window: window))
    }
    settings.historyLength = max(settings.historyLength, window)
  }
}
