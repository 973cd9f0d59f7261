import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab decode [FILE…]`: id streams in, token lines out.
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn streams of ids back into token lines, spelled tokens as what spells them.")

  @Flag(help: "Write the vocabulary of the stream, not its lines.")
  var vocabulary = false

  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    if vocabulary, input.paths.count > 1 {
      throw ValidationError("--vocabulary takes one file, as each has a vocabulary of its own")
    }
  }

  func run() throws {
    let output = try output.open()
    let writer = output.writer
    try input.forEach { file in
      var decoder = try IdStreamDecoder(file) { () throws(StreamError) in try writer.flush() }
      if vocabulary {
        try writer.write(decoder.vocabulary.text)
      } else {
        try decoder.decode(to: writer)
      }
    }
    try output.finish()
  }
}
