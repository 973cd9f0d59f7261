import ArgumentParser

/// The option that says which characters become rows of a vocabulary.
struct CharacterCoverageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the most frequent characters that make up this share of all; spell the rest as bytes.",
      valueName: "share"))
  var characterCoverage = 1.0

  func validate() throws {
    guard characterCoverage > 0, characterCoverage <= 1 else {
      throw ValidationError("--character-coverage takes a share above 0 and up to 1")
    }
  }
}
