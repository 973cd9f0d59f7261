import TestSupport
import Testing

/// A binary file that is cut off, or in which a bit has changed, is refused; nothing is made of it.
@Suite struct DamageTests {
  /// What happens to a file on the way.
  enum Damage: Sendable, CustomTestStringConvertible {
    /// This share of it arrives.
    case cut(Double)
    /// This share into it a bit is another.
    case flip(Double)
    /// This many bytes from the end are missing.
    case lack(Int)
    /// A byte stands behind its end.
    case more

    var testDescription: String { "\(self)" }

    func apply(to bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      switch self {
      case .cut(let share): bytes.removeSubrange(Int(Double(bytes.count) * share)...)
      case .flip(let share): bytes[Int(Double(bytes.count - 1) * share)] ^= 0x10
      case .lack(let count): bytes.removeLast(count)
      case .more: bytes.append(0)
      }
      return bytes
    }
  }

  static let damages: [Damage] = [
    .cut(0.001), .cut(0.02), .cut(0.3), .cut(0.99), .lack(1), .lack(40), .more,
    .flip(0.0), .flip(0.0005), .flip(0.002), .flip(0.1), .flip(0.5), .flip(0.9), .flip(1.0),
  ]

  @Test(arguments: damages)
  func aDamagedIdStreamIsRefused(damage: Damage) throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(damage.apply(to: Files.contents(of: "\(story.path)/story.ids")), to: "ids")
      for filter in [Filter.decode, .cat, .train] {
        for script in ["\(filter.command) -o out ids", "cat ids | \(filter.command) -o out"] {
          let outcome = try place.run(script)
          let name = script.hasPrefix("cat") ? "<stdin>" : "ids"
          outcome.expectFailure(65, filter.tool, saying: "\(name)", "vocab encode")
          #expect(!place.exists("out"))
        }
      }
    }
  }

  @Test(arguments: damages)
  func aDamagedModelIsRefused(damage: Damage) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let model = Files.contents(of: "\(story.path)/story.safetensors")
      place.write(damage.apply(to: model), to: "model")
      for tool in ["generate", "score"] {
        let outcome = try place.run(
          "\(tool) -m model -o out $STORY/story.tok", environment: story.environment)
        outcome.expectFailure(65, tool, saying: "model: ")
        #expect(outcome.diagnostics.contains("train"), "names the fix: \(outcome.diagnostics)")
        #expect(!place.exists("out"))
      }
    }
  }

  @Test func nothingWritesIntoATextFile() throws {
    let story = try Story.made()
    try withWorkplace { place in
      // As a transfer in text mode changes line ends.
      try place.succeed(
        "sed 's/\\r$//' $STORY/story.ids > ids", environment: story.environment)
      try place.run("vocab decode ids").expectFailure(
        65, "vocab", saying: "ids: ", "transfer it as binary")
    }
  }
}
