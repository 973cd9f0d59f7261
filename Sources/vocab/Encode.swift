import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab encode -v VOCAB [FILE…]`: token lines in, an id stream out.
struct Encode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn token lines into a stream of ids; each file is one document.")

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The vocabulary that 'vocab' or 'vocab bpe' made.", valueName: "file"),
    completion: .file())
  var vocabulary: String

  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    try shareNoStandardInput([
      ("the vocabulary", vocabulary), ("the text", input.standardInput),
    ])
  }

  func run() throws {
    let vocabulary = try Vocabulary(reading: try InputFile(path: vocabulary))
    let output = try output.openBinary("an id stream")
    var encoder = try IdStreamEncoder(to: output.writer, vocabulary: vocabulary)
    try input.forEach { try encoder.encodeDocument($0) }
    try encoder.finish()
    try output.finish()
    let summary = [
      counted(encoder.totals.lines, "line"), counted(encoder.tokenCount, "token"),
      counted(encoder.totals.ids, "id"),
      "\(counted(encoder.spelledCount, "token")) spelled"
        + " (\(percentage(encoder.spelledCount, of: encoder.tokenCount)))",
    ]
    Vocab.complain(summary.joined(separator: ", "))
  }
}
