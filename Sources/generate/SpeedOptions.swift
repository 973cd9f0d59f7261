import ArgumentParser
import ToolSupport

/// How the work is done; with single precision the text does not depend on it.
struct SpeedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Answer up to this many prompts together.", valueName: "n"))
  var miniBatch = 64

  @Flag(help: "Compute with 8-bit integers: faster, in a quarter of the memory, a little rougher.")
  var int8 = false

  @OptionGroup var jobs: JobsOption

  func validate() throws {
    guard (1...65_536).contains(miniBatch) else {
      throw ValidationError("--mini-batch takes a number from 1 to 65536")
    }
  }
}
