import ArgumentParser
import Kernels
import ModelSupport
import Seq2Seq
import TextStreams
import ToolSupport

@main
struct Score: Tool {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Say how well a model foresees a text.",
    discussion: """
      Reads token lines and computes the probability of each sentence after those before it, or \
      that of each pair's target after its source. \
      Writes a name, a tab and a value a line. See score(1).
      """,
    version: versionText("score", libraries: "oneDNN \(oneDNNVersion())"))

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The model that train wrote.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String

  @Flag(help: "Write a row for every input line instead: tokens, characters, nats.")
  var perLine = false

  @Flag(help: "Read two columns, a source and a target with a tab between.")
  var pairs = false

  @Flag(help: "Compute with 8-bit integers, as generate --int8 does, to see what that costs.")
  var int8 = false

  @OptionGroup var jobs: JobsOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    let pool = WorkerPool(threadCount: jobs.jobs)
    defer { pool.close() }
    let loaded = try LoadedModel(contentsOf: model, for: int8 ? .int8 : .training, pool: pool)
    guard pairs || loaded.metadata.source != .pairs else {
      throw ToolError(
        .usage, "\(model) was trained on pairs; give it sources and targets, and --pairs")
    }
    let output = try outputFile.open()
    let text = ScoredText(for: loaded)
    let pairs = self.pairs ? try text.readPairs(input) : try text.readDocuments(input)
    guard !pairs.isEmpty || perLine else {
      throw ToolError(
        .badData,
        self.pairs
          ? "no pairs; give lines of a source, a tab and a target"
          : "no two sentences follow one another; a sentence is scored after the one before")
    }
    let evaluation = Evaluation(
      of: loaded.model, on: pairs, pool: pool, arenas: (0..<pool.threadCount).map { _ in Arena() },
      maximumSourceLength: loaded.metadata.maximumLength)
    let report = ScoreReport(loaded.vocabulary, pairs: pairs, evaluation: evaluation)
    try perLine ? report.writeLines(to: output.writer) : report.writeSummary(to: output.writer)
    try output.finish()
  }
}
