internal import Kernels

/// Names every learned array of a model once.
///
/// The model file, the optimiser, clipping and the gradient check all walk this list. The arrays
/// lie one behind the other in one buffer, so a recurrent cell's W and U can be read as one matrix.
package struct ParameterList: Equatable, Sendable {
  package private(set) var entries: [ParameterDescription] = []
  /// Elements in all arrays together.
  package private(set) var count = 0

  /// Lists the arrays of a model.
  package init(_ configuration: Configuration) {
    let (v, e, h) = (
      configuration.vocabularySize, configuration.embeddingSize, configuration.hiddenSize
    )
    add("embedding", [v, e], .normal(0.1))
    if configuration.sourceEmbeddingName != "embedding" {
      add(
        configuration.sourceEmbeddingName, [configuration.sourceVocabularySize ?? v, e],
        .normal(0.1))
    }
    addEncoder(configuration)
    addBridge(configuration)
    addAttention(configuration)
    addDecoder(configuration)
    let (inputs, units) = (h + e + configuration.contextSize, configuration.readoutUnits)
    add("readout.R", [inputs, units], .uniform(glorot(inputs, e)))
    add("readout.b_r", [units], .zeros)
    addOutput(configuration)
  }

  /// Whether there is an array of that name.
  package func contains(_ name: String) -> Bool { entries.contains { $0.name == name } }

  /// The description of an array.
  ///
  /// - Precondition: There is one of that name.
  package subscript(name: String) -> ParameterDescription {
    guard let entry = entries.first(where: { $0.name == name }) else {
      preconditionFailure("no parameter is called '\(name)'")
    }
    return entry
  }

  private mutating func addEncoder(_ configuration: Configuration) {
    let (e, d) = (configuration.embeddingSize, configuration.encoderSize)
    let directions = configuration.encoderDirections
    for depth in 0..<configuration.encoderDepth {
      for direction in directions {
        addCell(
          configuration, "encoder.\(depth).\(direction.name)", known: depth == 0 ? e : d,
          extra: 0, hidden: d / directions.count)
      }
    }
  }

  private mutating func addBridge(_ configuration: Configuration) {
    guard configuration.bridge == .mean || configuration.bridge == .lastBackward else { return }
    let (inputs, h) = (configuration.bridgeColumns.count, configuration.hiddenSize)
    let outputs = configuration.decoderDepth * h
    add("bridge.W_0", [inputs, outputs], .uniform(glorot(inputs, h)))
    add("bridge.b_0", [outputs], .zeros)
  }

  private mutating func addAttention(_ configuration: Configuration) {
    let (d, h, a) = (
      configuration.encoderSize, configuration.hiddenSize, configuration.attentionSize
    )
    switch configuration.attention {
    case .additive:
      add("attention.W", [h, a], .uniform(glorot(h, a)))
      add("attention.U", [d, a], .uniform(glorot(d, a)))
      add("attention.b", [a], .zeros)
      add("attention.v", [a], .uniform(glorot(a, 1)))
      if configuration.hasCoverage { add("attention.w_c", [a], .uniform(glorot(1, a))) }
    case .general: add("attention.U", [d, h], .uniform(glorot(d, h)))
    case .location:
      let places = configuration.maximumSourceLength
      add("attention.W", [h, places], .uniform(glorot(h, places)))
    case .dot, .scaledDot, .none: break
    }
    guard configuration.attentionWindow > 0 else { return }
    add("attention.W_p", [h, a], .uniform(glorot(h, a)))
    add("attention.v_p", [a], .uniform(glorot(a, 1)))
  }

  private mutating func addDecoder(_ configuration: Configuration) {
    for depth in 0..<configuration.decoderDepth {
      addCell(
        configuration, "decoder.\(depth)", known: depth == 0 ? configuration.embeddingSize : 0,
        extra: configuration.decoderExtraSize(depth), hidden: configuration.hiddenSize)
    }
  }

  /// Adds W (I×GH), U (H×GH) and b (GH) of a cell, in this order, and the gains of a normalised one.
  private mutating func addCell(
    _ configuration: Configuration, _ prefix: String, known: Int, extra: Int, hidden: Int
  ) {
    let (input, gates) = (known + extra, configuration.cell.gateCount * hidden)
    add("\(prefix).W", [input, gates], .uniform(glorot(input, hidden)))
    add("\(prefix).U", [hidden, gates], .uniform(glorot(hidden, hidden)))
    add("\(prefix).b", [gates], configuration.cell.biasInitialization)
    guard configuration.isNormalized else { return }
    if known > 0 { add("\(prefix).g_W", [gates], .ones) }
    add("\(prefix).g_U", [gates], .ones)
  }

  mutating func add(
    _ name: String, _ shape: [Int], _ initialization: ParameterDescription.Initialization
  ) {
    let entry = ParameterDescription(
      name: name, shape: shape, initialization: initialization, offset: count)
    entries.append(entry)
    count += entry.count
  }
}

/// The bound of the uniform distribution of Glorot and Bengio (2010), equation 16.
func glorot(_ inputs: Int, _ outputs: Int) -> Double {
  (6 / Double(inputs + outputs)).squareRoot()
}

extension Configuration {
  /// The name of the table that sources are looked up in.
  package var sourceEmbeddingName: String {
    embeddings == .tied && sourceVocabularySize == nil ? "embedding" : "source.embedding"
  }

  /// The numbers that the readout makes t of.
  package var readoutUnits: Int { (readout == .maxout ? 2 : 1) * embeddingSize }
}

extension Configuration.Cell {
  fileprivate var biasInitialization: ParameterDescription.Initialization {
    switch self {
    case .lstm: .forgetGateBias
    case .rnn, .gru: .zeros
    }
  }
}
