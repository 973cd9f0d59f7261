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

  @Option(
    help: ArgumentHelp(
      "Write this many sentences for each prompt (default: 8, with --lines 1).", valueName: "n"))
  var sentences: Int?

  @Flag(
    help: "Take every input line as a prompt, and answer each with exactly one line.")
  var lines = false

  @OptionGroup var sampling: SamplingOptions
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
    let storyteller = Storyteller(
      loaded, sampler: sampling.sampler, maximumLength: sampling.maxLength,
      sentences: sentences ?? (lines ? 1 : 8), seed: seed, batchSize: speed.miniBatch, pool: pool)
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
      if number == 0, sampling.isRandom { Self.complain("--seed \(seed)") }
      try prompts.answer(reader)
    }
    try output.finish()
    for remark in storyteller.remarks { Self.complain(remark) }
  }
}

/// How the next token is chosen.
struct SamplingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Below 1 for likelier tokens, above 1 for more surprise; 0 always takes the likeliest.",
      valueName: "t"))
  var temperature = 1.0

  @Option(help: ArgumentHelp("Choose among the k likeliest tokens; 0 for all.", valueName: "k"))
  var topK = 0

  @Option(
    help: ArgumentHelp(
      "Choose among the likeliest tokens that together have this probability.", valueName: "p"))
  var topP = 0.9

  @Option(
    help: ArgumentHelp(
      "Break off a sentence after this many tokens (default: as the model was trained).",
      valueName: "n"))
  var maxLength: Int?

  func validate() throws {
    guard temperature >= 0, temperature <= 1000 else {
      throw ValidationError("--temperature takes a number from 0 on")
    }
    guard topK >= 0 else { throw ValidationError("--top-k takes a number from 0 on") }
    guard (0...1).contains(topP) else {
      throw ValidationError("--top-p takes a number from 0 to 1")
    }
    if let maxLength, !(1...1_000_000).contains(maxLength) {
      throw ValidationError("--max-length takes a number from 1 to 1000000")
    }
  }

  /// Whether the seed matters.
  var isRandom: Bool { temperature > 0 && topP > 0 && topK != 1 }

  var sampler: Sampler {
    var sampler = Sampler()
    sampler.temperature = temperature
    sampler.topK = topK
    sampler.topP = topP
    return sampler
  }
}

/// How the work is done; with single precision the text does not depend on it.
struct SpeedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Answer up to this many prompts together.", valueName: "n"))
  var miniBatch = 64

  @Flag(help: "Compute with 8-bit integers: faster, in a quarter of the memory, a little rougher.")
  var int8 = false

  @OptionGroup var jobs: JobsOption

  func validate() throws {
    guard (1...65_536).contains(miniBatch) else {
      throw ValidationError("--mini-batch takes a number from 1 to 65536")
    }
  }
}
