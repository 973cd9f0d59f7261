import ArgumentParser
import Kernels
import Seq2Seq
import TextStreams
import ToolSupport

/// Measuring the speed of training instead of training.
struct BenchmarkOptions: ParsableArguments {
  @Flag(
    help:
      "Read nothing, train on made-up sentences of 25 tokens or --max-length, and print the speed.")
  var benchmark = false

  @Flag(
    help:
      "Read nothing, try the kind of model out on tasks whose outcome is known, and print the findings."
  )
  var selfCheck = false

  @Flag(help: "Print where the time went to standard error.")
  var profile = false

  @Option(
    help: ArgumentHelp("Size of the vocabulary of --benchmark (default: 20000).", valueName: "n"))
  var vocabSize: Int?

  func validate() throws {
    guard !(benchmark && selfCheck) else {
      throw ValidationError("give --benchmark or --self-check, not both")
    }
    guard let vocabSize else { return }
    guard benchmark else {
      throw ValidationError("--vocab-size goes with --benchmark; a text has its own vocabulary")
    }
    guard (300...10_000_000).contains(vocabSize) else {
      throw ValidationError("--vocab-size takes a number from 300 to 10000000")
    }
  }

  /// Measures a model of the options' sizes and prints a line for it.
  func run(
    model: ModelOptions, optimisation: OptimisationOptions, jobs: Int, to output: Output
  ) throws {
    // Sizes of their own, so that figures compare from version to version and with other programs.
    var suggestion = Suggestion(trainingTokens: .max)
    (suggestion.embeddingSize, suggestion.hiddenSize) = (256, 512)
    let configuration = try model.configuration(
      vocabularySize: vocabSize ?? 20_000, suggestion)
    var plan = TrainingPlan()
    optimisation.apply(to: &plan, suggestion)
    try Feasibility.check(configuration, plan: plan, vocabularyByteCount: 0)
    let pool = WorkerPool(threadCount: jobs)
    defer { pool.close() }
    var measurement = TrainingBenchmark(
      configuration: configuration, batchSize: optimisation.batch.miniBatch ?? 64,
      length: model.size.requestedMaxLength ?? 25)
    measurement.optimizer = plan.optimizer
    let result = measurement.run(updates: 9, pool: pool, isProfiled: profile)
    try output.writer.write(
      "\(fixed(result.tokensPerSecond, 0)) target tokens/s"
        + "\t\(fixed(result.secondsPerUpdate * 1000, 1)) ms/update"
        + "\t\(fixed(result.operationsPerSecond / 1e9, 0)) GFLOP/s"
        + "\t\(fixed(result.operationsPerSecond / result.peakOperationsPerSecond, 2))"
        + " of the sgemm peak of \(fixed(result.peakOperationsPerSecond / 1e9, 0)) GFLOP/s\n")
    try output.finish()
    if profile {
      ActivityTable(Activity.seconds()).complain()
      Train.complain("\(counted(result.allocationCount, "block")) of memory taken while timed")
    }
  }
}
