import ArgumentParser

/// Whether an n-best list is put in a model's order, and how.
struct RerankOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Read an n-best list, as generate --n-best writes it, and write it in the model's order."))
  var rerank = false

  @Option(
    help: ArgumentHelp("The prompts of the n-best list, one a line.", valueName: "file"),
    completion: .file())
  var source: String?

  @Option(
    help: ArgumentHelp(
      "Divide log-probabilities by ((5 + tokens) / 6) to this power (default: 0).",
      valueName: "a"))
  var lengthPenalty: Double?

  func validate() throws {
    if rerank {
      guard source != nil else {
        throw ValidationError("--rerank needs the prompts; name them with --source")
      }
    } else if source != nil || lengthPenalty != nil {
      throw ValidationError("--source and --length-penalty go with --rerank")
    }
    if let lengthPenalty, !(0...100).contains(lengthPenalty) {
      throw ValidationError("--length-penalty takes a number from 0 to 100")
    }
  }
}
