import FoundationEssentials
import Testing

/// The options of a tool and its subcommands, as its parser describes them.
struct ToolOptions: Decodable {
  private struct Command: Decodable {
    var commandName: String
    var arguments: [Argument]?
    var subcommands: [Command]?

    /// The options of the command and of those below it, but the one that only prints help.
    var options: Set<String> {
      guard commandName != "help" else { return [] }
      var options: Set<String> = []
      for argument in arguments ?? [] where argument.shouldDisplay {
        for name in argument.names ?? [] {
          options.insert(name.kind == "long" ? "--\(name.name)" : "-\(name.name)")
        }
      }
      return (subcommands ?? []).reduce(into: options) { $0.formUnion($1.options) }
    }
  }

  private struct Argument: Decodable {
    var kind: String
    var shouldDisplay: Bool
    var names: [Name]?
  }

  private struct Name: Decodable {
    var kind: String
    var name: String
  }

  private var command: Command

  /// The options as one types them: `-o`, `--output`.
  var all: Set<String> { command.options }

  /// The long names of the command's options, each with whether a value follows it.
  var long: [(name: String, takesValue: Bool)] {
    (command.arguments ?? []).filter(\.shouldDisplay).flatMap { argument in
      (argument.names ?? []).filter { $0.kind == "long" }.map {
        (name: "--\($0.name)", takesValue: argument.kind == "option")
      }
    }
  }

  static func of(_ tool: String, in place: Workplace) throws -> ToolOptions {
    let dump = try place.succeed("\(tool) --experimental-dump-help")
    return try JSONDecoder().decode(ToolOptions.self, from: Data(dump.output))
  }
}
