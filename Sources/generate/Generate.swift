import ArgumentParser
import Kernels
import ModelSupport
import Segmentation
import Seq2Seq
import TextStreams
import ToolSupport

@main
struct Generate: Tool {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Go on writing after a prompt, in the manner of a model.",
    discussion: """
      Reads token lines: a prompt is a paragraph, up to an empty line or the end of the input. \
      Writes for each a passage of token lines and an empty line. A model of pairs answers every \
      line with one. See generate(1).
      """,
    version: versionText(
      "generate", libraries: "oneDNN \(oneDNNVersion())", "ICU \(icuVersion())"))

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The model that train wrote.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String

  @Option(
    help: ArgumentHelp(
      "Write this many sentences for each prompt (default: 8, with --lines 1).", valueName: "n"))
  var sentences: Int?

  @Flag(
    help: "Take every input line as a prompt, and answer each with exactly one line.")
  var lines = false

  @OptionGroup var interactive: InteractiveOptions
  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var penalties: PenaltyOptions
  @OptionGroup var speed: SpeedOptions
  @OptionGroup var seedOption: SeedOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    if let sentences, sentences < 1 {
      throw ValidationError("--sentences takes a number from 1 on")
    }
    if lines, let sentences, sentences != 1 {
      throw ValidationError("--lines answers with one sentence; leave out --sentences")
    }
    try validateInteractive()
  }

  func run() throws {
    let pool = WorkerPool(threadCount: speed.jobs.jobs)
    defer { pool.close() }
    let loaded = try LoadedModel(
      contentsOf: model, for: speed.int8 ? .int8 : .decoding, pool: pool)
    let isOfPairs = loaded.metadata.source == .pairs
    if isOfPairs, let sentences, sentences != 1 {
      throw ToolError(
        .usage,
        "\(model) was trained on pairs and answers a line with one; leave out --sentences")
    }
    let lines = lines || isOfPairs
    let seed = seedOption.resolve()
    let lengths = try sampling.lengths(trainedWith: loaded.metadata.maximumLength)
    var settings = WritingSettings(maximumLength: lengths.upperBound, seed: seed)
    settings.minimumLength = lengths.lowerBound
    settings.sampler = sampling.sampler
    penalties.apply(to: &settings)
    // The source of a pair is another text, maybe with another vocabulary.
    if isOfPairs { settings.historyLength = 0 }
    if interactive.interactive { return try converse(loaded, settings) }
    let storyteller = Storyteller(
      loaded, settings: settings, sentences: sentences ?? (lines ? 1 : 8),
      batchSize: speed.miniBatch, pool: pool)
    let output = try outputFile.open()
    let prompts = Prompts(
      loaded: loaded, storyteller: storyteller, writer: output.writer, areLines: lines,
      batchSize: speed.miniBatch)
    for (number, path) in input.paths.enumerated() {
      var reader = LineReader(
        try InputFile(path: path), expandsGzip: true,
        beforeBlocking: { () throws(StreamError) in
          try prompts.answerWaiting()
        })
      try reader.expectTokenLines()
      if number == 0, !settings.sampler.isGreedy { Self.complain("--seed \(seed)") }
      try prompts.answer(reader)
    }
    try output.finish()
    for remark in storyteller.remarks { Self.complain(remark) }
  }
}
