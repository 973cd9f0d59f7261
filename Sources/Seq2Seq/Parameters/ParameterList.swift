internal import Kernels

/// One learned array: its name in the model file, its shape, and how it starts.
package struct ParameterDescription: Equatable, Sendable {
  /// How an array's first values are drawn.
  package enum Initialization: Equatable, Sendable {
    case zeros
    /// From the uniform distribution over ±the value.
    case uniform(Double)
    /// From the normal distribution with this standard deviation.
    case normal(Double)
    /// Zeros, but ones in the second quarter, the forget gate's.
    case forgetGateBias
  }

  package let name: String
  /// One number for a vector, two for a matrix.
  package let shape: [Int]
  package let initialization: Initialization
  /// Where the array starts in the buffer, in elements.
  package let offset: Int

  package var count: Int { shape.reduce(1, *) }
}

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
    let (e, h, a) = (
      configuration.embeddingSize, configuration.hiddenSize, configuration.attentionSize
    )
    let (v, d) = (configuration.vocabularySize, configuration.encoderSize)
    add("embedding", [v, e], .normal(0.1))
    for direction in ["forward", "backward"] {
      addCell(configuration.cell, "encoder.0.\(direction)", input: e, hidden: d / 2)
    }
    add("bridge.W_0", [d, h], .uniform(glorot(d, h)))
    add("bridge.b_0", [h], .zeros)
    add("attention.W", [h, a], .uniform(glorot(h, a)))
    add("attention.U", [d, a], .uniform(glorot(d, a)))
    add("attention.b", [a], .zeros)
    add("attention.v", [a], .uniform(glorot(a, 1)))
    addCell(configuration.cell, "decoder.0", input: e + d, hidden: h)
    add("readout.R", [h + e + d, e], .uniform(glorot(h + e + d, e)))
    add("readout.b_r", [e], .zeros)
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

  /// Adds W (I×GH), U (H×GH) and b (GH) of a cell, in this order.
  private mutating func addCell(
    _ cell: Configuration.Cell, _ prefix: String, input: Int, hidden: Int
  ) {
    let gates = cell.gateCount * hidden
    add("\(prefix).W", [input, gates], .uniform(glorot(input, hidden)))
    add("\(prefix).U", [hidden, gates], .uniform(glorot(hidden, hidden)))
    add("\(prefix).b", [gates], cell.biasInitialization)
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

extension Configuration.Cell {
  fileprivate var biasInitialization: ParameterDescription.Initialization {
    switch self {
    case .lstm: .forgetGateBias
    }
  }
}
