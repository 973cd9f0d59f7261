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

  @OptionGroup var models: EnsembleOptions

  @OptionGroup var lengths: LengthOptions

  @Flag(
    help: "Take every input line as a prompt, and answer each with exactly one line.")
  var lines = false

  @OptionGroup var interactive: InteractiveOptions
  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var penalties: PenaltyOptions
  @OptionGroup var beam: BeamOptions
  @OptionGroup var attentionOption: AttentionOption
  @OptionGroup var steering: SteeringOptions
  @OptionGroup var speed: SpeedOptions
  @OptionGroup var seedOption: SeedOption
  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    if lines, let option = lengths.passageLength {
      throw ValidationError("--lines answers with one sentence; leave out \(option)")
    }
    try shareNoStandardInput([("the prompts", input.standardInput)] + steering.files)
    try beam.validate(with: sampling)
    try penalties.validate(for: choice)
    try attentionOption.validate(with: outputFile, sparing: models.model)
    try outputFile.spare(models.model)
    if beam.nBest != nil, !lengths.stop.isEmpty {
      throw ValidationError(
        "--n-best lists whole sentences with their scores; leave out --stop or --n-best")
    }
    try validateInteractive()
  }

  /// How tokens are chosen, as far as the options alone say.
  private var choice: WritingSettings {
    var settings = WritingSettings(maximumLength: 1, seed: 0)
    settings.sampler = sampling.sampler
    beam.apply(to: &settings)
    return settings
  }

  func run() throws {
    let pool = WorkerPool(threadCount: speed.jobs.jobs)
    defer { pool.close() }
    let loaded = try models.load(for: speed.int8 ? .int8 : .decoding, pool: pool)
    try check(loaded)
    let lines = lines || loaded.isOfPairs
    let range = try sampling.lengths(trainedWith: loaded.reach.tokenCount)
    let steered = try SteeredWriting(
      steering, lengths: lengths, vocabulary: loaded.vocabulary, areLines: lines,
      maximumLength: range.upperBound, isLengthGiven: sampling.maxLength != nil)
    let settings = settings(steered, minimumLength: range.lowerBound, isOfPairs: loaded.isOfPairs)
    if interactive.interactive { return try converse(loaded, settings) }
    let storyteller = Storyteller(
      loaded, settings: settings, plan: steered.plan, forced: steered.forced,
      batchSize: speed.miniBatch, pool: pool)
    let output = try outputFile.open()
    let attention = try attentionOption.attention.map { path in
      AttentionWriter(
        try AtomicFile(path: path), sourceVocabulary: loaded.members[0].loaded.sourceVocabulary,
        vocabulary: loaded.vocabulary)
    }
    try answer(
      with: Prompts(
        loaded: loaded, storyteller: storyteller, writer: output.writer, areLines: lines,
        layout: layout(areLines: lines), attention: attention, batchSize: speed.miniBatch),
      seed: settings.isRandom && steered.forced == nil ? settings.seed : nil)
    try output.finish()
    try attention?.finish()
    for remark in storyteller.remarks { Self.complain(remark) }
  }

  /// Says how sentences are written.
  private func settings(
    _ steered: SteeredWriting, minimumLength: Int, isOfPairs: Bool
  ) -> WritingSettings {
    var settings = choice
    (settings.maximumLength, settings.seed) = (steered.maximumLength, seedOption.resolve())
    settings.minimumLength = minimumLength
    penalties.apply(to: &settings)
    // The source of a pair is another text, maybe with another vocabulary.
    if isOfPairs { settings.historyLength = 0 }
    settings.processors += steered.processors
    settings.keepsAttention = attentionOption.attention != nil
    return settings
  }

  /// Reads all prompts and answers them; what decides the choices is told when there is something to
  /// be read.
  private func answer(with prompts: Prompts, seed: UInt64?) throws {
    for (number, path) in input.paths.enumerated() {
      var reader = LineReader(
        try InputFile(path: path), expandsGzip: true,
        beforeBlocking: { () throws(StreamError) in
          try prompts.answerWaiting()
        })
      try reader.expectTokenLines()
      if number == 0, let seed { Self.complain("--seed \(seed)") }
      try prompts.answer(reader)
    }
  }

  private func layout(areLines: Bool) -> AnswerLayout {
    guard beam.nBest != nil else { return areLines ? .lines : .passages }
    return .rows(beam.beamSize == nil ? .logProbability : .ofSearch)
  }

  /// Refuses options that do not fit the models.
  private func check(_ loaded: LoadedEnsemble) throws {
    try loaded.checkSources()
    let path = loaded.members[0].path
    if loaded.isOfPairs, let option = lengths.passageLength {
      throw ToolError(
        .usage, "\(path) was trained on pairs and answers a line with one; leave out \(option)")
    }
    if beam.nBest != nil, !lines, !loaded.isOfPairs, lengths.sentences != 1,
      !interactive.interactive
    {
      throw ToolError(
        .usage, "--n-best lists answers of one sentence; add --lines or --sentences 1")
    }
    let needing =
      attentionOption.attention != nil
      ? "--attention" : beam.coveragePenalty ?? 0 > 0 ? "--coverage-penalty" : nil
    if let needing, !loaded.hasAttention {
      throw ToolError(.usage, "\(path) has no attention; leave out \(needing)")
    }
  }
}
