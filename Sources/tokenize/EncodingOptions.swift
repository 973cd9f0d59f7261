import ArgumentParser
import Encodings
import TextStreams

/// What makes UTF-8 of a text.
struct EncodingOptions: ParsableArguments {
  @Option(
    name: [.customShort("e", allowingJoined: true), .long],
    help: ArgumentHelp(
      "The encoding of the text, by any name ICU knows, or auto to find it out; by default UTF-8.",
      valueName: "name"))
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      "What to do with bytes that are not valid in the encoding; replace and skip change the text.",
      valueName: "action"))
  var invalid = InvalidBytes.stop

  @Flag(help: "Print the encodings there are, each with all its names, and exit.")
  var listEncodings = false

  func validate() throws {
    guard let encoding, !isAutomatic, TextEncoding(encoding) == nil else { return }
    throw ValidationError(
      "there is no encoding '\(encoding)'\(nearby(TextEncoding.namesLike(encoding)));"
        + " --list-encodings has all, and auto finds it out")
  }

  /// Returns what a document passes to become UTF-8.
  ///
  /// - Parameters:
  ///   - name: The document's name in diagnostics.
  ///   - invalid: What is done with what is not valid.
  ///   - tell: Takes diagnostics without the tool's name.
  /// - Returns: The stage.
  func stage(
    for name: String, invalid: InvalidSequences, tell: @escaping (String) -> Void
  ) -> any ByteStage {
    if isAutomatic { return DetectingStage(name: name, invalid: invalid, tell: tell) }
    guard let encoding = encoding.flatMap({ TextEncoding($0) }) else {
      // Without the option a byte order mark is text like any other.
      return UTF8Stage(name: name, invalid: invalid, dropsMark: false)
    }
    return decodingStage(encoding, name: name, invalid: invalid)
  }

  private var isAutomatic: Bool { encoding?.lowercased() == "auto" }
}

extension InvalidBytes: ExpressibleByArgument {}

/// Returns names as the middle of a diagnostic, if there are any.
func nearby(_ names: [String]) -> String {
  names.isEmpty ? "" : ", did you mean \(names.joined(separator: " or "))"
}
