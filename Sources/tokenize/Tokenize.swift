import ArgumentParser
import Segmentation
import TextStreams
import ToolSupport

@main
struct Tokenize: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Cut text into sentences, one a line, and sentences into words.",
    discussion: """
      Reads the files, or standard input, as UTF-8, and writes token lines, from which detok makes \
      the same text again, byte for byte. See tokenize(1).
      """,
    version: versionText("tokenize", libraries: "ICU \(icuVersion())"))

  @OptionGroup var segmentation: SegmentationOptions

  @Option(
    help: ArgumentHelp(
      "What to do with bytes that are not UTF-8; replace and skip change the text.",
      valueName: "action"))
  var invalid = InvalidBytes.stop

  @OptionGroup var jobs: JobsOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    let options = try segmentation.segmenterOptions(forTextsAt: input.paths)
    let output = try outputFile.open()
    let tokenizer = try Tokenizer(
      options, invalid: invalid, jobs: jobs.jobs, writer: output.writer)
    try input.forEach { file in try tokenizer.tokenize(file) }
    try tokenizer.finish()
    try output.finish()
    if let report = tokenizer.repairReport { Self.complain(report) }
  }
}

extension InvalidBytes: ExpressibleByArgument {}
