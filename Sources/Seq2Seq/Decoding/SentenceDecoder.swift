internal import Kernels

/// A trained model, ready to write or to score targets one token at a time.
package struct SentenceDecoder: StepFunction {
  /// An encoded source, and where the decoder stands in its targets.
  package struct State {
    fileprivate let sources: AttendedSources<Float>
    fileprivate let memoryOwner: Arena<Float>
    fileprivate var hidden: [Float]  // s_i, B×H
    fileprivate var memory: [Float]  // B×H
    /// The attention a_i of the last step for each text, one row of S after the other.
    package fileprivate(set) var attention: [Float] = []
  }

  package let model: Seq2Seq<Float>

  package init(_ model: Seq2Seq<Float>) { self.model = model }

  /// Encodes a source, for one text to be written.
  ///
  /// - Precondition: The source has at least one token.
  package func start(source: [UInt32]) -> State {
    let arena = Arena<Float>()
    var batch = SequenceBatch()
    batch.append(source)
    let encoded = model.encoder.forward(batch, dropout: nil, arena: arena)
    let sources = model.attend(to: encoded, of: batch, arena: arena)
    let first = arena.matrix(1, model.configuration.hiddenSize)
    _ = model.decoder.bridge.forward(sources, numbers: [0], into: first, arena: arena)
    return State(
      sources: sources, memoryOwner: arena,
      hidden: Array(UnsafeBufferPointer(start: first.base, count: first.count)),
      memory: Array(repeating: 0, count: first.count))
  }

  package func step(_ ids: [UInt32], _ state: inout State) -> [Float] {
    let (decoder, size) = (model.decoder, model.configuration.hiddenSize)
    let arena = Arena<Float>()
    let inputs = decoder.embedding.forward(
      ids, positions: Array(ids.indices), dropout: nil, arena: arena)
    let gates = arena.matrix(ids.count, decoder.weights.input.columns)
    multiply(inputs, decoder.inputRows(decoder.weights), into: gates)
    Float.addBias(
      rows: ids.count, columns: gates.columns, gates.base, bias: decoder.weights.bias.base)
    let joint = arena.matrix(ids.count, decoder.contextSize + size)
    let output = arena.matrix(ids.count, size)
    let attention = arena.matrix(ids.count, state.sources.longest)
    let sources = state.sources
    state.hidden.withUnsafeMutableBufferPointer { hidden in
      state.memory.withUnsafeMutableBufferPointer { memory in
        guard let hidden = hidden.baseAddress, let memory = memory.baseAddress else { return }
        let previous = Matrix(hidden, rows: ids.count, columns: size)
        let previousMemory = Matrix(memory, rows: ids.count, columns: size)
        decoder.attention.forward(
          previous: previous, sources: sources, numbers: ids.map { _ in 0 }[...],
          queries: arena.matrix(ids.count, sources.keys.columns), weights: attention,
          contexts: joint.columns(0, count: decoder.contextSize))
        joint.columns(decoder.contextSize, count: size).copy(from: previous)
        let nextMemory = arena.matrix(ids.count, size)
        decoder.cell.forward(
          joint: joint, recurrent: decoder.joint, gates: gates, previousMemory: previousMemory,
          memory: nextMemory, output: output)
        previous.copy(from: output)
        previousMemory.copy(from: nextMemory)
      }
    }
    state.attention = Array(UnsafeBufferPointer(start: attention.base, count: attention.count))
    let readout = decoder.readout.forward(
      [output, inputs, joint.columns(0, count: decoder.contextSize)], arena: arena)
    let logits = arena.matrix(ids.count, model.configuration.vocabularySize)
    model.output.logProbabilities(readout, into: logits)
    return Array(UnsafeBufferPointer(start: logits.base, count: logits.count))
  }
}
