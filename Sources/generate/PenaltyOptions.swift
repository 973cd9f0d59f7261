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
      "Subtract this from ln p as often as a token stands in the window "
        + "(default: 0.02 where tokens are drawn).", valueName: "x"))
  var frequencyPenalty: Double?

  @Option(
    help: ArgumentHelp(
      "Write no n tokens in a row that stand in the window; 0 lets them come.", valueName: "n"))
  var noRepeatNgramSize = 0

  @Option(
    help: ArgumentHelp(
      "The window: so many tokens before the next (default: 256).", valueName: "n"))
  var repetitionWindow: Int?

  private var window: Int { repetitionWindow ?? 256 }

  /// The penalties, by how tokens are chosen.
  ///
  /// Drawn passages of hundreds of sentences fall into a word for good now and then; this little
  /// prevents it, and is little beside what decides between words.
  private func penalties(for choice: WritingSettings) -> RepetitionPenalties {
    var penalties = RepetitionPenalties(window: window)
    penalties.repetition = repetitionPenalty
    penalties.presence = presencePenalty
    penalties.frequency = frequencyPenalty ?? (choice.drawsTokens ? 0.02 : 0)
    return penalties
  }

  func validate() throws {
    guard (0.001...1000).contains(repetitionPenalty) else {
      throw ValidationError("--repetition-penalty takes a number from 0.001 to 1000")
    }
    for (name, penalty) in [("presence", presencePenalty), ("frequency", frequencyPenalty ?? 0)] {
      guard (-100...100).contains(penalty) else {
        throw ValidationError("--\(name)-penalty takes a number from -100 to 100")
      }
    }
    guard noRepeatNgramSize >= 0 else {
      throw ValidationError("--no-repeat-ngram-size takes a number from 0 on")
    }
    if let repetitionWindow, !(1...1_000_000).contains(repetitionWindow) {
      throw ValidationError("--repetition-window takes a number from 1 to 1000000")
    }
    guard noRepeatNgramSize <= window else {
      throw ValidationError(
        "--no-repeat-ngram-size \(noRepeatNgramSize) wants a --repetition-window as large")
    }
  }

  /// Refuses a window that nothing looks at.
  ///
  /// - Parameter choice: How tokens are chosen.
  /// - Throws: A usage error.
  func validate(for choice: WritingSettings) throws {
    guard
      repetitionWindow == nil || noRepeatNgramSize > 0
        || penalties(for: choice).changesChances
    else {
      throw ValidationError(
        "--repetition-window is for a penalty or --no-repeat-ngram-size; give one")
    }
  }

  /// Adds what was asked for to what there is already.
  ///
  /// - Parameter settings: How passages are written; how tokens are chosen is there already.
  func apply(to settings: inout WritingSettings) {
    let penalties = penalties(for: settings)
    if penalties.changesChances { settings.processors.append(penalties) }
    if noRepeatNgramSize > 0 {
      settings.processors.append(NoRepeatedNGrams(size: noRepeatNgramSize, window: window))
    }
    settings.historyLength = max(settings.historyLength, window)
  }
}
