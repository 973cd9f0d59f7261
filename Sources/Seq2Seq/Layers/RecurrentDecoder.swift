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
  /// What `backward` needs to know about one pass; rows as ``RaggedSteps`` says.
  package struct Tape {
    let steps: RaggedSteps
    /// The source of each sequence, in the order of the steps.
    let numbers: [Int]
    let sources: AttendedSources<Element>
    let inputIDs: [UInt32]
    let inputs: Matrix<Element>  // E y_{i−1}, N×E
    let attention: AttentionRows<Element>
    let layers: [CellLayer<Element>.Tape]
    /// o of each layer, N×H: the states themselves, or with the layer's input added.
    let outputs: [Matrix<Element>]
    /// t_{i−1} of every sequence's beginning, B×E, if it is fed.
    let firstReadout: Matrix<Element>
    let readoutRows: Readout<Element>.Rows
    let dropout: DropoutPlan?

    /// t, N×E, before dropout.
    package var readout: Matrix<Element> { readoutRows.t }

    /// o_i, E y_{i−1} and c_i of all steps.
    var readoutInputs: [Matrix<Element>] {
      [outputs[outputs.count - 1], inputs, attention.contexts]
    }

    /// The state that the first step goes on from.
    var first: DecoderState<Element> {
      let count = steps.sequenceCount
      return DecoderState(
        hidden: layers.map(\.firstHidden), memory: layers.map(\.firstMemory),
        readout: firstReadout,
        coverage: attention.coverage.rows(0, count: min(count, attention.coverage.rows)))
    }

    /// The state after the last step, for as many sequences as have it.
    var last: DecoderState<Element> {
      let step = StepPlace(steps.stepCount - 1, of: steps)
      let coverage = attention.coverage
      return DecoderState(
        hidden: layers.map { $0.hidden.rows(step.to, count: step.active) },
        memory: layers.map { $0.memory.rows(step.to, count: step.active) },
        readout: readout.rows(step.offset, count: step.active),
        coverage: coverage.rows > 0 ? coverage.rows(step.to, count: step.active) : coverage)
    }
  }

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

extension RecurrentDecoder {
  /// A pass that has been run, and what its first states were made of.
  package struct Pass {
    package let tape: Tape
    let bridge: Bridge<Element>.Tape
  }

  /// Runs along targets that are known.
  ///
  /// - Parameters:
  ///   - targets: The targets; target n belongs to source n.
  ///   - encoded: The encoded sources.
  ///   - dropout: The masks, if any.
  ///   - beginning: Where a single target goes on from; `nil` for the targets' beginning.
  ///   - arena: Where the results go.
  /// - Returns: The readouts, and what `backward` needs.
  package func forward(
    _ targets: SequenceBatch, sources encoded: EncodedSources<Element>, dropout: DropoutPlan?,
    after beginning: Beginning? = nil, arena: Arena<Element>
  ) -> Pass {
    let steps = RaggedSteps(lengths: targets.lengths)
    let tape = begin(
      steps, inputIDs: steps.rows(of: targets, delayedBy: beginning?.token ?? ReservedID.start),
      numbers: steps.order, sources: encoded.attended, dropout: dropout, arena: arena)
    let first = zip(tape.layers.map(\.firstHidden), tape.layers.map(\.firstMemory))
    let bridgeTape = bridge.forward(
      encoded.attended, last: encoded.last, numbers: steps.order[...],
      into: first.map { Bridge.Layer(hidden: $0.0, memory: $0.1) }, arena: arena)
    if let beginning {
      precondition(steps.sequenceCount == 1, "only a single target is scored piece by piece")
      tape.first.copy(rows: [0], from: beginning.state)
    }
    for step in 0..<steps.stepCount { advance(tape, step: step) }
    if !configuration.hasInputFeeding {
      readout.forward(tape.readoutInputs, into: tape.readoutRows)
    }
    return Pass(tape: tape, bridge: bridgeTape)
  }

  /// Where a single target has got to, when it is scored piece by piece.
  package struct Beginning {
    let token: UInt32  // the last token
    let state: DecoderState<Element>

    /// The end of a piece; the state is copied.
    init(endOf tape: Tape, lastToken: UInt32, arena: Arena<Element>) {
      token = lastToken
      func copy(_ matrix: Matrix<Element>) -> Matrix<Element> {
        let result = arena.matrix(matrix.rows, matrix.columns)
        result.copy(from: matrix)
        return result
      }
      let last = tape.last
      state = DecoderState(
        hidden: last.hidden.map(copy), memory: last.memory.map(copy),
        readout: copy(last.readout), coverage: copy(last.coverage))
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

extension RaggedSteps {
  /// The token of each row.
  package func rows(of batch: SequenceBatch) -> [UInt32] {
    (0..<stepCount).flatMap { step in
      order[..<active[step]].map { batch.ids[batch.offsets[$0] + step] }
    }
  }

  /// The token before that of each row, `first` at the first step, or what the batch says is fed.
  func rows(of batch: SequenceBatch, delayedBy first: UInt32) -> [UInt32] {
    (0..<stepCount).flatMap { step in
      order[..<active[step]].map {
        let place = batch.offsets[$0] + step
        return batch.inputs?[place] ?? (step == 0 ? first : batch.ids[place - 1])
      }
    }
  }
}
