internal import Kernels

/// A trained model, ready to write or to score targets one token at a time.
package struct SentenceDecoder: StepFunction {
  /// An encoded source, and where the decoder stands in its targets.
  package struct State {
    fileprivate let sources: AttendedSources<Float>
    /// The memory of `sources`.
    fileprivate let owner: Arena<Float>
    /// Scratch for a step.
    fileprivate let arena = Arena<Float>()
    fileprivate var hidden: [Float]  // s_i, B×H
    fileprivate var memory: [Float]  // B×H
    /// The attention a_i of the last step for each text, one row of S after the other.
    package fileprivate(set) var attention: [Float] = []
  }

  package let model: Seq2Seq<Float>

  /// Prepares to decode on the calling thread.
  package init(_ model: Seq2Seq<Float>) {
    self.model = model
    useOneThread()
  }

  package func start(source: [UInt32]) -> State {
    let arena = Arena<Float>()
    var batch = SequenceBatch()
    batch.append(source)
    let encoded = model.encoder.forward(batch, dropout: nil, arena: arena)
    let sources = model.attend(to: encoded, of: batch, arena: arena)
    let first = arena.matrix(1, model.configuration.hiddenSize)
    _ = model.decoder.bridge.forward(sources, numbers: [0], into: first, arena: arena)
    return State(
      sources: sources, owner: arena, hidden: first.numbers,
      memory: Array(repeating: 0, count: first.count))
  }

  package func step(_ ids: [UInt32], _ state: inout State) -> [Float] {
    let (decoder, size, arena) = (model.decoder, model.configuration.hiddenSize, state.arena)
    arena.reset()
    let inputs = decoder.embedding.forward(
      ids, positions: Array(ids.indices), dropout: nil, arena: arena)
    let rows = AttentionDecoder<Float>.StepRows(
      previous: arena.copy(state.hidden, columns: size),
      previousMemory: arena.copy(state.memory, columns: size),
      gates: decoder.inputGates(inputs, arena: arena),
      queries: arena.matrix(ids.count, state.sources.keys.columns),
      attentionWeights: arena.matrix(ids.count, state.sources.longest),
      joint: arena.matrix(ids.count, decoder.contextSize + size),
      memory: arena.matrix(ids.count, size), output: arena.matrix(ids.count, size))
    decoder.advance(rows, sources: state.sources, numbers: ids.map { _ in 0 }[...])
    state.hidden = rows.output.numbers
    state.memory = rows.memory.numbers
    state.attention = rows.attentionWeights.numbers
    let readout = decoder.readout.forward(
      [rows.output, inputs, rows.joint.columns(0, count: decoder.contextSize)], arena: arena)
    let logits = arena.matrix(ids.count, model.configuration.vocabularySize)
    model.output.logProbabilities(readout, into: logits)
    return logits.numbers
  }
}

extension Matrix {
  /// The numbers of a matrix without gaps.
  fileprivate var numbers: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

extension Arena {
  /// A matrix of these numbers.
  fileprivate func copy(_ numbers: [Element], columns: Int) -> Matrix<Element> {
    let result = matrix(numbers.count / columns, columns)
    numbers.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { result.base.update(from: start, count: numbers.count) }
    }
    return result
  }
}
