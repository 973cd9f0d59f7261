import ArgumentParser
import Seq2Seq

/// How the next token is chosen.
struct SamplingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Below 1 for likelier tokens, above 1 for more surprise; 0 always takes the likeliest.",
      valueName: "t"))
  var temperature = 1.0

  @Option(help: ArgumentHelp("Choose among the k likeliest tokens; 0 for all.", valueName: "k"))
  var topK = 0

  @Option(
    help: ArgumentHelp(
      "Choose among the likeliest tokens that together have this probability.", valueName: "p"))
  var topP = 0.9

  @Option(
    help: ArgumentHelp(
      "Break off a sentence after this many tokens (default: as the model was trained).",
      valueName: "n"))
  var maxLength: Int?

  func validate() throws {
    guard temperature >= 0, temperature <= 1000 else {
      throw ValidationError("--temperature takes a number from 0 on")
    }
    guard topK >= 0 else { throw ValidationError("--top-k takes a number from 0 on") }
    guard (0...1).contains(topP) else {
      throw ValidationError("--top-p takes a number from 0 to 1")
    }
    if let maxLength, !(1...1_000_000).contains(maxLength) {
      throw ValidationError("--max-length takes a number from 1 to 1000000")
    }
  }

  /// Whether the seed matters.
  var isRandom: Bool { temperature > 0 && topP > 0 && topK != 1 }

  var sampler: Sampler {
    var sampler = Sampler()
    sampler.temperature = temperature
    sampler.topK = topK
    sampler.topP = topP
    return sampler
  }
}
