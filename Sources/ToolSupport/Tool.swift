package import ArgumentParser
internal import Glibc
internal import TextStreams

/// The version of all tools.
package let toolkitVersion = "0.1.0"

/// Returns what `--version` prints.
///
/// - Parameters:
///   - tool: The command's name.
///   - libraries: What else decides the output, such as `ICU 72.1`.
/// - Returns: `tokenize (huaben) 0.1.0, ICU 72.1`, say.
package func versionText(_ tool: String, libraries: String...) -> String {
  (["\(tool) (huaben) \(toolkitVersion)"] + libraries).joined(separator: ", ")
}

/// A command of the toolkit: diagnostics are one line, exit statuses those of ``ExitStatus``.
///
/// The root command of a tool conforms to it; subcommands may stay `ParsableCommand`.
package protocol Tool: ParsableCommand {
  /// What the arguments mean to the parser; a tool with a default subcommand names it here.
  static func commandLine(_ arguments: [String]) -> [String]
}

extension Tool {
  package static var _errorPrefix: String { "\(_commandName): " }

  package static func commandLine(_ arguments: [String]) -> [String] { arguments }

  /// Runs the tool with the program's arguments and exits.
  package static func main() {
    // A parent may have it ignored; `| head` must end a filter quietly all the same.
    signal(SIGPIPE, SIG_DFL)
    // A limit on the size of files is told by the write that meets it.
    signal(SIGXFSZ, SIG_IGN)
    if let number = firstArgumentThatIsNoText {
      complain("argument \(number) is not valid UTF-8, as names of files and text have to be")
      Glibc.exit(ExitStatus.usage.rawValue)
    }
    let arguments = commandLine(Array(CommandLine.arguments.dropFirst()))
    let outcome = outcome(of: arguments)
    if !outcome.output.isEmpty {
      let writer = ByteWriter()
      do throws(StreamError) {
        try writer.write(outcome.output + "\n")
        try writer.flush()
      } catch {
        complain(error.description)
        Glibc.exit(error.exitStatus.rawValue)
      }
    }
    if !outcome.diagnostic.isEmpty { complain(outcome.diagnostic) }
    Glibc.exit(outcome.status)
  }

  /// Writes one line to standard error: the tool's name and a message.
  ///
  /// - Parameter message: In lower case; control characters in it, of file names say, are escaped.
  package static func complain(_ message: String) {
    let writer = ByteWriter(descriptor: STDERR_FILENO, name: "<stderr>")
    try? writer.write("\(_errorPrefix)\(message.escapingControls)\n")
    writer.flushIfPossible()
  }

  /// The number of the first argument that would be read as other text than it is.
  private static var firstArgumentThatIsNoText: Int? {
    (1..<max(1, Int(CommandLine.argc))).first { number in
      CommandLine.unsafeArgv[number].map { String(validatingCString: $0) == nil } ?? false
    }
  }

  /// Parses arguments and runs the command.
  private static func outcome(of arguments: [String]) -> Outcome {
    var command: any ParsableCommand
    do {
      command = try parseAsRoot(arguments)
    } catch {
      guard exitCode(for: error) != .success else {
        return Outcome(output: message(for: error))
      }
      return usageError(message(for: error), arguments)
    }
    do {
      try command.run()
      return Outcome()
    } catch let error as any Diagnosable {
      return Outcome(status: error.exitStatus.rawValue, diagnostic: error.description)
    } catch let error as Interrupted {
      return Outcome(status: 128 + error.signal)
    } catch let error as ValidationError {
      return usageError(error.message, arguments)
    } catch let error as ExitCode {
      return Outcome(status: error.rawValue)
    } catch {
      // The parser answers --help with a command that throws when it is run.
      guard exitCode(for: error) != .success else {
        return Outcome(output: message(for: error))
      }
      return Outcome(
        status: ExitStatus.bug.rawValue, diagnostic: "\(error); this is a bug, please report it")
    }
  }

  private static func usageError(_ message: String, _ arguments: [String]) -> Outcome {
    var name = _commandName
    if let first = arguments.first,
      configuration.subcommands.contains(where: { $0._commandName == first })
    {
      name += " \(first)"
    }
    let sentence = firstSentence(of: message) ?? "wrong arguments"
    let line = sentence + ValueForm.hint(to: sentence)
    let hint = line.hasPrefix("Missing value") ? negativeNumber(in: arguments) : nil
    return Outcome(
      status: ExitStatus.usage.rawValue,
      diagnostic: uncapitalized(line)
        + (hint.map { ", to which \($0) would give a negative number" } ?? "")
        + (line.hasSuffix("?") ? " See" : "; see") + " '\(name) --help'")
  }

  /// An option and a negative number behind it, which the parser takes for another option, written as
  /// it takes both.
  private static func negativeNumber(in arguments: [String]) -> String? {
    zip(arguments, arguments.dropFirst()).first { option, value in
      option.hasPrefix("--") && value.hasPrefix("-") && Double(value) != nil
    }.map { "'\($0)=\($1)'" }
  }
}

/// How a tool ends.
private struct Outcome {
  var status: Int32 = 0
  var output = ""
  var diagnostic = ""
}

/// Returns a sentence of the parser as the beginning of a diagnostic.
private func uncapitalized(_ sentence: String) -> String {
  let line = sentence.last == "." ? String(sentence.dropLast()) : sentence
  guard line.dropFirst().first?.isLowercase == true else { return line }
  return line.prefix(1).lowercased() + line.dropFirst()
}

/// Returns the first line of the parser's message, and in it the values that it lists below.
private func firstSentence(of message: String) -> String? {
  let lines = message.split(separator: "\n")
  guard let first = lines.first else { return nil }
  let listed = lines.dropFirst().prefix { $0.hasPrefix("  - ") }.map { $0.dropFirst(4) }
  guard first.hasSuffix(":"), !listed.isEmpty else { return String(first) }
  return "\(first) \(listed.joined(separator: ", "))"
}
