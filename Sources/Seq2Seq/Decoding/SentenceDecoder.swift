package import Kernels

/// A trained model, ready to write texts one token at a time.
package final class SentenceDecoder: StepFunction {
  package let model: Seq2Seq<Float>
  package let textCount: Int
  private let sources: SourceMemory
  private let hidden: Matrix<Float>  // s_i of every text, textCount×H
  private let memory: Matrix<Float>  // likewise
  /// Owns `hidden` and `memory`.
  private let owner = Arena<Float>()
  /// For the numbers of one call.
  private let arena = Arena<Float>()
  /// The attention a_i of the last step, a row for each text, of which the first S numbers count.
  package private(set) var attention: Matrix<Float>

  /// Prepares to decode on the calling thread.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - textCount: How many texts there may be at a time.
  package init(_ model: Seq2Seq<Float>, textCount: Int) {
    self.model = model
    self.textCount = textCount
    let configuration = model.configuration
    sources = SourceMemory(
      textCount: textCount, stateSize: configuration.encoderSize,
      keySize: configuration.attentionSize)
    hidden = owner.zeros(textCount, configuration.hiddenSize)
    memory = owner.zeros(textCount, configuration.hiddenSize)
    attention = owner.matrix(0, 0)
    useOneThread()
  }

  package func start(_ texts: [Int], sources slices: [ArraySlice<UInt32>]) {
    arena.reset()
    var batch = SequenceBatch()
    slices.forEach { batch.append($0) }
    let encoded = model.encoder.forward(batch, dropout: nil, arena: arena)
    let attended = model.attend(to: encoded, of: batch, arena: arena)
    let first = arena.matrix(texts.count, hidden.columns)
    _ = model.decoder.bridge.forward(
      attended, numbers: Array(texts.indices)[...], into: first, arena: arena)
    for (row, text) in texts.enumerated() {
      sources.set(text, from: attended, number: row)
      hidden.rows(text, count: 1).copy(from: first.rows(row, count: 1))
      memory.rows(text, count: 1).fill(0)
    }
  }

  package func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float> {
    arena.reset()
    let (decoder, count) = (model.decoder, texts.count)
    let inputs = decoder.embedding.forward(
      tokens, positions: Array(tokens.indices), dropout: nil, arena: arena)
    let attended = sources.attended
    attention = arena.matrix(count, attended.longest)
    let rows = AttentionDecoder<Float>.StepRows(
      previous: gather(hidden, texts), previousMemory: gather(memory, texts),
      gates: decoder.inputGates(inputs, arena: arena),
      queries: arena.matrix(count, attended.keys.columns), attentionWeights: attention,
      joint: arena.matrix(count, decoder.contextSize + hidden.columns),
      memory: arena.matrix(count, hidden.columns), output: arena.matrix(count, hidden.columns))
    decoder.advance(rows, sources: attended, numbers: texts[...])
    scatter(rows.output, texts, to: hidden)
    scatter(rows.memory, texts, to: memory)
    // Without gaps, so that the packed weights serve, whose rows are independent of one another.
    let contexts = arena.matrix(count, decoder.contextSize)
    contexts.copy(from: rows.joint.columns(0, count: decoder.contextSize))
    let readout = decoder.readout.forward([rows.output, inputs, contexts], arena: arena)
    let logits = arena.matrix(count, model.configuration.vocabularySize)
    model.output.logits(readout, into: logits)
    return logits
  }

  private func gather(_ all: Matrix<Float>, _ texts: [Int]) -> Matrix<Float> {
    let result = arena.matrix(texts.count, all.columns)
    for (row, text) in texts.enumerated() {
      result.row(row).update(from: all.row(text), count: all.columns)
    }
    return result
  }

  private func scatter(_ rows: Matrix<Float>, _ texts: [Int], to all: Matrix<Float>) {
    for (row, text) in texts.enumerated() {
      all.row(text).update(from: rows.row(row), count: all.columns)
    }
  }
}
