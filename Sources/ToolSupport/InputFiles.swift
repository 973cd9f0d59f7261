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

  /// `-` if standard input is among them; for ``shareNoStandardInput(_:)``.
  package var standardInput: String? { paths.first { $0 == "-" } }

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

/// Makes sure that standard input is read as one thing alone.
///
/// - Parameter inputs: What is read, as a diagnostic names it, and its path, if it has one.
/// - Throws: A usage error naming the first two that are both `-`.
package func shareNoStandardInput(_ inputs: [(name: String, path: String?)]) throws {
  let names = inputs.filter { $0.path == "-" }.map(\.name)
  guard names.count > 1 else { return }
  throw ValidationError(
    names[0] == names[1]
      ? "only one \(names[0]) can be standard input; name a file"
      : "\(names[0]) and \(names[1]) cannot both be standard input; name a file")
}
