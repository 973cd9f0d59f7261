import ArgumentParser

/// Whether a story is written together with a person.
struct InteractiveOptions: ParsableArguments {
  /// The most proposals, as each has one digit.
  static let mostProposals = 9

  @Flag(
    name: .shortAndLong,
    help: "Write a story together: type sentences, and choose among those that the model proposes.")
  var interactive = false
}
