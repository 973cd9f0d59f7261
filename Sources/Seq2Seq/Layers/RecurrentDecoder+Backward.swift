package import Kernels

extension RecurrentDecoder {
  /// What goes back through the steps of a decoder.
  private struct Carry {
    let layers: [CellCarry<Element>]
    let attention: AttentionCarry<Element>
    let dSources: SourceGradients<Element>
    /// ∂loss/∂o of the last layer, ∂loss/∂(E y_{i−1}) and ∂loss/∂c_i of all steps.
    let dReadoutInputs: [Matrix<Element>]
    /// ∂loss/∂t of all steps; used up.
    let dReadout: Matrix<Element>
    /// For each layer room for ∂loss/∂ its states and ∂loss/∂ its input, B×H.
    let dStates: [Matrix<Element>]
    let dBelow: [Matrix<Element>]
  }

  /// Takes a gradient back along the targets.
  ///
  /// - Parameters:
  ///   - dReadout: ∂loss/∂t, N×E; used up.
  ///   - pass: What `forward` returned; used up.
  ///   - encoded: As given to `forward`.
  ///   - scale: What the loss is multiplied by, for the coverage loss.
  ///   - terms: Where to add the weights' gradients.
  ///   - arena: Where the result goes.
  /// - Returns: The gradients of what the encoder made.
  package func backward(
    _ dReadout: Matrix<Element>, _ pass: Pass, sources encoded: EncodedSources<Element>,
    scale: Element, addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) -> RecurrentEncoder<Element>.Gradients {
    let tape = pass.tape
    let carry = makeCarry(dReadout, tape, scale: scale, arena: arena)
    var dUnits = tape.readoutRows.units.columns > 0 ? tape.readoutRows.units : dReadout
    if !configuration.hasInputFeeding {
      dUnits = readout.backward(
        dReadout, rows: tape.readoutRows, into: carry.dReadoutInputs)
    }
    for step in (0..<tape.steps.stepCount).reversed() { retreat(tape, step: step, carry) }
    readout.addWeightGradients(dUnits, inputs: tape.readoutInputs, terms: terms)
    finishLayers(tape, carry, addingTo: terms, arena: arena)
    attention.addWeightGradients(
      states: comparedStates(tape, arena: arena), rows: tape.attention, carry.attention,
      sources: tape.sources, dSources: carry.dSources, terms: terms)
    let dLast = encoded.last.map {
      RecurrentEncoder.LastStates(
        hidden: arena.zeros($0.hidden.rows, $0.hidden.columns),
        memory: arena.zeros($0.memory.rows, $0.memory.columns))
    }
    bridge.backward(
      carry.layers.map { Bridge.Layer(hidden: $0.dPrevious, memory: $0.dMemory) }, pass.bridge,
      sources: tape.sources, numbers: tape.steps.order[...], dSources: carry.dSources,
      dLast: dLast, terms: terms, arena: arena)
    return RecurrentEncoder.Gradients(
      dStates: carry.dSources.dStates, dSummary: carry.dSources.dSummary, dLast: dLast)
  }

  private func makeCarry(
    _ dReadout: Matrix<Element>, _ tape: Tape, scale: Element, arena: Arena<Element>
  ) -> Carry {
    let sources = tape.sources
    let dStates = arena.zeros(sources.states.rows, sources.states.columns)
    func room() -> [Matrix<Element>] {
      layers.indices.map {
        arena.matrix($0 > 0 ? tape.steps.sequenceCount : 0, layers[$0].hiddenSize)
      }
    }
    return Carry(
      layers: zip(layers, tape.layers).map { $0.makeCarry($1, arena: arena) },
      attention: attention.makeCarry(
        tape.attention, tape.steps,
        coverageScale: Element(configuration.coverageLoss) * scale, arena: arena),
      dSources: SourceGradients(
        dStates: dStates, dKeys: attention.dKeys(of: sources, dStates: dStates, arena: arena),
        dSummary: arena.zeros(sources.summary.rows, sources.summary.columns)),
      dReadoutInputs: tape.readoutInputs.map { arena.matrix($0.rows, $0.columns) },
      dReadout: dReadout, dStates: room(), dBelow: room())
  }

