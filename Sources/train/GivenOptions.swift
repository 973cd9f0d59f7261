/// The options of a command line as they stand there, whatever a parser makes of them.
struct GivenOptions {
  private let arguments: ArraySlice<String>
  private static let shortNames = ["-j": "--threads", "-o": "--output", "-v": "--vocab"]

  /// Looks at the arguments behind the tool's name, up to `--`.
  init(_ arguments: [String]) {
    self.arguments = arguments[..<(arguments.firstIndex(of: "--") ?? arguments.endIndex)]
  }

  /// Those that this process was called with.
  static var ofThisProcess: GivenOptions { GivenOptions(Array(CommandLine.arguments.dropFirst())) }

  /// The options' long names, in the order of the command line; no value begins with a hyphen.
  var names: [String] {
    arguments.compactMap { argument in
      if argument.hasPrefix("--") { return String(argument.prefix { $0 != "=" }) }
      return Self.shortNames[String(argument.prefix(2))]
    }
  }

  func has(_ option: String) -> Bool { names.contains(option) }

  /// The value of an option, the last if it was given more than once.
  subscript(_ option: String) -> String? {
    for index in arguments.indices.reversed() {
      let argument = arguments[index]
      if argument == option, index + 1 < arguments.endIndex { return arguments[index + 1] }
      if argument.hasPrefix("\(option)=") { return String(argument.dropFirst(option.count + 1)) }
    }
    return nil
  }
}
