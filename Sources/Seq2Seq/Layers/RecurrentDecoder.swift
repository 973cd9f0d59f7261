package import Kernels

/// Predicts targets token by token, looking at the source at each step.
///
///     c_i = attention(s_{i−1}, h)                        (or, after the layers, of s_i)
///     s¹_i = f([E y_{i−1} ; c_i ; t_{i−1}], s¹_{i−1})    (c_i, t_{i−1} where they are fed)
///     sˡ_i = f(oˡ⁻¹_i, sˡ_{i−1}),  oˡ_i = sˡ_i  (+ oˡ⁻¹_i, if residual)
///     t_i = readout(o_i, E y_{i−1}, c_i)
///
/// The attention compares the last layer's state.
///
/// Source: Bahdanau, Cho and Bengio (2015), section 3.1 and appendix A; Luong, Pham and Manning
/// (2015), sections 3.1 and 3.3, for the state after the step and the feeding of t; Wu et al.
/// (2016), section 3.1, for the residual connections.
package struct RecurrentDecoder<Element: Scalar>: Sendable {
  let embedding: Embedding<Element>
  let attention: any AttentionMechanism<Element>
  let bridge: Bridge<Element>
  let layers: [CellLayer<Element>]
  let readout: Readout<Element>
  let configuration: Configuration

  package init(
    _ configuration: Configuration, parameters: ParameterBuffer<Element>,
    embedding: Embedding<Element>
  ) {
    self.configuration = configuration
    self.embedding = embedding
    attention = configuration.makeAttention(parameters)
    bridge = Bridge(configuration, parameters)
    layers = (0..<configuration.decoderDepth).map { depth in
      CellLayer(
        configuration, parameters: parameters, prefix: "decoder.\(depth)",
        extraSize: configuration.decoderExtraSize(depth))
    }
    readout = Readout(configuration, parameters)
  }

  package var packings: [PackedMatrix<Element>] {
    attention.packings + bridge.packings + layers.flatMap(\.packings) + readout.packings
  }

  /// The layer whose state the attention compares.
  var top: Int { layers.count - 1 }
}

extension RecurrentDecoder {
  /// Begins a pass; the first states are yet to be set.
  ///
  /// - Parameters:
  ///   - steps: How the rows belong together.
  ///   - inputIDs: y_{i−1} of each row.
  ///   - numbers: The source of each sequence, in the order of the steps.
  ///   - sources: The encoded sources.
  ///   - dropout: The masks, if any.
  ///   - arena: Where everything is.
  /// - Returns: The pass, whose steps can be taken once its first states are set.
  func begin(
    _ steps: RaggedSteps, inputIDs: [UInt32], numbers: [Int], sources: AttendedSources<Element>,
    dropout: DropoutPlan?, arena: Arena<Element>
  ) -> Tape {
    let rows = steps.rowCount
    let inputs = embedding.forward(
      inputIDs, positions: Array(0..<rows), dropout: dropout?.target, arena: arena)
    let none = arena.matrix(rows, 0)
    let tapes = layers.enumerated().map { depth, layer in
      layer.begin(
        depth == 0 ? inputs : none, steps: steps, dropout: dropout?.decoderState(depth),
        arena: arena)
    }
    let outputs = tapes.enumerated().map { depth, tape in
      depth > 0 && configuration.isResidual
        ? arena.matrix(rows, layers[depth].hiddenSize) : tape.outputs
    }
    let fedSize = configuration.hasInputFeeding ? configuration.embeddingSize : 0
    return Tape(
      steps: steps, numbers: numbers, sources: sources, inputIDs: inputIDs, inputs: inputs,
      attention: attention.makeRows(steps, sources: sources, arena: arena), layers: tapes,
      outputs: outputs, firstReadout: arena.zeros(steps.sequenceCount, fedSize),
      readoutRows: readout.makeRows(rows, arena: arena), dropout: dropout)
  }

  /// Advances by one step, up to the readout if that is fed to the next.
  func advance(_ tape: Tape, step number: Int) {
    let step = StepPlace(number, of: tape.steps)
    let numbers = tape.numbers[..<step.active]
    if configuration.feedsContext {
      let state = tape.layers[top].hidden.rows(step.from, count: step.active)
      attention.forward(
        state, sources: tape.sources, numbers: numbers, rows: tape.attention, step: step)
    }
    setInput(tape, step: step)
    for (depth, layer) in layers.enumerated() {
      if depth > 0 { passOn(tape, to: depth, step: step) }
      layer.advance(tape.layers[depth], step: number)
      if depth > 0 && configuration.isResidual {
        let output = tape.outputs[depth].rows(step.offset, count: step.active)
        output.copy(from: tape.layers[depth].hidden.rows(step.to, count: step.active))
        output.add(tape.layers[depth].extra.rows(step.offset, count: step.active))
      }
    }
    if !configuration.feedsContext {
      let state = tape.layers[top].hidden.rows(step.to, count: step.active)
      attention.forward(
        state, sources: tape.sources, numbers: numbers, rows: tape.attention, step: step)
    }
    if configuration.hasInputFeeding {
      readout.forward(
        tape.readoutInputs.map { $0.rows(step.offset, count: step.active) },
        into: tape.readoutRows.rows(step.offset, count: step.active))
    }
  }

  /// Sets what the first layer is given beside the embedding: [c_i ; t_{i−1}], as far as fed.
  private func setInput(_ tape: Tape, step: StepPlace) {
    let extra = tape.layers[0].extra.rows(step.offset, count: step.active)
    var first = 0
    if configuration.feedsContext {
      first = configuration.contextSize
      extra.columns(0, count: first).copy(
        from: tape.attention.contexts.rows(step.offset, count: step.active))
    }
    guard configuration.hasInputFeeding else { return }
    let isFirst = step.from == 0
    let fed = extra.columns(first, count: configuration.embeddingSize)
    fed.copy(
      from: isFirst
        ? tape.firstReadout.rows(0, count: step.active)
        : tape.readout.rows(step.from - tape.steps.sequenceCount, count: step.active))
  }

  /// Gives a layer the output of the one below.
  private func passOn(_ tape: Tape, to depth: Int, step: StepPlace) {
    let input = tape.layers[depth].extra.rows(step.offset, count: step.active)
    input.copy(from: tape.outputs[depth - 1].rows(step.offset, count: step.active))
    mask(input, tape, depth: depth, step: step)
  }

  /// The masks of a step's rows between layers.
  func mask(_ rows: Matrix<Element>, _ tape: Tape, depth: Int, step: StepPlace) {
    guard let dropout = tape.dropout?.decoder(depth) else { return }
    Activity.embedding.measure {
      for row in 0..<step.active {
        dropout.apply(to: rows.row(row), columns: rows.columns, index: step.offset + row)
      }
    }
  }
}

extension Configuration {
  /// X of a decoder's layer: the part of its input that is known only at the step.
  package func decoderExtraSize(_ depth: Int) -> Int {
    guard depth == 0 else { return hiddenSize }
    return (feedsContext ? contextSize : 0) + (hasInputFeeding ? embeddingSize : 0)
  }
}
