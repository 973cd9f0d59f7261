import ArgumentParser

@main
struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "score", version: "huaben 0.1.0")
  func run() throws {}
}
