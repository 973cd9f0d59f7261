import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab [FILE…]`: token lines in, a vocabulary out.
struct Count: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count the tokens of token lines and write their vocabulary.")

  @Option(
    help: ArgumentHelp("Spell tokens that occur fewer times than this.", valueName: "n"))
  var minCount = 1

  @Option(
    help: ArgumentHelp(
      "Keep at most this many rows, the \(ReservedToken.count) reserved ones among them.",
      valueName: "n"))
  var maxSize: Int?

  @Option(
    help: ArgumentHelp(
      "Keep the most frequent characters that make up this share of all; spell the rest as bytes.",
      valueName: "share"))
  var characterCoverage = 1.0

  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    guard minCount >= 1 else { throw ValidationError("--min-count takes a number from 1 on") }
    if let maxSize, !(ReservedToken.count...Int(Int32.max)).contains(maxSize) {
      throw ValidationError(
        "--max-size takes a number from \(ReservedToken.count) on, the rows that are reserved")
    }
    guard characterCoverage > 0, characterCoverage <= 1 else {
      throw ValidationError("--character-coverage takes a share above 0 and up to 1")
    }
  }

  func run() throws {
    let output = try output.open()
    var counter = VocabularyCounter()
    try input.forEach { try counter.count($0) }
    var limits = VocabularyLimits()
    limits.minimumCount = minCount
    limits.maximumSize = maxSize
    limits.characterCoverage = characterCoverage
    let (text, report) = counter.vocabularyText(limits: limits)
    try output.writer.write(text)
    try output.finish()
    Vocab.complain(summary(report))
  }

  private func summary(_ report: VocabularyReport) -> String {
    let spelled = report.tokens - report.coveredTokens
    guard report.tokens > 0 else {
      return "no tokens, so there are the reserved rows alone; did the program before it fail?"
    }
    return [
      "\(counted(report.tokens, "token")) of \(counted(report.types, "type"))",
      "kept \(counted(report.characterRows, "character")) and \(counted(report.wordRows, "word"))",
      "they cover \(percentage(report.coveredTokens, of: report.tokens)) of the tokens",
      "\(percentage(spelled, of: report.tokens)) are spelled",
    ].joined(separator: ", ")
  }
}
