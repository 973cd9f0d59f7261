import ArgumentParser
import Kernels
import Seq2Seq
import TextStreams
import ToolSupport

@main
struct Train: Tool {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a sequence-to-sequence model on a stream of ids.",
    discussion: """
      Reads what 'vocab encode' wrote, from a file or standard input, and learns to predict each \
      sentence from the one before it. The best model on the held-out text is written. See \
      train(1).
      """,
    version: versionText("train", libraries: "oneDNN \(oneDNNVersion())"))

  @OptionGroup(title: "Length of the run") var length: LengthOptions
  @OptionGroup(title: "Held-out text") var heldOut: HeldOutOptions
  @OptionGroup(title: "Model") var size: ModelOptions
  @OptionGroup(title: "Optimisation") var optimisation: OptimisationOptions
  @OptionGroup(title: "Objective and output") var objective: ObjectiveOptions
  @OptionGroup(title: "Measuring") var measuring: BenchmarkOptions
  @OptionGroup var seedOption: SeedOption
  @OptionGroup var jobs: JobsOption
  @OptionGroup var progress: ProgressOption
  @OptionGroup var outputFile: OutputFile

  @Option(
    help: ArgumentHelp("Write a row of figures for each held-out loss.", valueName: "file"),
    completion: .file())
  var log: String?

  @Argument(
    help: ArgumentHelp("The id stream; - or none is standard input.", valueName: "file"),
    completion: .file())
  var input = "-"

  func validate() throws {
    guard measuring.benchmark else { return }
    let meaningless: [(String, Bool)] = [
      ("--time", length.time != nil), ("--epochs", length.epochs != nil),
      ("--updates", length.updates != nil), ("--valid", heldOut.valid != nil),
      ("--valid-freq", heldOut.validFreq != nil), ("--log", log != nil),
      ("--mini-batch-words", optimisation.miniBatchWords != nil), ("a file", input != "-"),
    ]
    if let (name, _) = (meaningless + objective.given).first(where: \.1) {
      throw ValidationError(
        "--benchmark trains on made-up sentences, for which \(name) means nothing")
    }
    if let length = size.requestedMaxLength, length < 2 {
      throw ValidationError("--benchmark takes a --max-length from 2 on")
    }
  }

  func run() throws {
    if measuring.benchmark {
      try measuring.run(
        size: size, optimisation: optimisation, jobs: jobs.jobs, to: outputFile.open())
      return
    }
    if let log {
      try TrainingLog.check(
        path: log, isNoneOf: [input, heldOut.valid, outputFile.output].compactMap { $0 })
    }
    let output = try outputFile.openBinary("a model")
    let corpus = try IdCorpus(try InputFile(path: input))
    let validCorpus = try heldOut.valid.map { try IdCorpus(try InputFile(path: $0)) }
    let pairs = try heldOut.pairs(
      of: corpus, and: validCorpus, maximumLength: size.maxLength)
    let session = TrainingSession(
      vocabulary: corpus.vocabulary, pairs: pairs, progress: progress.makeLine())

    let suggestion = Suggestion(trainingTokens: pairs.training.tokenCount)
    var plan = TrainingPlan()
    plan.seed = seedOption.resolve()
    length.apply(to: &plan, suggestion)
    heldOut.apply(to: &plan)
    optimisation.apply(to: &plan, suggestion)
    objective.apply(to: &plan)
    var configuration = size.configuration(
      vocabularySize: corpus.vocabulary.count, suggestion)
    try objective.apply(to: &configuration)
    try Feasibility.check(configuration, vocabularyByteCount: corpus.vocabulary.text.count)
    let log = try self.log.map(TrainingLog.init(path:))
    let model = session.makeModel(configuration, seed: plan.seed)

    let interrupt = InterruptFlag()
    Activity.count(measuring.profile)
    let best = try session.train(
      model, plan: plan, jobs: jobs.jobs, interrupt: interrupt, log: log)
    let file = ModelFile(
      metadata: session.metadata(of: model, plan: plan, best: best, maximumLength: size.maxLength),
      parameters: model.parameters)
    try file.serialize { try output.writer.write($0) }
    try output.finish()
    session.announceEnd(
      best, path: outputFile.output ?? "standard output", interrupted: interrupt.isSet)
    if measuring.profile {
      ActivityTable(Activity.seconds()).complain()
      Self.complain(
        "\(counted(session.allocationCount, "block")) of memory taken for the activations")
    }
    try log?.finish()
    if let signal = interrupt.signal { throw Interrupted(signal: signal) }
  }
}
