import ArgumentParser
import Segmentation
import TextStreams
import ToolSupport

@main
struct Detok: Tool {
  static let configuration = CommandConfiguration(
    commandName: "detok",
    abstract: "Make text of token lines.",
    discussion: """
      Reads the files, or standard input, and gives back the text that tokenize cut, byte for byte. \
      See detok(1).
      """,
    version: versionText("detok"))

  @Flag(help: "Make a line of text of every token line; tabs between columns stay.")
  var lines = false

  @OptionGroup var outputFile: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    let output = try outputFile.open()
    var detokenizer = Detokenizer(writer: output.writer, keepsLines: lines)
    try input.forEach { file in try detokenizer.detokenize(file) }
    try output.finish()
  }
}
