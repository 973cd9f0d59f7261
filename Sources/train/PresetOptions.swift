import ArgumentParser

/// The options that name a preset; what they stand for is in the command line already.
struct PresetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take the options that a name stands for; see train(1). Others given prevail.",
      valueName: "name"))
  var preset: Preset?

  @Option(
    help: ArgumentHelp("Multiply the sizes of --preset by this (default: 1).", valueName: "factor"))
  var scale: Double?

  /// The options in the model's training record, beside those that they stand for.
  var record: [String: String] {
    var record: [String: String] = [:]
    record["preset"] = preset?.rawValue
    record["scale"] = scale.map { "\($0)" }
    return record
  }

  func validate() throws {
    guard let scale else { return }
    guard preset != nil else { throw ValidationError("--scale goes with --preset") }
    guard scale > 0, scale <= 16 else {
      throw ValidationError("--scale takes a number above 0 and up to 16")
    }
  }
}
