import Glibc
import TestSupport
import Testing

/// A directory of its own for a test, and a shell in it that finds the built tools.
final class Workplace: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/huaben-pipeline-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChildError(reason: "mkdtemp failed") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    mkdir("\(path)/tmp", 0o700)
  }

  /// Removes the directory and all in it.
  func remove() {
    _ = try? Child(["/bin/rm", "-rf", path], environment: [:]).finish()
  }

  /// Starts a script; `$STORY` is where ``Story`` keeps its files, once it was asked for.
  ///
  /// - Parameters:
  ///   - script: What bash runs, with `pipefail`.
  ///   - environment: Variables for it.
  /// - Returns: The shell, or the tool if the script replaces the shell by `exec`.
  /// - Throws: ``ChildError`` if it cannot be started.
  func start(_ script: String, environment: [String: String] = [:]) throws -> Child {
    let inherited = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    var variables = [
      "PATH": "\(Tools.directory):\(Tools.scripts):\(inherited)", "LC_ALL": "C.UTF-8",
      "TMPDIR": "\(path)/tmp", "PLACE": path,
    ]
    variables.merge(environment) { $1 }
    return try Child(
      ["/bin/bash", "-o", "pipefail", "-c", "cd \"$PLACE\" || exit\n\(script)"],
      environment: variables)
  }

  /// Runs a script to its end.
  func run(_ script: String, environment: [String: String] = [:]) throws -> Outcome {
    try start(script, environment: environment).finish()
  }

  /// Runs a script, each command of which has to succeed.
  @discardableResult
  func succeed(
    _ script: String, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run("set -e\n\(script)", environment: environment)
    #expect(
      outcome.status == 0, "\(script)\n\(outcome.diagnostics)", sourceLocation: sourceLocation)
    return outcome
  }

  func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) {
    let file = fopen("\(path)/\(name)", "w")
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  /// The contents of a file; nothing where there is no such file.
  func contents(of name: String) -> [UInt8] { Files.contents(of: "\(path)/\(name)") }

  func text(of name: String) -> String { String(decoding: contents(of: name), as: UTF8.self) }

  func exists(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

  /// Expects that nothing temporary is left.
  func expectNoLeftovers(sourceLocation: SourceLocation = #_sourceLocation) {
    let names = Files.names(in: path).filter { $0.hasPrefix(".") } + Files.names(in: "\(path)/tmp")
    #expect(names == [], "left behind", sourceLocation: sourceLocation)
  }
}

/// Runs a test in a directory of its own, which has nothing temporary in it afterwards.
func withWorkplace(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (Workplace) throws -> Void
) throws {
  let place = try Workplace()
  defer { place.remove() }
  try body(place)
  place.expectNoLeftovers(sourceLocation: sourceLocation)
}
