import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab export --format FORMAT VOCAB`: a vocabulary in, that of another program out.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a vocabulary in the form of SentencePiece, Marian or fairseq.")

  @OptionGroup var form: FormatOption
  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws { try input.expectOne("vocabulary") }

  func run() throws {
    let vocabulary = try Vocabulary(reading: try InputFile(path: input.paths[0]))
    let output = try output.open()
    let report = try vocabulary.export(as: form.format, to: output.writer)
    try output.finish()
    let leftOut =
      report.leftOutRows > 0
      ? "\(counted(report.leftOutRows, "row")) left out, which no piece can hold" : nil
    Vocab.complain(
      ([
        counted(report.rows, "row") + " as \(form.format.title)",
        losses(hasMerges: vocabulary.mergeCount > 0), leftOut,
      ])
      .compactMap { $0 }.joined(separator: "; "))
  }

  /// What the form does not have.
  private func losses(hasMerges: Bool) -> String {
    let merges = hasMerges ? "; nor are the merges" : ""
    switch form.format {
    case .sentencepiece where hasMerges:
      return "its scores are the ranks of the merges; the counts are not in it"
    case .sentencepiece: return "the counts are in it as logarithms of shares alone"
    case .marian, .marianList: return "the counts are not in it" + merges
    case .fairseq:
      return "<s>, <pad>, </s> and <unk> are implied, their counts are not in it" + merges
    }
  }
}
