import ArgumentParser
import Seq2Seq
import ToolSupport

/// How the next token is chosen.
struct SamplingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Below 1 for likelier tokens, above 1 for more surprise; 0 always takes the likeliest.",
      valueName: "t"))
  var temperature = 1.0

  @Option(
    help: ArgumentHelp(
      "Choose among the k likeliest tokens; 0 for all (default: 0).", valueName: "k"))
  var topK: Int?

  @Option(
    help: ArgumentHelp(
      "Choose among the likeliest tokens that together have this probability (default: 0.9).",
      valueName: "p"))
  var topP: Double?

  @Option(
    help: ArgumentHelp(
      "Choose among tokens at least so likely as this share of the likeliest (default: 0).",
      valueName: "p"))
  var minP: Double?

  @Option(
    help: ArgumentHelp(
      "Choose among the tokens of nearly the expected surprise that together have this "
        + "probability (default: 1).", valueName: "p"))
  var typical: Double?

  @Option(
    help: ArgumentHelp(
      "Keep the surprise near so many bits a token, in place of --top-k to --typical.",
      valueName: "tau"))
  var mirostat: Double?

  @Option(
    help: ArgumentHelp(
      "How fast --mirostat follows the surprise (default: 0.1).", valueName: "eta"))
  var mirostatEta: Double?

  @Option(
    help: ArgumentHelp("Let no sentence end before it has so many tokens.", valueName: "n"))
  var minLength = 1

  @Option(
    help: ArgumentHelp(
      "Break off a sentence after this many tokens (default: as the model was trained).",
      valueName: "n"))
  var maxLength: Int?

  func validate() throws {
    guard temperature >= 0, temperature <= 1000 else {
      throw ValidationError("--temperature takes a number from 0 to 1000")
    }
    if let topK, topK < 0 { throw ValidationError("--top-k takes a number from 0 on") }
    for (name, share) in [("top-p", topP), ("min-p", minP), ("typical", typical)] {
      if let share, !(0...1).contains(share) {
        throw ValidationError("--\(name) takes a number from 0 to 1")
      }
    }
    try validateMirostat()
    guard (1...1_000_000).contains(minLength) else {
      throw ValidationError("--min-length takes a number from 1 to 1000000")
    }
    if let maxLength {
      guard (1...1_000_000).contains(maxLength) else {
        throw ValidationError("--max-length takes a number from 1 to 1000000")
      }
      guard minLength <= maxLength else {
        throw ValidationError("--min-length \(minLength) is above --max-length \(maxLength)")
      }
    }
  }

  private func validateMirostat() throws {
    guard let mirostat else {
      guard mirostatEta == nil else {
        throw ValidationError("--mirostat-eta is for --mirostat; give both")
      }
      return
    }
    guard mirostat > 0, mirostat <= 100 else {
      throw ValidationError("--mirostat takes a number above 0, up to 100")
    }
    if let mirostatEta, !(mirostatEta > 0 && mirostatEta <= 1) {
      throw ValidationError("--mirostat-eta takes a number above 0, up to 1")
    }
    if let name = given.first(where: { $0 != "--mirostat" }) {
      throw ValidationError("--mirostat takes the place of \(name); leave one out")
    }
  }

  /// The options that were given and say which tokens one is drawn from.
  var given: [String] {
    [
      ("--top-k", topK != nil), ("--top-p", topP != nil), ("--min-p", minP != nil),
      ("--typical", typical != nil), ("--mirostat", mirostat != nil),
    ].filter(\.1).map(\.0)
  }

  var sampler: Sampler {
    var sampler = Sampler()
    sampler.temperature = temperature
    sampler.topK = topK ?? 0
    sampler.topP = topP ?? 0.9
    sampler.minP = minP ?? 0
    sampler.typical = typical ?? 1
    sampler.mirostat = mirostat.map { Mirostat(target: $0, rate: mirostatEta ?? 0.1) }
    return sampler
  }

  /// The fewest and the most tokens of a sentence, for a model that was trained with so many.
  func lengths(trainedWith trained: Int) throws(ToolError) -> ClosedRange<Int> {
    let most = maxLength ?? trained
    guard minLength <= most else {
      throw ToolError(
        .usage,
        "--min-length \(minLength) is above the model's greatest length, \(most); "
          + "give --max-length too")
    }
    return minLength...most
  }
}
