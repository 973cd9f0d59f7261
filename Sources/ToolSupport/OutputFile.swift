package import ArgumentParser
internal import Glibc
package import TextStreams

/// The option `-o FILE`; without it the output is standard output.
package struct OutputFile: ParsableArguments {
  @Option(
    name: [.customShort("o", allowingJoined: true), .long],
    help: ArgumentHelp(
      "Write to this file, which appears when it is whole, not to standard output.",
      valueName: "file"),
    completion: .file())
  package var output: String?

  package init() {}

  /// Opens the output.
  ///
  /// - Throws: ``StreamError`` if the file cannot be created.
  package func open() throws(StreamError) -> Output {
    guard let output, output != "-" else { return Output(file: nil) }
    return Output(file: try AtomicFile(path: output))
  }
}

extension OutputFile {
  /// Makes sure that the output does not take the place of a file that took long to make.
  ///
  /// - Parameter paths: The files, such as models.
  /// - Throws: A usage error.
  package func spare(_ paths: [String]) throws { try spareFiles(paths, from: output, of: "-o") }

  /// Opens the output for bytes that are no text; a terminal is refused.
  ///
  /// - Parameter what: What is written, such as `a model`.
  /// - Returns: The output.
  /// - Throws: ``StreamError`` if the file cannot be created, or a usage error.
  package func openBinary(_ what: String) throws -> Output {
    if output == nil || output == "-", isatty(STDOUT_FILENO) == 1 {
      throw ValidationError("\(what) is no text for a terminal; name a file with -o")
    }
    return try open()
  }
}

/// What a tool writes to: standard output, or a file that appears when it is whole.
package final class Output {
  package let writer: ByteWriter
  private let file: AtomicFile?
  private var isFinished = false

  /// Creates an output.
  ///
  /// - Parameter file: `nil` for standard output.
  package init(file: AtomicFile?) {
    self.file = file
    writer = file?.writer ?? ByteWriter()
  }

  /// On the way out of an error, standard output has what was made before it, a file nothing.
  deinit {
    if !isFinished, file == nil { writer.flushIfPossible() }
  }

  /// Writes what is left and makes sure that all of it arrived.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`, on a full disk say.
  package func finish() throws(StreamError) {
    isFinished = true
    guard let file else {
      try writer.flush()
      // Some file systems report a full disk only here.
      guard close(STDOUT_FILENO) == 0 else {
        throw StreamError(stream: writer.name, problem: .unwritable(errno: errno))
      }
      return
    }
    try file.commit()
  }
}
