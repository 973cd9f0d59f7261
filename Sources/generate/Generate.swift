import ArgumentParser

@main
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "generate", version: "huaben 0.1.0")
  func run() throws {}
}
