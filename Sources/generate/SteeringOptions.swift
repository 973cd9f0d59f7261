import ArgumentParser
import Steering
import ToolSupport

/// What the text is made to be.
struct SteeringOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Begin every answer with this text.", valueName: "text"))
  var prefix: String?

  @Option(
    help: ArgumentHelp(
      "Begin sentence after sentence with a character of this text.", valueName: "text"))
  var acrostic: String?

  @Option(
    help: ArgumentHelp(
      "Write sentences in clauses of so many characters: 7,7, say.", valueName: "n,n"),
    transform: verseForm)
  var verse: VerseForm?

  @Option(
    help: ArgumentHelp(
      "Have the names of this file appear in every passage; can be given several times.",
      valueName: "file"), completion: .file())
  var dictionary: [String] = []

  @Option(
    help: ArgumentHelp(
      "Make the words of this file more or less likely, or ban them.", valueName: "file"),
    completion: .file())
  var bias: String?

  @Option(
    help: ArgumentHelp(
      "Write the token lines of this file: a paragraph, with --lines a line, for each prompt.",
      valueName: "file"), completion: .file())
  var force: String?

  /// The files of the options.
  var files: [(name: String, path: String?)] {
    dictionary.map { ("--dictionary", $0) } + [("--bias", bias), ("--force", force)]
  }

  /// The characters that sentences begin with, white space left out.
  var acrosticCharacters: [[UInt8]]? {
    acrostic.map { $0.filter { !$0.isWhitespace }.map { Array(String($0).utf8) } }
  }

  var prefixText: [UInt8]? { prefix.map { Array($0.utf8) } }

  func validate() throws {
    if let prefix { try requireSentenceText(prefix, of: "--prefix") }
    if let acrostic { try requireSentenceText(acrostic, of: "--acrostic") }
    if let acrosticCharacters, acrosticCharacters.isEmpty {
      throw ValidationError("--acrostic takes text, not white space alone")
    }
    if force != nil, let option = given.first {
      throw ValidationError("--force leaves nothing open; leave out \(option)")
    }
    try refuseContradictions()
    try shareNoStandardInput(files)
  }

  /// Whether the model is left to itself.
  var isIdle: Bool { given.isEmpty }

  /// The options, but for that of forced text, which are given.
  private var given: [String] {
    [("--verse", verse != nil), ("--bias", bias != nil)].filter(\.1).map(\.0)
      + ofPassages.filter { $0 != "--force" }
  }

  /// The options that are given and that say more of a passage than what each sentence is like.
  var ofPassages: [String] {
    [
      ("--prefix", prefix != nil), ("--acrostic", acrostic != nil),
      ("--dictionary", !dictionary.isEmpty), ("--force", force != nil),
    ].filter(\.1).map(\.0)
  }
}

/// Reads the form of a verse.
private func verseForm(_ text: String) throws -> VerseForm {
  guard let form = VerseForm(text) else {
    throw ValidationError("a verse has clauses of 1 to 1000 characters, such as 7,7")
  }
  return form
}
