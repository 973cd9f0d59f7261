import ArgumentParser
import Seq2Seq
import TextStreams
import ToolSupport

/// When the run ends; the first limit reached counts.
struct LengthOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Train for this long: 90s, 10m, 1.5h.", valueName: "duration"))
  var time: DurationArgument?

  @Option(
    help: ArgumentHelp(
      "Train for this many passes over the text (default: by the size of the text).",
      valueName: "passes"))
  var epochs: Double?

  @Option(help: ArgumentHelp("Train for this many updates.", valueName: "n"))
  var updates: Int?

  @Option(
    help: ArgumentHelp(
      "Stop after this many held-out losses in a row without a new best; 0 for never.",
      valueName: "n"))
  var earlyStopping = 0

  func validate() throws {
    if let time, time.seconds <= 0 { throw ValidationError("--time takes more than 0 seconds") }
    if let epochs, !(epochs > 0 && epochs <= 1e9) {
      throw ValidationError("--epochs takes a number above 0 and up to 1e9")
    }
    if let updates, updates < 1 { throw ValidationError("--updates takes a number from 1 on") }
    guard earlyStopping >= 0 else {
      throw ValidationError("--early-stopping takes a number from 0 on")
    }
  }

  func apply(to plan: inout TrainingPlan, _ suggestion: Suggestion) {
    plan.seconds = time?.seconds
    plan.updates = updates
    plan.epochs = epochs
    plan.earlyStopping = earlyStopping
    if time == nil && updates == nil && epochs == nil { plan.epochs = suggestion.epochs }
  }
}

/// What the model is judged by while it learns.
struct HeldOutOptions: ParsableArguments {
  @Option(
    name: .customLong("valid-fraction"),
    help: ArgumentHelp(
      "Hold out this share of the lines, from the end of the text; 0 for none (default: 0.05).",
      valueName: "share"))
  var requestedFraction: Double?

  @Option(
    help: ArgumentHelp(
      "Judge by this id stream, or these pairs, instead.", valueName: "file"),
    completion: .file())
  var valid: String?

  @Option(
    help: ArgumentHelp(
      "Compute the held-out loss so often: a duration such as 60s, or updates such as 500u (default: 20 times a run).",
      valueName: "interval"))
  var validFreq: ValidationInterval?

  /// The share of the text that is held out where no file is.
  var validFraction: Double { requestedFraction ?? 0.05 }

  /// Whether the options leave nothing to judge by.
  var isNone: Bool { valid == nil && validFraction == 0 }

  func validate() throws {
    guard (0..<1).contains(validFraction) else {
      throw ValidationError("--valid-fraction takes a share from 0 to below 1")
    }
    guard valid == nil || requestedFraction == nil else {
      throw ValidationError(
        "--valid names all that is held out, so that --valid-fraction means nothing; "
          + "leave one of them out")
    }
  }

  /// The options in the model's training record; of a file its name, without the directories of the
  /// machine that it was on.
  var record: [String: String] {
    guard let valid else { return ["valid_fraction": "\(validFraction)"] }
    return ["valid": valid.split(separator: "/").last.map(String.init) ?? valid]
  }

  func apply(to plan: inout TrainingPlan) {
    if let validFreq { plan.validation = validFreq.interval }
  }

  /// Divides the text; a stream of its own for the held-out text leaves all of the other.
  func pairs(
    of corpus: IdCorpus, and validCorpus: IdCorpus?, maximumLength: Int, contextSentences: Int
  ) throws -> CorpusPairs {
    func divide(_ corpus: IdCorpus, heldOut: Double) -> CorpusPairs {
      CorpusPairs(
        corpus, maximumLength: maximumLength, contextSentences: contextSentences, heldOut: heldOut)
    }
    var pairs = divide(corpus, heldOut: validCorpus == nil ? validFraction : 0)
    if let validCorpus {
      guard validCorpus.vocabulary == corpus.vocabulary else {
        throw ToolError(
          .badData,
          "\(corpus.name) and \(validCorpus.name) have different vocabularies; encode both with one"
        )
      }
      pairs.validation = divide(validCorpus, heldOut: 1).validation
    }
    try check(pairs, of: corpus, and: validCorpus)
    return pairs
  }
}

extension HeldOutOptions {
  /// Makes sure that there is something to learn from and, if asked for, to judge by.
  private func check(_ pairs: CorpusPairs, of corpus: IdCorpus, and validCorpus: IdCorpus?) throws {
    let nothing = "no two sentences follow one another"
    if let validCorpus, pairs.validation.isEmpty {
      throw ToolError(.badData, "\(validCorpus.name): \(nothing); there is nothing to judge by")
    }
    guard pairs.training.isEmpty else { return }
    let whole = CorpusPairs(
      corpus, maximumLength: PairList.unlimited, contextSentences: 1, heldOut: 0
    ).training
    throw ToolError(
      .badData,
      whole.isEmpty
        ? "\(corpus.name): \(nothing); there is nothing to learn from"
        : "\(corpus.name): --valid-fraction \(validFraction) leaves no pair to train on; lower it")
  }
}

/// `60s` or `500u`.
struct ValidationInterval: ExpressibleByArgument {
  let interval: TrainingPlan.Interval

  init?(argument: String) {
    if argument.hasSuffix("u") {
      guard let updates = Int(argument.dropLast()), updates > 0 else { return nil }
      interval = .updates(updates)
    } else {
      guard let duration = DurationArgument(argument: argument), duration.seconds > 0
      else { return nil }
      interval = .seconds(duration.seconds)
    }
  }
}
