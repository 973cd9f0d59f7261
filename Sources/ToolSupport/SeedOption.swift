package import ArgumentParser

/// The option `--seed N`; a tool prints the seed in use, so that any run can be repeated.
package struct SeedOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Start the random generator here (default: another number each time, printed).",
      valueName: "n"))
  package var seed: UInt64?

  package init() {}

  /// Returns the seed, drawn from the system where none was given; call it once.
  package func resolve() -> UInt64 {
    // Short enough to type again.
    seed ?? UInt64.random(in: 1...999_999_999)
  }
}
