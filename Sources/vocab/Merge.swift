import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab merge FILE…`: vocabularies in, the vocabulary of all their texts out.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make one vocabulary of several; counts of the same token are added up.")

  @OptionGroup var rows: LimitOptions
  @OptionGroup var counting: CountingOptions
  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    let memory = try counting.memory()
    let output = try output.open()
    var counter = VocabularyCounter(memory: memory)
    var rowCount = 0
    try input.forEach { file in
      let name = file.name
      let vocabulary = try Vocabulary(reading: file)
      guard vocabulary.mergeCount == 0 else {
        throw ToolError(
          .badData, "\(name): its merges cannot be joined with others; give 'vocab bpe' all texts")
      }
      rowCount += vocabulary.count
      try counter.add(vocabulary)
    }
    let report = try counter.write(to: output.writer, limits: rows.limits)
    try output.finish()
    let kept = ReservedToken.count + report.characterRows + report.wordRows
    Vocab.complain(
      "\(counted(rowCount, "row")) of \(grouped(input.paths.count))"
        + " \(input.paths.count == 1 ? "vocabulary" : "vocabularies"), kept"
        + " \(counted(kept, "row")): \(counted(report.characterRows, "character")),"
        + " \(counted(report.wordRows, "word")) and the reserved ones")
    if let complaint = complaint(ofSize: report) { Vocab.complain(complaint) }
  }
}