  /// Goes back by one step.
  private func retreat(_ tape: Tape, step number: Int, _ carry: Carry) {
    let step = StepPlace(number, of: tape.steps)
    func rows(_ matrix: Matrix<Element>) -> Matrix<Element> {
      matrix.rows(step.offset, count: step.active)
    }
    if configuration.hasInputFeeding {
      readout.backward(
        rows(carry.dReadout), rows: tape.readoutRows.rows(step.offset, count: step.active),
        into: carry.dReadoutInputs.map(rows))
    }
    let dContexts = rows(carry.dReadoutInputs[2])
    if !configuration.feedsContext {
      // s_i, compared after the layers, is the state whose gradient `retreat` of the last adds up.
      look(
        backAt: tape, step: step, dContexts, carry,
        dState: carry.layers[top].dPrevious.rows(0, count: step.active))
    }
    let dExtra = retreatLayers(
      tape, step: step, number: number, dOutput: rows(carry.dReadoutInputs[0]), carry)
    var first = 0
    if configuration.feedsContext {
      first = configuration.contextSize
      dContexts.add(dExtra.columns(0, count: first))
      look(
        backAt: tape, step: step, dContexts, carry,
        dState: carry.layers[top].dPrevious.rows(0, count: step.active))
    }
    if configuration.hasInputFeeding && step.from > 0 {
      carry.dReadout.rows(step.from - tape.steps.sequenceCount, count: step.active)
        .add(dExtra.columns(first, count: configuration.embeddingSize))
    }
  }

  /// Goes back through the layers of a step, the last first; returns the gradient of what the first
  /// was given beside the embedding.
  private func retreatLayers(
    _ tape: Tape, step: StepPlace, number: Int, dOutput: Matrix<Element>, _ carry: Carry
  ) -> Matrix<Element> {
    var dOutput = dOutput
    for depth in layers.indices.reversed() {
      var dState = dOutput
      let isAdded = depth > 0 && configuration.isResidual
      if isAdded {
        // What goes back through the steps is added to the states' gradient alone.
        dState = carry.dStates[depth].rows(0, count: step.active)
        dState.copy(from: dOutput)
      }
      let dExtra = layers[depth].retreat(
        dState, tape.layers[depth], step: number, carry.layers[depth])
      guard depth > 0 else { return dExtra }
      let dBelow = carry.dBelow[depth].rows(0, count: step.active)
      dBelow.copy(from: dExtra)
      if isAdded { dBelow.add(dOutput) }
      mask(dBelow, tape, depth: depth, step: step)
      dOutput = dBelow
    }
    preconditionFailure("a decoder without layers")
  }

  private func look(
    backAt tape: Tape, step: StepPlace, _ dContexts: Matrix<Element>, _ carry: Carry,
    dState: Matrix<Element>
  ) {
    attention.backward(
      dContexts: dContexts, sources: tape.sources, numbers: tape.numbers[..<step.active],
      rows: tape.attention, step: step, carry.attention, dState: dState,
      dSources: carry.dSources)
  }
  /// Adds the gradients of the layers' weights and of the embeddings.
  private func finishLayers(
    _ tape: Tape, _ carry: Carry, addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) {
    for (depth, layer) in layers.enumerated() {
      let dInputs = layer.finish(
        tape.layers[depth], carry.layers[depth], addingTo: terms, arena: arena)
      guard depth == 0 else { continue }
      dInputs.add(carry.dReadoutInputs[1])
      embedding.backward(
        dInputs, ids: tape.inputIDs, positions: Array(0..<dInputs.rows),
        dropout: tape.dropout?.target, addingTo: terms)
    }
  }

  /// The states that the attention compared, N×H.
  private func comparedStates(_ tape: Tape, arena: Arena<Element>) -> Matrix<Element> {
    let layer = tape.layers[top]
    guard configuration.feedsContext else { return layer.outputs }
    let size = layers[top].hiddenSize
    // The joint input has them, unless dropout has been applied.
    guard layer.dropout != nil else {
      return layer.joint.columns(layers[top].extraSize, count: size)
    }
    let result = arena.matrix(tape.steps.rowCount, size)
    for number in 0..<tape.steps.stepCount {
      let step = StepPlace(number, of: tape.steps)
      result.rows(step.offset, count: step.active)
        .copy(from: layer.hidden.rows(step.from, count: step.active))
    }
    return result
  }
}
