import ArgumentParser
import Cleaning
import Encodings
import Segmentation
import TextStreams
import ToolSupport

@main
struct Tokenize: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Cut text into sentences, one a line, and sentences into words.",
    discussion: """
      Reads the files, or standard input, as UTF-8 unless told otherwise, and writes token lines, \
      from which detok makes the same text again, byte for byte. See tokenize(1).
      """,
    version: versionText("tokenize", libraries: "ICU \(icuVersion())"))

  @OptionGroup var segmentation: SegmentationOptions

  @OptionGroup var encoding: EncodingOptions
  @OptionGroup var cleaning: CleaningOptions
  @OptionGroup var transform: TransformOptions
  @OptionGroup var jobs: JobsOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    try cleaning.check(pairs: segmentation.pairs, output: outputFile.output)
    let options = try segmentation.segmenterOptions(forTextsAt: input.paths)
    let output = try outputFile.open()
    if encoding.listEncodings || transform.listTransforms {
      try output.writer.write(lists)
      try output.finish()
      return
    }
    let tokenizer = try Tokenizer(
      options, jobs: jobs.jobs, writer: output.writer)
    let invalid = InvalidSequences(encoding.invalid, tell: Self.complain)
    let transforms = transform.open()
    let session = try cleaning.open()
    try input.forEach { file in
      let name = file.name
      var stages = [encoding.stage(for: name, invalid: invalid, tell: Self.complain)]
      let cleaner = session.cleaner(for: name)
      if let cleaner { stages.append(cleaner) }
      if !transforms.isEmpty { stages.append(TransformStage(transforms)) }
      try tokenizer.tokenize(file, stages: stages)
      for report in cleaner?.reports ?? [] { Self.complain("\(name): \(report)") }
    }
    try tokenizer.finish()
    try output.finish()
    try session.finish()
    if let summary = invalid.summary { Self.complain(summary) }
  }

  /// What there is to choose from, a line each.
  private var lists: String {
    let encodings = encoding.listEncodings ? TextEncoding.all.map { $0.joined(separator: " ") } : []
    let transforms = transform.listTransforms ? Transliterator.all : []
    return (encodings + transforms).map { "\($0)\n" }.joined()
  }
}
