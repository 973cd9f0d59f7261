import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab bpe [FILE…]`: token lines in, a vocabulary of characters and pieces of words out.
struct BPE: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bpe",
    abstract: "Learn the pieces that words are made of and write their vocabulary.")

  @Option(
    help: ArgumentHelp(
      "Make this many rows, the \(ReservedToken.count) reserved ones and all characters among them.",
      valueName: "n"))
  var size = 8000

  @Option(
    help: ArgumentHelp(
      "Join two pieces only if they stand side by side at least this often.", valueName: "n"))
  var minFrequency = 2

  @OptionGroup var characters: CharacterCoverageOption

  @OptionGroup var counting: CountingOptions
  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    guard (ReservedToken.count...Int(Int32.max)).contains(size) else {
      throw ValidationError(
        "--size takes a number from \(ReservedToken.count) on, the rows that are reserved")
    }
    guard minFrequency >= 1 else {
      throw ValidationError("--min-frequency takes a number from 1 on")
    }
  }

  func run() throws {
    let memory = try counting.memory()
    let output = try output.open()
    var counter = VocabularyCounter(memory: memory)
    try input.forEach { try counter.count($0) }
    var limits = PieceLimits()
    limits.size = size
    limits.minimumFrequency = minFrequency
    limits.characterCoverage = characters.characterCoverage
    let report = try counter.writePieces(to: output.writer, limits: limits)
    try output.finish()
    Vocab.complain(summary(report))
  }

  private func summary(_ report: PieceReport) -> String {
    guard report.tokens > 0 else { return Vocab.emptyText }
    var parts = [
      "\(counted(report.tokens, "token")) of \(counted(report.types, "type"))",
      "kept \(counted(report.characterRows, "character")) and \(counted(report.mergeRows, "merge"))",
      "\(fixed(Double(report.ids) / Double(report.tokens), 3)) ids per token",
    ]
    let rowCount = ReservedToken.count + report.characterRows + report.mergeRows
    if rowCount < size {
      parts.append("\(grouped(rowCount)) rows, as no other pair occurs often enough")
    } else if report.mergeRows == 0, report.characters > 0 {
      parts.append(
        "no room for merges beside \(counted(report.characters, "character")); raise --size")
    }
    return parts.joined(separator: ", ")
  }
}
