import ArgumentParser
import Kernels
import Seq2Seq
import TextStreams
import ToolSupport

@main
struct Train: Tool {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a sequence-to-sequence model on a stream of ids, or on pairs of sentences.",
    discussion: """
      Reads what 'vocab encode' wrote, from a file or standard input, and learns to predict each \
      sentence from those before it; or with --pairs what 'tokenize --pairs' wrote, and learns to \
      predict the second column from the first. The best model on the held-out text is written. See \
      train(1).
      """,
    version: versionText("train", libraries: "oneDNN \(oneDNNVersion())"))

  @OptionGroup(title: "Length of the run") var length: LengthOptions
  @OptionGroup(title: "Held-out text") var heldOut: HeldOutOptions
  @OptionGroup(title: "Source and target") var source: SourceOptions
  @OptionGroup(title: "Model") var preset: PresetOptions
  @OptionGroup(title: "Model") var model: ModelOptions
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
    help: ArgumentHelp(
      "The id stream, or the pairs; - or none is standard input.", valueName: "file"),
    completion: .file())
  var input = "-"

  func validate() throws {
    let given = GivenOptions.ofThisProcess
    if let measurement = Measurement(given) {
      try measurement.check(given, hasFile: input != "-")
    } else {
      try checkHeldOut(isNone: heldOut.isNone)
      try shareNoStandardInput(files)
    }
    guard measuring.benchmark else { return }
    if let length = model.size.requestedMaxLength, length < 2 {
      throw ValidationError("--benchmark takes a --max-length from 2 on")
    }
  }

  /// Makes sure that there is held-out text if options go by it.
  private func checkHeldOut(isNone: Bool) throws {
    guard isNone else { return }
    let options = [
      ("--early-stopping", length.earlyStopping > 0),
      ("--lr-schedule plateau", optimisation.schedule.lrSchedule == .plateau),
    ]
    guard let (option, _) = options.first(where: \.1) else { return }
    throw ValidationError(
      "\(option) goes by the held-out loss and nothing is held out; "
        + "give --valid or a larger --valid-fraction")
  }

  private var files: [(name: String, path: String?)] {
    [
      ("the text", input), ("--valid", heldOut.valid),
      ("--init-embeddings", model.size.initEmbeddings),
    ] + source.files
  }

  static func commandLine(_ arguments: [String]) -> [String] { Preset.expand(arguments) }

  func run() throws {
    if measuring.selfCheck { return try selfCheck() }
    if measuring.benchmark {
      try measuring.run(
        model: model, optimisation: optimisation, jobs: jobs.jobs, to: outputFile.open())
      return
    }
    if let log {
      try TrainingLog.check(
        path: log, isNoneOf: files.compactMap(\.path) + [outputFile.output].compactMap { $0 })
    }
    let output = try outputFile.openBinary("a model")
    let vectors = try self.model.size.initEmbeddings.map {
      try InitialEmbeddings(path: $0, expecting: self.model.size.dimEmb)
    }
    let text = try source.read(
      input, heldOut: heldOut, maximumLength: self.model.size.maxLength)
    try checkHeldOut(isNone: text.pairs.validation.isEmpty)
    let session = TrainingSession(text, progress: progress.makeLine())

    let suggestion = Suggestion(trainingTokens: text.pairs.training.tokenCount)
    var plan = TrainingPlan()
    plan.seed = seedOption.resolve()
    length.apply(to: &plan, suggestion)
    heldOut.apply(to: &plan)
    optimisation.apply(to: &plan, suggestion)
    objective.apply(to: &plan)
    var configuration = try self.model.configuration(
      vocabularySize: text.vocabulary.count, suggestion)
    try objective.apply(to: &configuration)
    configuration.sourceVocabularySize = text.sourceVocabulary?.count
    if let vectors { configuration.embeddingSize = vectors.size }
    try Feasibility.check(
      configuration, plan: plan, vocabularyByteCount: text.vocabularyByteCount)
    let log = try self.log.map(TrainingLog.init(path:))
    let model = session.makeModel(configuration, seed: plan.seed)
    try vectors?.copy(to: model, of: text)

    let interrupt = InterruptFlag()
    Activity.count(measuring.profile)
    let best = try session.train(
      model, plan: plan, jobs: jobs.jobs, interrupt: interrupt, log: log)
    var metadata = session.metadata(
      of: model, plan: plan, best: best, maximumLength: self.model.size.maxLength)
    metadata.trainingRecord.merge(heldOut.record) { $1 }
    metadata.trainingRecord.merge(preset.record) { $1 }
    if let vectors {
      metadata.trainingRecord["init_embeddings"] = String(vectors.foundCount)
    }
    let file = ModelFile(metadata: metadata, parameters: model.parameters)
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
