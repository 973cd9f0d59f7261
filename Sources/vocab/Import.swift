import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab import --format FORMAT FILE`: a vocabulary of another program in, one of ours out.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a vocabulary of one that SentencePiece, Marian or fairseq has.")

  @OptionGroup var form: FormatOption

  @Flag(
    help: "The tokens are text, and not those of token lines: escape what 'tokenize' escapes.")
  var text = false

  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws { try input.expectOne("file") }

  func run() throws {
    let importer = try VocabularyImporter(
      try InputFile(path: input.paths[0]), format: form.format, isText: text)
    let output = try output.open()
    try importer.write(to: output.writer)
    try output.finish()
    let report = importer.report
    let missing = ReservedToken.count - report.reservedTokens
    Vocab.complain(
      [
        "\(counted(report.tokens, "token")) and \(grouped(report.reservedTokens)) reserved ones",
        missing > 0 ? "\(counted(missing, "reserved row")) added" : nil,
        report.paddingRows > 0
          ? "\(counted(report.paddingRows, "row")) of padding left out" : nil,
        form.format.hasCounts ? nil : "all counts are 0, as it has none",
      ].compactMap { $0 }.joined(separator: "; "))
  }
}
