package import Kernels

/// Predicts targets token by token, looking at the source before each.
///
///     c_i = attention(s_{i−1}, h)
///     s_i = f([E y_{i−1} ; c_i], s_{i−1})
///     t_i = readout(s_i, E y_{i−1}, c_i)
///
/// Source: Bahdanau, Cho and Bengio (2015), section 3.1 and appendix A.
package struct AttentionDecoder<Element: Scalar>: Sendable {
  let embedding: Embedding<Element>
  let attention: any Attention<Element>
  let bridge: Bridge<Element>
  let cell: any RecurrentCell<Element>
  let weights: CellWeights<Element>
  /// The rows of W for the embedding, E×GH.
  let input: PackedMatrix<Element>
  /// The rows of W for the context above U, (D+H)×GH.
  let joint: PackedMatrix<Element>
  let readout: Readout<Element>
  let embeddingSize: Int
  let contextSize: Int

  /// What `backward` needs to know about one call of `forward`; rows as ``RaggedSteps`` says.
  package struct Tape {
    let steps: RaggedSteps
    let sources: AttendedSources<Element>
    let inputIDs: [UInt32]
    let inputs: Matrix<Element>  // E y_{i−1}, N×E
    let queries: Matrix<Element>  // N×A
    let attentionWeights: Matrix<Element>  // a_i, N×longest S
    let joint: Matrix<Element>  // [c_i ; s_{i−1}], N×(D+H)
    let gates: Matrix<Element>  // N×GH
    let hidden: Matrix<Element>  // s_0, then s_i; (B+N)×H
    let memory: Matrix<Element>  // likewise
    let bridge: Bridge<Element>.Tape
    /// t, N×E, before dropout.
    package let readout: Matrix<Element>

    /// s_i, E y_{i−1} and c_i of all steps.
    func readoutInputs(contextSize: Int) -> [Matrix<Element>] {
      [
        hidden.rows(steps.sequenceCount, count: steps.rowCount), inputs,
        joint.columns(0, count: contextSize),
      ]
    }
  }

  package init(
    _ configuration: Configuration, parameters: ParameterBuffer<Element>,
    embedding: Embedding<Element>
  ) {
    self.embedding = embedding
    attention = configuration.attention.make(parameters)
    bridge = Bridge(parameters)
    cell = configuration.cell.make(Element.self)
    weights = CellWeights(parameters, prefix: "decoder.0")
    embeddingSize = configuration.embeddingSize
    contextSize = configuration.encoderSize
    let stacked = weights.stacked(inputRows: contextSize)
    joint = PackedMatrix(stacked)
    input = PackedMatrix(weights.input.rows(0, count: embeddingSize))
    readout = Readout(configuration, parameters)
  }

  package var packings: [PackedMatrix<Element>] {
    attention.packings + bridge.packings + [input, joint] + readout.packings
  }

  /// The rows of the cell's W, or of its gradient, that the embedding is multiplied by.
  func inputRows(_ weights: CellWeights<Element>) -> Matrix<Element> {
    weights.input.rows(0, count: embeddingSize)
  }

  /// Runs along targets that are known.
  ///
  /// - Parameters:
  ///   - targets: The targets; target n belongs to source n.
  ///   - sources: The encoded sources.
  ///   - dropout: The mask on the embeddings, if any.
  ///   - beginning: Where a single target goes on from; `nil` for the targets' beginning.
  ///   - arena: Where the results go.
  /// - Returns: The readouts, and what `backward` needs.
  package func forward(
    _ targets: SequenceBatch, sources: AttendedSources<Element>, dropout: Dropout?,
    after beginning: Beginning? = nil, arena: Arena<Element>
  ) -> Tape {
    let steps = RaggedSteps(lengths: targets.lengths)
    let (rows, first, size) = (steps.rowCount, steps.sequenceCount, weights.recurrent.rows)
    let inputIDs = steps.rows(of: targets, delayedBy: beginning?.token ?? ReservedID.start)
    let inputs = embedding.forward(
      inputIDs, positions: Array(0..<rows), dropout: dropout, arena: arena)
    let gates = inputGates(inputs, arena: arena)
    let hidden = arena.matrix(first + rows, size)
    let memory = arena.matrix(first + rows, size)
    memory.rows(0, count: first).fill(0)
    let bridgeTape = bridge.forward(
      sources, numbers: steps.order[...], into: hidden.rows(0, count: first), arena: arena)
    if let beginning {
      precondition(first == 1, "only a single target is scored piece by piece")
      for unit in 0..<size {
        hidden[0, unit] = beginning.hidden[unit]
        memory[0, unit] = beginning.memory[unit]
      }
    }
    let queries = arena.matrix(rows, sources.keys.columns)
    let attentionWeights = arena.matrix(rows, sources.longest)
    let joint = arena.matrix(rows, contextSize + size)
    for step in 0..<steps.stepCount {
      let (active, offset) = (steps.active[step], steps.offset[step])
      let (from, to) = (steps.predecessor(of: step), steps.successor(of: step))
      advance(
        StepRows(
          previous: hidden.rows(from, count: active),
          previousMemory: memory.rows(from, count: active),
          gates: gates.rows(offset, count: active), queries: queries.rows(offset, count: active),
          attentionWeights: attentionWeights.rows(offset, count: active),
          joint: joint.rows(offset, count: active), memory: memory.rows(to, count: active),
          output: hidden.rows(to, count: active)),
        sources: sources, numbers: steps.order[..<active])
    }
    let readout = readout.forward(
      [hidden.rows(first, count: rows), inputs, joint.columns(0, count: contextSize)],
      arena: arena)
    return Tape(
      steps: steps, sources: sources, inputIDs: inputIDs, inputs: inputs, queries: queries,
      attentionWeights: attentionWeights, joint: joint, gates: gates, hidden: hidden,
      memory: memory, bridge: bridgeTape, readout: readout)
  }
}

