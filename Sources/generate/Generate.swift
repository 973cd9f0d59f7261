import ArgumentParser
import Kernels
import ModelSupport
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
    version: versionText("generate", libraries: "oneDNN \(oneDNNVersion())"))

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The model that train wrote.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String

  @OptionGroup var lengths: LengthOptions

  @Flag(
    help: "Take every input line as a prompt, and answer each with exactly one line.")
  var lines = false

  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var penalties: PenaltyOptions
  @OptionGroup var steering: SteeringOptions
  @OptionGroup var speed: SpeedOptions
  @OptionGroup var seedOption: SeedOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    if lines, let option = lengths.passageLength {
      throw ValidationError("--lines answers with one sentence; leave out \(option)")
    }
    guard !steering.paths.contains("-") || !input.paths.contains("-") else {
      throw ValidationError(
        "prompts and an option's file cannot both be the standard input; name a file")
    }
  }

  func run() throws {
    let pool = WorkerPool(threadCount: speed.jobs.jobs)
    defer { pool.close() }
    let loaded = try LoadedModel(
      contentsOf: model, for: speed.int8 ? .int8 : .decoding, pool: pool)
    let isOfPairs = loaded.metadata.source == .pairs
    if isOfPairs, let option = lengths.passageLength {
      throw ToolError(
        .usage,
        "\(model) was trained on pairs and answers a line with one; leave out \(option)")
    }
    let lines = lines || isOfPairs
    let seed = seedOption.resolve()
    let range = try sampling.lengths(trainedWith: loaded.metadata.maximumLength)
    let steered = try SteeredWriting(
      steering, lengths: lengths, vocabulary: loaded.vocabulary, areLines: lines,
      maximumLength: range.upperBound, isLengthGiven: sampling.maxLength != nil)
    var settings = WritingSettings(maximumLength: steered.maximumLength, seed: seed)
    settings.minimumLength = range.lowerBound
    settings.sampler = sampling.sampler
    penalties.apply(to: &settings)
    // The source of a pair is another text, maybe with another vocabulary.
    if isOfPairs { settings.historyLength = 0 }
    settings.processors += steered.processors
    let storyteller = Storyteller(
      loaded, settings: settings, plan: steered.plan, forced: steered.forced,
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
      if number == 0, !settings.sampler.isGreedy, steered.forced == nil {
        Self.complain("--seed \(seed)")
      }
      try prompts.answer(reader)
    }
    try output.finish()
    for remark in storyteller.remarks { Self.complain(remark) }
  }
}
