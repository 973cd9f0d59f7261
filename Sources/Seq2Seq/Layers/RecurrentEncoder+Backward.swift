package import Kernels

extension RecurrentEncoder {
  /// The gradients that reach the encoder.
  package struct Gradients {
    let dStates: Matrix<Element>  // ∂loss/∂h, N×D
    let dSummary: Matrix<Element>  // ∂loss/∂summary, B×D
    /// For each layer that of its last states and memories; empty unless the decoder copies them.
    let dLast: [LastStates]
  }

  /// The states after the last step of every source, B×D, and the memories, as many columns for
  /// each direction as it has; source n is row n.
  package struct LastStates {
    let hidden: Matrix<Element>
    let memory: Matrix<Element>
  }

  /// The last states and memories of every layer.
  func lastStates(_ tape: Tape, arena: Arena<Element>) -> [LastStates] {
    tape.layers.map { layer in
      let last = makeLastStates(layer, count: tape.sources.count, arena: arena)
      var first = (hidden: 0, memory: 0)
      for cellTape in layer.directions {
        let (hidden, memory) = (cellTape.hidden, cellTape.memory)
        for (place, number) in tape.steps.order.enumerated() {
          let row = tape.steps.successor(of: tape.steps.lengths[place] - 1) + place
          (last.hidden.row(number) + first.hidden).update(
            from: hidden.row(row), count: hidden.columns)
          (last.memory.row(number) + first.memory).update(
            from: memory.row(row), count: memory.columns)
        }
        first = (first.hidden + hidden.columns, first.memory + memory.columns)
      }
      return last
    }
  }

  /// Room for the last states of a layer, or for their gradients.
  func makeLastStates(_ layer: LayerTape, count: Int, arena: Arena<Element>) -> LastStates {
    LastStates(
      hidden: arena.zeros(count, layer.directions.reduce(0) { $0 + $1.hidden.columns }),
      memory: arena.zeros(count, layer.directions.reduce(0) { $0 + $1.memory.columns }))
  }

  /// Takes a gradient back to the weights and the embeddings.
  ///
  /// - Parameters:
  ///   - gradients: What reaches the encoder; used up.
  ///   - tape: What `forward` returned; used up.
  ///   - dropout: The masks that `forward` was given.
  ///   - terms: Where to add the weights' gradients.
  ///   - arena: Scratch.
  package func backward(
    _ gradients: Gradients, _ tape: Tape, dropout: DropoutPlan?,
    addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) {
    let sources = tape.sources
    var dStates = gradients.dStates
    for number in 0..<sources.count {
      forEachLastState(of: number, in: sources) { position, columns in
        Element.addScaled(
          count: columns.count, 1, gradients.dSummary.row(number) + columns.lowerBound,
          to: dStates.row(position) + columns.lowerBound)
      }
    }
    for depth in layers.indices.reversed() {
      let dInput = depth > 0 ? arena.zeros(dStates.rows, dStates.columns) : nil
      backward(
        dStates, depth: depth, gradients, tape, dropout: dropout, into: dInput,
        addingTo: terms, arena: arena)
      guard let dInput else { return }
      if isResidual { dInput.add(dStates) }
      Activity.embedding.measure { dropout?.encoder(depth)?.apply(to: dInput) }
      dStates = dInput
    }
  }

  /// Takes a gradient back through one layer; the lowest adds to the embeddings.
  private func backward(
    _ dStates: Matrix<Element>, depth: Int, _ gradients: Gradients, _ tape: Tape,
    dropout: DropoutPlan?, into dInput: Matrix<Element>?,
    addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) {
    let layerTape = tape.layers[depth]
    var first = (hidden: 0, memory: 0)
    for (number, direction) in layers[depth].enumerated() {
      let (positions, cellTape) = (layerTape.positions[number], layerTape.directions[number])
      let size = direction.layer.hiddenSize
      let dOutputs = gather(dStates.columns(first.hidden, count: size), positions, arena: arena)
      var dMemory: Matrix<Element>?
      if !gradients.dLast.isEmpty {
        dMemory = addLast(
          gradients.dLast[depth], first, to: dOutputs, cellTape, arena: arena)
      }
      let dRows = direction.layer.backward(
        dOutputs, dMemory: dMemory, cellTape, addingTo: terms, arena: arena)
      if let dInput {
        for (row, position) in positions.enumerated() {
          Element.addScaled(count: dRows.columns, 1, dRows.row(row), to: dInput.row(position))
        }
      } else {
        embedding.backward(
          dRows, ids: positions.map { tape.sources.ids[$0] }, positions: positions,
          dropout: dropout?.source, addingTo: terms)
      }
      first = (first.hidden + size, first.memory + cellTape.memory.columns)
    }
  }

  /// Adds the gradients of last states to those of the outputs; returns that of the memories, in
  /// the order of the steps.
  private func addLast(
    _ dLast: LastStates, _ first: (hidden: Int, memory: Int), to dOutputs: Matrix<Element>,
    _ tape: CellLayer<Element>.Tape, arena: Arena<Element>
  ) -> Matrix<Element> {
    let (steps, size) = (tape.steps, tape.memory.columns)
    let dMemory = arena.matrix(steps.sequenceCount, size)
    for (place, number) in steps.order.enumerated() {
      let row = steps.offset[steps.lengths[place] - 1] + place
      Element.addScaled(
        count: dOutputs.columns, 1, dLast.hidden.row(number) + first.hidden,
        to: dOutputs.row(row))
      dMemory.row(place).update(from: dLast.memory.row(number) + first.memory, count: size)
    }
    return dMemory
  }
}
