import ArgumentParser
import Steering
import TextStreams

/// Where passages end; whichever comes first.
struct LengthOptions: ParsableArguments {
  /// More of anything than a passage will ever have.
  private static let longest = 1_000_000_000

  @Option(
    help: ArgumentHelp(
      """
      Write this many sentences for each prompt, with other limits at most so many \
      (default: 8, with --lines 1).
      """,
      valueName: "n"))
  var sentences: Int?

  @Option(help: ArgumentHelp("End with this many paragraphs.", valueName: "n"))
  var paragraphs: Int?

  @Option(
    help: ArgumentHelp(
      "End with the sentence that makes it this many characters.", valueName: "n"))
  var characters: Int?

  @Option(
    help: ArgumentHelp(
      "End a passage before this string; can be given several times.", valueName: "string"))
  var stop: [String] = []

  func validate() throws {
    for (name, count) in [
      ("sentences", sentences), ("paragraphs", paragraphs), ("characters", characters),
    ] {
      if let count, !(1...Self.longest).contains(count) {
        throw ValidationError("--\(name) takes a number from 1 to \(Self.longest)")
      }
    }
    for string in stop { try requireSentenceText(string, of: "--stop") }
  }

  /// An option that says how long a passage is, if that is not one sentence.
  var passageLength: String? {
    if let sentences, sentences != 1 { return "--sentences" }
    return paragraphs != nil ? "--paragraphs" : characters != nil ? "--characters" : nil
  }

  /// The options that are given.
  var given: [String] {
    [
      ("--sentences", sentences != nil), ("--paragraphs", paragraphs != nil),
      ("--characters", characters != nil), ("--stop", !stop.isEmpty),
    ].filter(\.1).map(\.0)
  }

  /// What the options say of passages.
  ///
  /// - Parameters:
  ///   - vocabulary: That of the answers.
  ///   - defaultSentences: How many sentences there are where nothing limits a passage.
  /// - Returns: When passages end.
  func plan(_ vocabulary: Vocabulary, defaultSentences: Int) -> PassagePlan {
    var plan = PassagePlan(vocabulary)
    plan.sentences =
      sentences ?? (paragraphs == nil && characters == nil ? defaultSentences : nil)
    plan.paragraphs = paragraphs
    plan.characters = characters
    plan.stops = StopStrings(stop.map { Array($0.utf8) }, vocabulary: vocabulary)
    return plan
  }
}

/// Refuses what cannot stand in a sentence.
func requireSentenceText(_ text: String, of option: String) throws {
  guard !text.isEmpty else { throw ValidationError("\(option) takes text, not nothing") }
  guard !text.utf8.contains(UInt8(ascii: "\n")) else {
    throw ValidationError("\(option) takes text of one sentence, which has no line feed")
  }
}
