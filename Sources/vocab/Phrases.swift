import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab phrases [FILE…]`: token lines in, a dictionary of what belongs together out.
struct Phrases: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find names and fixed phrases that tokens tear apart, for 'tokenize --dictionary'.")

  @Option(
    help: ArgumentHelp("Leave out what occurs fewer times than this.", valueName: "n"))
  var minCount = PhraseLimits().minimumCount

  @Option(
    help: ArgumentHelp(
      "Leave out what has less normalised pointwise mutual information than this.",
      valueName: "share"))
  var threshold = PhraseLimits().threshold

  @Option(
    help: ArgumentHelp(
      "Leave out what has less than this many bits of choice before or behind it.",
      valueName: "bits"))
  var minEntropy = PhraseLimits().minimumEntropy

  @Option(
    help: ArgumentHelp(
      "Look at phrases of up to this many characters, or words where a script has spaces.",
      valueName: "n"))
  var maxLength = PhraseLimits().maximumLength

  @Option(
    help: ArgumentHelp("Write the best phrases, at most this many.", valueName: "n"))
  var maxSize: Int?

  @Flag(help: "Write what was measured of each phrase in more columns, under a heading.")
  var measures = false

  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    guard minCount >= 2 else { throw ValidationError("--min-count takes a number from 2 on") }
    guard (-1.0...1.0).contains(threshold) else {
      throw ValidationError("--threshold takes a number from -1 to 1")
    }
    guard minEntropy.isFinite, minEntropy >= 0 else {
      throw ValidationError("--min-entropy takes a number of bits from 0 on")
    }
    guard PhraseLimits.lengths.contains(maxLength) else {
      throw ValidationError(
        "--max-length takes a number from \(PhraseLimits.lengths.lowerBound) "
          + "to \(PhraseLimits.lengths.upperBound)")
    }
    if let maxSize, maxSize < 1 { throw ValidationError("--max-size takes a number from 1 on") }
  }

  func run() throws {
    let output = try output.open()
    var limits = PhraseLimits()
    limits.minimumCount = minCount
    limits.threshold = threshold
    limits.minimumEntropy = minEntropy
    limits.maximumLength = maxLength
    limits.maximumSize = maxSize
    var finder = PhraseFinder()
    try input.forEach { try finder.read($0) }
    let (phrases, report) = finder.phrases(limits: limits)
    if measures { try output.writer.write(Self.heading) }
    for phrase in phrases {
      try output.writer.write(phrase.bytes)
      try output.writer.write(measures ? columns(phrase) : "\t\(phrase.weight)\n")
    }
    try output.finish()
    Vocab.complain(summary(report))
  }

  private static let heading =
    "#phrase\tweight\tcount\tfree\ttorn\tpmi\tnpmi\tentropy_before\tentropy_behind\n"

  private func columns(_ phrase: Phrase) -> String {
    let measures = [
      fixed(phrase.information, 2), fixed(phrase.cohesion, 3), fixed(phrase.entropyBefore, 2),
      fixed(phrase.entropyBehind, 2),
    ]
    let counts = [phrase.weight, phrase.count, phrase.freeCount, phrase.tornCount]
    return "\t" + (counts.map { "\($0)" } + measures).joined(separator: "\t") + "\n"
  }

  private func summary(_ report: PhraseReport) -> String {
    guard report.tokens > 0 else { return "no tokens; did the program before it fail?" }
    return [
      counted(report.tokens, "token"),
      "\(counted(report.recurring, "string")) of characters recur",
      report.phrases > 0
        ? "\(counted(report.phrases, "phrase")) found"
        : "no phrase but what is one token already; a short text wants a lower --min-count",
    ].joined(separator: ", ")
  }
}
