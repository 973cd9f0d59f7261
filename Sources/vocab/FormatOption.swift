import ArgumentParser
import TextStreams
import ToolSupport

extension ForeignFormat: ExpressibleByArgument {}

/// The option `--format`: which program's form a vocabulary has.
struct FormatOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The form of the other program: sentencepiece, marian, marian-list or fairseq.",
      valueName: "format"))
  var format: ForeignFormat
}

extension InputFiles {
  /// Refuses more than one file.
  func expectOne(_ what: String) throws {
    if paths.count > 1 { throw ValidationError("one \(what) at a time, not \(paths.count)") }
  }
}
