package import Kernels

/// Reads sources from both sides: h_j = [→h_j ; ←h_j].
///
/// Source: Schuster and Paliwal (1997); Bahdanau, Cho and Bengio (2015), section 3.2.
package struct BidirectionalEncoder<Element: Scalar>: Sendable {
  let embedding: Embedding<Element>
  let forwardLayer: RecurrentLayer<Element>
  let backwardLayer: RecurrentLayer<Element>

  /// One direction of a pass: which token each row of the steps is, and what the layer kept.
  struct Direction {
    let ids: [UInt32]
    let positions: [Int]  // the token's number, counted along the sources one after the other
    let tape: RecurrentLayer<Element>.Tape
  }

  /// What `backward` needs to know about one call of `forward`.
  package struct Tape {
    let directions: [Direction]
    /// h, the sources one after the other, N×D.
    package let states: Matrix<Element>
  }

  package init(
    _ configuration: Configuration, parameters: ParameterBuffer<Element>,
    embedding: Embedding<Element>
  ) {
    self.embedding = embedding
    let cell = configuration.cell.make(Element.self)
    forwardLayer = RecurrentLayer(
      cell: cell, parameters: parameters, prefix: "encoder.0.forward")
    backwardLayer = RecurrentLayer(
      cell: cell, parameters: parameters, prefix: "encoder.0.backward")
  }

  package var packings: [PackedMatrix<Element>] { forwardLayer.packings + backwardLayer.packings }

  /// Encodes sources.
  ///
  /// - Parameters:
  ///   - sources: The sources' tokens.
  ///   - dropout: The mask on the embeddings, if any.
  ///   - arena: Where the results go.
  /// - Returns: The states, and what `backward` needs.
  package func forward(
    _ sources: SequenceBatch, dropout: Dropout?, arena: Arena<Element>
  ) -> Tape {
    let steps = RaggedSteps(lengths: sources.lengths)
    let states = arena.matrix(sources.ids.count, 2 * forwardLayer.weights.recurrent.rows)
    var directions: [Direction] = []
    for (layer, isReversed) in [(forwardLayer, false), (backwardLayer, true)] {
      let positions = Self.positions(of: sources, steps: steps, isReversed: isReversed)
      let ids = positions.map { sources.ids[$0] }
      let inputs = embedding.forward(ids, positions: positions, dropout: dropout, arena: arena)
      let tape = layer.forward(inputs, steps: steps, arena: arena)
      let outputs = tape.outputs
      let half = states.columns(isReversed ? outputs.columns : 0, count: outputs.columns)
      for (row, position) in positions.enumerated() {
        half.row(position).update(from: outputs.row(row), count: outputs.columns)
      }
      directions.append(Direction(ids: ids, positions: positions, tape: tape))
    }
    return Tape(directions: directions, states: states)
  }

  /// Takes a gradient back to the weights and the embeddings.
  ///
  /// - Parameters:
  ///   - dStates: ∂loss/∂h, N×D.
  ///   - tape: What `forward` returned; used up.
  ///   - dropout: The mask that `forward` was given.
  ///   - terms: Where to add the weights' gradients.
  ///   - arena: Scratch.
  package func backward(
    _ dStates: Matrix<Element>, _ tape: Tape, dropout: Dropout?,
    addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) {
    let size = forwardLayer.weights.recurrent.rows
    let names = ["forward", "backward"]
    for (index, layer) in [forwardLayer, backwardLayer].enumerated() {
      let direction = tape.directions[index]
      let dOutputs = arena.matrix(direction.positions.count, size)
      let half = dStates.columns(index * size, count: size)
      for (row, position) in direction.positions.enumerated() {
        dOutputs.row(row).update(from: half.row(position), count: size)
      }
      let dInputs = layer.backward(
        dOutputs, direction.tape, prefix: "encoder.0.\(names[index])", addingTo: terms,
        arena: arena)
      embedding.backward(
        dInputs, ids: direction.ids, positions: direction.positions, dropout: dropout,
        addingTo: terms)
    }
  }

  /// The token that each row of the steps reads.
  private static func positions(
    of sources: SequenceBatch, steps: RaggedSteps, isReversed: Bool
  ) -> [Int] {
    var positions: [Int] = []
    positions.reserveCapacity(steps.rowCount)
    for step in 0..<steps.stepCount {
      for place in 0..<steps.active[step] {
        let start = sources.offsets[steps.order[place]]
        positions.append(start + (isReversed ? steps.lengths[place] - 1 - step : step))
      }
    }
    return positions
  }
}
