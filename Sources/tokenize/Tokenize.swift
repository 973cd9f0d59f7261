import ArgumentParser
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
  @OptionGroup var transform: TransformOptions
  @OptionGroup var jobs: JobsOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
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
    try input.forEach { file in
      var stages = [encoding.stage(for: file.name, invalid: invalid, tell: Self.complain)]
      if !transforms.isEmpty { stages.append(TransformStage(transforms)) }
      try tokenizer.tokenize(file, stages: stages)
    }
    try tokenizer.finish()
    try output.finish()
    if let summary = invalid.summary { Self.complain(summary) }
  }

  /// What there is to choose from, a line each.
  private var lists: String {
    let encodings = encoding.listEncodings ? TextEncoding.all.map { $0.joined(separator: " ") } : []
    let transforms = transform.listTransforms ? Transliterator.all : []
    return (encodings + transforms).map { "\($0)\n" }.joined()
  }
}
