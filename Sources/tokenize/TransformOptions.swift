import ArgumentParser
import Encodings
import TextStreams

/// What changes a text before it is cut.
struct TransformOptions: ParsableArguments {
  @Option(
    name: .customLong("transform"),
    help: ArgumentHelp(
      "Change the text by this transform of ICU's, as Traditional-Simplified; may be repeated.",
      valueName: "id"))
  var transforms: [String] = []

  @Flag(help: "Print the transforms there are and exit.")
  var listTransforms = false

  func validate() throws {
    for id in transforms where Transliterator(id) == nil {
      let (part, names) = Transliterator.blame(in: id)
      throw ValidationError(
        "there is no transform '\(part)'\(nearby(names)); --list-transforms has all")
    }
  }

  /// The transforms, opened; the run's documents share them.
  func open() -> [Transliterator] { transforms.compactMap { Transliterator($0) } }
}
