import ArgumentParser

/// What the text is compared with.
struct ComparisonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Say how much of the text stands word for word in these token lines; may be repeated.",
      valueName: "file"),
    completion: .file())
  var training: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the figures of these token lines in a third column; may be repeated.",
      valueName: "file"),
    completion: .file())
  var reference: [String] = []

  /// The first of these options that was given.
  var given: String? {
    training.isEmpty ? reference.isEmpty ? nil : "--reference" : "--training"
  }
}