extension AttentionDecoder {
  /// Where a single target has got to, when it is scored piece by piece.
  package struct Beginning {
    let token: UInt32  // the last token
    let hidden: [Element]  // s after it
    let memory: [Element]

    /// The end of a piece.
    init(endOf tape: Tape, lastToken: UInt32) {
      let last = tape.hidden.rows - 1
      let size = tape.hidden.columns
      token = lastToken
      hidden = Array(UnsafeBufferPointer(start: tape.hidden.row(last), count: size))
      memory = Array(UnsafeBufferPointer(start: tape.memory.row(last), count: size))
    }
  }

  /// The rows of one step, in the matrices of all steps or on their own.
  struct StepRows {
    let previous: Matrix<Element>  // s_{i−1}, B×H
    let previousMemory: Matrix<Element>  // B×H
    let gates: Matrix<Element>  // E y_{i−1}·W + b, then their values; B×GH
    let queries: Matrix<Element>  // receives B×A
    let attentionWeights: Matrix<Element>  // receives a_i, B×longest S
    let joint: Matrix<Element>  // receives [c_i ; s_{i−1}], B×(D+H)
    let memory: Matrix<Element>  // receives B×H
    let output: Matrix<Element>  // receives s_i, B×H
  }

  /// Looks at the sources and advances the cell by one step.
  func advance(
    _ rows: StepRows, sources: AttendedSources<Element>, numbers: ArraySlice<Int>
  ) {
    attention.forward(
      previous: rows.previous, sources: sources, numbers: numbers, queries: rows.queries,
      weights: rows.attentionWeights, contexts: rows.joint.columns(0, count: contextSize))
    rows.joint.columns(contextSize, count: rows.previous.columns).copy(from: rows.previous)
    cell.forward(
      joint: rows.joint, recurrent: joint, gates: rows.gates,
      previousMemory: rows.previousMemory, memory: rows.memory, output: rows.output)
  }

  /// Makes E y·W + b for the tokens of some rows.
  func inputGates(
    _ inputs: Matrix<Element>, arena: Arena<Element>
  ) -> Matrix<Element> {
    let gates = arena.matrix(inputs.rows, weights.input.columns)
    input.multiply(inputs, into: gates)
    Element.addBias(rows: gates.rows, columns: gates.columns, gates.base, bias: weights.bias.base)
    return gates
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
