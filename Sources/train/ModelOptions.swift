import ArgumentParser
import Seq2Seq

/// The model's sizes; those not named suit the size of the text.
struct SizeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Size of an embedding (default: by the size of the text).", valueName: "n"))
  var dimEmb: Int?

  @Option(
    help: ArgumentHelp(
      "Size of the decoder's state (default: by the size of the text).", valueName: "n"))
  var dimRnn: Int?

  @Option(
    help: ArgumentHelp(
      "Start the embeddings from these word vectors, in word2vec's text format.",
      valueName: "file"),
    completion: .file())
  var initEmbeddings: String?

  @Option(
    help: ArgumentHelp("Size of the attention's layer (default: --dim-rnn).", valueName: "n"))
  var dimAtt: Int?

  @Option(
    name: .customLong("max-length"),
    help: ArgumentHelp(
      "Cut sources and targets longer than this many tokens (default: 100).", valueName: "n"))
  var requestedMaxLength: Int?

  var maxLength: Int { requestedMaxLength ?? 100 }

  func validate() throws {
    for (name, value) in [("--dim-emb", dimEmb), ("--dim-rnn", dimRnn), ("--dim-att", dimAtt)] {
      if let value, !(1...65_536).contains(value) {
        throw ValidationError("\(name) takes a number from 1 to 65536")
      }
    }
    guard (1...1_000_000).contains(maxLength) else {
      throw ValidationError("--max-length takes a number from 1 to 1000000")
    }
  }
}

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

/// How the decoder looks at the source.
struct AttentionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the decoder weighs the source's states (default: additive).", valueName: "kind"))
  var attention: Configuration.Attention?

  @Option(
    help: ArgumentHelp(
      "Without attention, where the decoder sees the encoder's last state (default: every-step).",
      valueName: "kind"))
  var fixedContext: Configuration.FixedContext?

  @Option(
    help: ArgumentHelp(
      "The decoder's state that is compared, before or after its step (default: previous).",
      valueName: "kind"))
  var attentionState: Configuration.AttentionState?

  @Option(
    help: ArgumentHelp(
      "Look only so many positions to either side of a predicted one; 0 for everywhere (default: 0).",
      valueName: "n"))
  var attentionWindow: Int?

  @Flag(inversion: .prefixedNo, help: "Feed the readout to the next step (default: no).")
  var inputFeeding: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Let the attention know where it has looked before (default: no).")
  var coverage: Bool?

  @Option(
    help: ArgumentHelp(
      "Weight of the loss for looking twice (default: with --coverage 1).", valueName: "weight"))
  var coverageLoss: Double?

  func validate() throws {
    if let attentionWindow, !(0...65_536).contains(attentionWindow) {
      throw ValidationError("--attention-window takes a number from 0 to 65536")
    }
    if let coverageLoss, !(coverageLoss >= 0 && coverageLoss <= 1000) {
      throw ValidationError("--coverage-loss takes a number from 0 to 1000")
    }
  }

  func apply(to configuration: inout Configuration) {
    if let attention { configuration.attention = attention }
    if let fixedContext { configuration.fixedContext = fixedContext }
    if let attentionState { configuration.attentionState = attentionState }
    if let attentionWindow { configuration.attentionWindow = attentionWindow }
    if let inputFeeding { configuration.hasInputFeeding = inputFeeding }
    if let coverage {
      configuration.hasCoverage = coverage
      configuration.coverageLoss = coverage ? 1 : 0
    }
    if let coverageLoss { configuration.coverageLoss = coverageLoss }
  }
}

/// What decides the model.
struct ModelOptions: ParsableArguments {
  @OptionGroup var size: SizeOptions
  @OptionGroup var layers: LayerOptions
  @OptionGroup var attention: AttentionOptions

  func configuration(vocabularySize: Int, _ suggestion: Suggestion) throws -> Configuration {
    let hiddenSize = size.dimRnn ?? suggestion.hiddenSize
    var configuration = Configuration(
      vocabularySize: vocabularySize, embeddingSize: size.dimEmb ?? suggestion.embeddingSize,
      hiddenSize: hiddenSize, attentionSize: size.dimAtt ?? hiddenSize)
    configuration.maximumSourceLength = size.maxLength
    layers.apply(to: &configuration)
    attention.apply(to: &configuration)
    if let contradiction = configuration.contradiction { throw ValidationError(contradiction) }
    return configuration
  }

  func validate() throws {
    // Contradictions do not depend on the text.
    _ = try configuration(vocabularySize: 300, Suggestion(trainingTokens: 0))
  }
}

extension Configuration.Cell: ExpressibleByArgument {}
extension Configuration.Encoder: ExpressibleByArgument {}
extension Configuration.Bridge: ExpressibleByArgument {}
extension Configuration.Readout: ExpressibleByArgument {}
extension Configuration.Embeddings: ExpressibleByArgument {}
extension Configuration.Attention: ExpressibleByArgument {}
extension Configuration.FixedContext: ExpressibleByArgument {}
extension Configuration.AttentionState: ExpressibleByArgument {}
