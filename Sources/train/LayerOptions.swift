import ArgumentParser
import Seq2Seq

/// The kinds of layers and how many.
struct LayerOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The recurrent cell (default: lstm).", valueName: "kind"))
  var cell: Configuration.Cell?

  @Option(
    help: ArgumentHelp(
      "Read the source from both sides or from one (default: bidirectional).", valueName: "kind"))
  var encType: Configuration.Encoder?

  @Option(help: ArgumentHelp("Layers of the encoder (default: 1).", valueName: "n"))
  var encDepth: Int?

  @Option(help: ArgumentHelp("Layers of the decoder (default: 1).", valueName: "n"))
  var decDepth: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Add a layer's input to its output, from the second layer on (default: no).")
  var residual: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Normalise the sums that the cells' gates are made of (default: no).")
  var layerNormalization: Bool?

  @Flag(inversion: .prefixedNo, help: "Read the source from its end (default: no).")
  var reverseSource: Bool?

  @Option(
    help: ArgumentHelp(
      "What the decoder's first state is made of (default: mean).", valueName: "kind"))
  var bridge: Configuration.Bridge?

  @Option(
    help: ArgumentHelp(
      "What stands before the output layer (default: tanh).", valueName: "kind"))
  var readout: Configuration.Readout?

  @Option(
    help: ArgumentHelp(
      "One table for source, target and output, or three (default: tied).", valueName: "kind"))
  var embeddings: Configuration.Embeddings?

  func validate() throws {
    for (name, value) in [("--enc-depth", encDepth), ("--dec-depth", decDepth)] {
      if let value, !(1...Configuration.deepest).contains(value) {
        throw ValidationError("\(name) takes a number from 1 to \(Configuration.deepest)")
      }
    }
  }

  func apply(to configuration: inout Configuration) {
    if let cell { configuration.cell = cell }
    if let encType { configuration.encoder = encType }
    if let encDepth { configuration.encoderDepth = encDepth }
    if let decDepth { configuration.decoderDepth = decDepth }
    if let residual { configuration.isResidual = residual }
    if let layerNormalization { configuration.isNormalized = layerNormalization }
    if let reverseSource { configuration.isSourceReversed = reverseSource }
    if let bridge { configuration.bridge = bridge }
    if let readout { configuration.readout = readout }
    if let embeddings { configuration.embeddings = embeddings }
  }
}

extension Configuration.Cell: ExpressibleByArgument {}
extension Configuration.Encoder: ExpressibleByArgument {}
extension Configuration.Bridge: ExpressibleByArgument {}
extension Configuration.Readout: ExpressibleByArgument {}
extension Configuration.Embeddings: ExpressibleByArgument {}
