package import ArgumentParser
package import TextStreams

/// The FILE arguments of a filter: each is read in turn, `-` and none are standard input.
package struct InputFiles: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files to read in turn; - is standard input, as is no file at all.", valueName: "file"),
    completion: .file())
  package var files: [String] = []

  package init() {}

  /// The paths to open, `-` if none was named.
  package var paths: [String] { files.isEmpty ? ["-"] : files }

  /// Opens each input in turn and closes it afterwards.
  ///
  /// - Parameter body: Takes the input over.
  /// - Throws: ``StreamError`` for an input that cannot be opened, or what `body` throws.
  package func forEach(_ body: (consuming InputFile) throws -> Void) throws {
    for path in paths {
      try body(try InputFile(path: path))
    }
  }
}
