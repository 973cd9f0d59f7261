import ArgumentParser
import Segmentation
import ToolSupport

/// How text is cut into sentences and tokens.
struct SegmentationOptions: ParsableArguments {
  @Option(
    name: [.customShort("u", allowingJoined: true), .long],
    help: ArgumentHelp("What a token is.", valueName: "unit"))
  var unit = TokenGranularity.word

  @Option(
    help: ArgumentHelp(
      "Cut by ICU's rules for this locale, such as zh, ja, en or en@ss=standard.",
      valueName: "locale"))
  var locale = "zh"

  @Option(
    help: ArgumentHelp(
      "Never cut inside of this file's words, one a line; may be given again.",
      valueName: "file"),
    completion: .file())
  var dictionary: [String] = []

  @Flag(help: "Read two columns with a tab between, and cut each as one sentence.")
  var pairs = false

  func validate() throws {
    _ = try textLocale()
    guard dictionary.isEmpty || unit == .word else {
      throw ValidationError(
        "--dictionary keeps words whole, which -u \(unit.rawValue) does not have; leave one out")
    }
    try shareNoStandardInput(dictionaries)
  }

  private var dictionaries: [(name: String, path: String?)] {
    dictionary.map { ("--dictionary", $0) }
  }

  /// Reads the dictionaries and returns what a tokenizer is to be told.
  ///
  /// - Parameter paths: The texts to cut.
  /// - Returns: How to cut them.
  /// - Throws: A usage error, or ``StreamError`` at the first line of a dictionary that is wrong.
  func segmenterOptions(forTextsAt paths: [String]) throws -> SegmenterOptions {
    try shareNoStandardInput([("the text", paths.first { $0 == "-" })] + dictionaries)
    var options = SegmenterOptions()
    options.unit = unit
    options.layout = pairs ? .pairs : .runningText
    options.locale = try textLocale()
    if !dictionary.isEmpty { options.dictionary = try UserDictionary(reading: dictionary) }
    return options
  }

  private func textLocale() throws -> TextLocale {
    do {
      return try TextLocale(locale)
    } catch {
      throw ValidationError(error.description)
    }
  }
}

extension TokenGranularity: ExpressibleByArgument {}
