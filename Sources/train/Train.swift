import ArgumentParser

@main
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "train", version: "huaben 0.1.0")
  func run() throws {}
}
