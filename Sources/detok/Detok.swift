import ArgumentParser

@main
struct Detok: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "detok", version: "huaben 0.1.0")
  func run() throws {}
}
