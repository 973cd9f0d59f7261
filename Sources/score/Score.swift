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
      Reads token lines and computes the probability of each sentence after the one before it. \
      Writes a name, a tab and a value a line. See score(1).
      """,
    version: versionText("score", libraries: "oneDNN \(oneDNNVersion())"))

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The model that train wrote.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String

  @Flag(help: "Write a row for every input line instead: tokens, characters, nats.")
  var perLine = false

  @Flag(help: "Compute with 8-bit integers, as generate --int8 does, to see what that costs.")
  var int8 = false

  @OptionGroup var jobs: JobsOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    let pool = WorkerPool(threadCount: jobs.jobs)
    defer { pool.close() }
    let loaded = try LoadedModel(contentsOf: model, for: int8 ? .int8 : .training, pool: pool)
    let output = try outputFile.open()
    let text = RunningText()
    var documents: [Range<Int>] = []
    try input.forEach { file in
      let start = text.lineCount
      try read(file, into: text, with: loaded)
      documents.append(start..<text.lineCount)
    }
    let pairs = text.pairs(documents: documents)
    guard !pairs.isEmpty || perLine else {
      throw ToolError(
        .badData, "no two sentences follow one another; a sentence is scored after the one before")
    }
    let evaluation = Evaluation(
      of: loaded.model, on: pairs, pool: pool, arenas: (0..<pool.threadCount).map { _ in Arena() },
      maximumSourceLength: loaded.metadata.maximumLength)
    let report = ScoreReport(loaded.vocabulary, pairs: pairs, evaluation: evaluation)
    try perLine ? report.writeLines(to: output.writer) : report.writeSummary(to: output.writer)
    try output.finish()
  }

  /// Reads a file's lines as ids.
  private func read(
    _ file: consuming InputFile, into text: RunningText, with loaded: LoadedModel
  ) throws {
    var lines = LineReader(file)
    try lines.expectTokenLines()
    var ids: [UInt32] = []
    while let line = try lines.next() {
      ids.removeAll(keepingCapacity: true)
      try loaded.encode(line, of: lines, into: &ids)
      ids.forEach(text.append)
      text.endLine()
    }
  }
}
