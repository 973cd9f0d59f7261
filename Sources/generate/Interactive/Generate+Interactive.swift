import ArgumentParser
import ModelSupport
import Seq2Seq
import Storytelling
import ToolSupport

extension Generate {
  /// Refuses options that make no sense where a story is written together.
  func validateInteractive() throws {
    guard interactive.interactive else { return }
    let others = [
      ("--lines", lines), ("-o", outputFile.output != nil),
      ("--attention", attentionOption.attention != nil),
    ].filter(\.1).map(\.0)
    if let option = (others + lengths.given + steering.ofPassages).first {
      throw ValidationError(
        "-i writes one sentence at a time, to the terminal; leave out \(option)")
    }
    if input.files.contains("-") || steering.files.contains(where: { $0.path == "-" }) {
      throw ValidationError("-i reads what is typed from the standard input; name a file")
    }
    if let count = beam.nBest, count > InteractiveOptions.mostProposals {
      throw ValidationError(
        "-i proposes at most \(InteractiveOptions.mostProposals) sentences; --n-best \(count) is more"
      )
    }
  }

  /// Writes a story together with whoever types.
  ///
  /// - Parameters:
  ///   - loaded: The models.
  ///   - settings: How sentences are written.
  /// - Throws: A usage error, what is wrong with the story's beginning or with a line of a script, or
  ///   ``StreamError`` if reading or writing fails.
  func converse(_ loaded: LoadedEnsemble, _ settings: WritingSettings) throws {
    guard !loaded.isOfPairs else {
      throw ToolError(
        .usage,
        "\(loaded.members[0].path) was trained on pairs, and -i goes on with stories; leave out -i")
    }
    var settings = settings
    settings.alternativeCount = beam.nBest ?? min(3, beam.beamSize ?? 3)
    settings.ranksAlternatives = false
    let key = StoryDialogue.isOnTerminal ? InterruptKey() : nil
    let author = try ModelCoauthor(
      vocabulary: loaded.vocabulary, reach: loaded.reach, settings: settings, key: key,
      makeModel: loaded.makeStepFunction)
    let story = try Story(reading: input.files, for: author)
    if settings.isRandom { Self.complain("--seed \(settings.seed)") }
    let output = try outputFile.open()
    var dialogue = try StoryDialogue(
      StorySession(story, with: author), writer: output.writer, key: key)
    try dialogue.run()
    try output.finish()
    for remark in author.remarks { Self.complain(remark) }
  }
}
