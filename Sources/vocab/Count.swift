import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab [FILE…]`: token lines in, a vocabulary out.
struct Count: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count the tokens of token lines and write their vocabulary.")

  @OptionGroup var rows: LimitOptions
  @OptionGroup var counting: CountingOptions
  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    let memory = try counting.memory()
    let output = try output.open()
    var counter = VocabularyCounter(memory: memory)
    try input.forEach { try counter.count($0) }
    let report = try counter.write(to: output.writer, limits: rows.limits)
    try output.finish()
    Vocab.complain(summary(report))
    if let complaint = complaint(ofSize: report) { Vocab.complain(complaint) }
  }

  private func summary(_ report: VocabularyReport) -> String {
    let spelled = report.tokens - report.coveredTokens
    guard report.tokens > 0 else { return Vocab.emptyText }
    return [
      "\(counted(report.tokens, "token")) of \(counted(report.types, "type"))",
      "kept \(counted(report.characterRows, "character")) and \(counted(report.wordRows, "word"))",
      "they cover \(percentage(report.coveredTokens, of: report.tokens)) of the tokens",
      "\(percentage(spelled, of: report.tokens)) are spelled",
    ].joined(separator: ", ")
  }
}
