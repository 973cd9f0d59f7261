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
    abstract: "Say how well a model foresees a text, and what the text is like.",
    discussion: """
      Reads token lines and computes the probability of each sentence after those before it, or \
      that of each pair's target after its source. \
      Writes a name, a tab and a value a line. Without a model these are figures of the text \
      itself. See score(1).
      """,
    version: versionText("score", libraries: "oneDNN \(oneDNNVersion())"))

  @OptionGroup var ensemble: EnsembleOptions

  @Flag(help: "Write a row for every input line instead: tokens, characters, nats.")
  var perLine = false

  @Flag(help: "Write a row for every token instead: line, place, token, nats.")
  var perToken = false

  @Flag(help: "Read two columns, a source and a target with a tab between.")
  var pairs = false

  @OptionGroup var comparison: ComparisonOptions
  @OptionGroup var reranking: RerankOptions

  @Flag(help: "Compute with 8-bit integers, as generate --int8 does, to see what that costs.")
  var int8 = false

  @OptionGroup var jobs: JobsOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    try outputFile.spare(ensemble.model)
    let outputs = [
      ("--per-line", perLine), ("--per-token", perToken), ("--rerank", reranking.rerank),
    ].filter(\.1).map(\.0)
    if outputs.count > 1 {
      throw ValidationError("\(outputs[0]) and \(outputs[1]) exclude one another")
    }
    if let output = outputs.first, let option = comparison.given {
      throw ValidationError("\(option) goes with the figures of a text; leave out \(output)")
    }
    if reranking.rerank, pairs {
      throw ValidationError("--rerank reads sources from --source; leave out --pairs")
    }
    if ensemble.model.isEmpty, let option = outputs.first ?? (int8 ? "--int8" : nil) {
      throw ValidationError("\(option) needs a model; name one with --model")
    }
    try shareNoStandardInput(
      [("the text", input.standardInput), ("--source", reranking.source)]
        + comparison.training.map { ("--training", $0) }
        + comparison.reference.map { ("--reference", $0) })
  }

  func run() throws {
    let pool = WorkerPool(threadCount: jobs.jobs)
    defer { pool.close() }
    let loaded =
      ensemble.model.isEmpty
      ? nil : try ensemble.load(for: int8 ? .int8 : .training, pool: pool)
    for member in loaded?.members ?? []
    where !pairs && !reranking.rerank && member.loaded.metadata.source == .pairs {
      throw ToolError(
        .usage, "\(member.path) was trained on pairs; give it sources and targets, and --pairs")
    }
    let output = try outputFile.open()
    if reranking.rerank, let loaded {
      try rerank(with: loaded, pool: pool, to: output.writer)
    } else if perLine || perToken, let loaded {
      let text = try read(input.paths, for: loaded)
      let report = ScoreReport(
        vocabulary: loaded.vocabulary, scorer: loaded.scorer(of: text.pairs, pool: pool))
      try perLine
        ? report.writeLines(to: output.writer) : report.writeTokens(to: output.writer)
    } else {
      try writeSummary(by: loaded, pool: pool, to: output.writer)
    }
    try output.finish()
  }
}
