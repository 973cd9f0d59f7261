import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab cat FILE…`: id streams of one vocabulary in, one id stream out.
struct Cat: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join streams of ids that have the same vocabulary; documents stay apart.")

  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func run() throws {
    let output = try output.openBinary("an id stream")
    var joiner = IdStreamJoiner(to: output.writer)
    try input.forEach { try joiner.add($0) }
    try joiner.finish()
    try output.finish()
  }
}
