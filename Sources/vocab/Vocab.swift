import ArgumentParser

@main
struct Vocab: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "vocab", version: "huaben 0.1.0")
  func run() throws {}
}
