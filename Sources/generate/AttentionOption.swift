import ArgumentParser
import ToolSupport

/// Where to write what the model looked at.
struct AttentionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the attention of every sentence to this file, as rows of weights.", valueName: "file"),
    completion: .file())
  var attention: String?

  func validate() throws {
    guard attention == "-" else { return }
    throw ValidationError("--attention takes a file; standard output is for token lines")
  }

  /// Refuses the file of the answers, and files that took long to make.
  func validate(with output: OutputFile, sparing models: [String]) throws {
    try spareFiles(models, from: attention, of: "--attention")
    guard let attention, let output = output.output, leadToOneFile(attention, output) else {
      return
    }
    throw ValidationError("--attention and -o name one file, '\(attention)'")
  }
}
