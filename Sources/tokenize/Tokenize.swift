import ArgumentParser

@main
struct Tokenize: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tokenize", version: "huaben 0.1.0")
  func run() throws {}
}
