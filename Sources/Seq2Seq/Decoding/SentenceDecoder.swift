package import Kernels

/// A trained model, ready to write texts one token at a time.
package final class SentenceDecoder: StepFunction {
  package let model: Seq2Seq<Float>
  package let textCount: Int
  private let reach: SourceReach
  private let sources: SourceMemory
  /// Where each text stands; coverage is kept with the sources.
  private let state: DecoderState<Float>
  /// Owns the state.
  private let owner = Arena<Float>()
  /// For the numbers of one call.
  private let arena = Arena<Float>()
  /// The texts of the last step.
  private var texts: [Int] = []
  /// The attention a_i of the last step, a row for each text, of which the first S numbers count.
  private var weights: Matrix<Float>

  /// Prepares to decode on the calling thread.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - textCount: How many texts there may be at a time.
  ///   - reach: How much of a source the model reads.
  package init(
    _ model: Seq2Seq<Float>, textCount: Int,
    reach: SourceReach = SourceReach(sentenceCount: .max, tokenCount: .max)
  ) {
    self.model = model
    self.textCount = textCount
    self.reach = reach
    let configuration = model.configuration
    let (owner, layers) = (owner, model.decoder.layers)
    sources = SourceMemory(
      textCount: textCount, stateSize: configuration.encoderSize,
      keySize: model.decoder.attention.keySize, hasCoverage: configuration.hasCoverage)
    state = DecoderState(
      hidden: layers.map { owner.zeros(textCount, $0.hiddenSize) },
      memory: layers.map {
        owner.zeros(textCount, $0.cell.memorySize(extra: $0.extraSize, hidden: $0.hiddenSize))
      },
      readout: owner.zeros(
        textCount, configuration.hasInputFeeding ? configuration.embeddingSize : 0),
      coverage: owner.matrix(textCount, 0))
    weights = owner.matrix(0, 0)
    useOneThread()
  }

  package func start(_ texts: [Int], sources slices: [RollingSource]) {
    arena.reset()
    var batch = SequenceBatch()
    for source in slices { batch.append(source.ids(within: reach)) }
    let encoded = model.encode(batch, dropout: nil, arena: arena)
    let first = state.hidden.indices.map { layer in
      Bridge<Float>.Layer(
        hidden: arena.matrix(texts.count, state.hidden[layer].columns),
        memory: arena.matrix(texts.count, state.memory[layer].columns))
    }
    _ = model.decoder.bridge.forward(
      encoded.attended, last: encoded.last, numbers: Array(texts.indices)[...], into: first,
      arena: arena)
    for (row, text) in texts.enumerated() {
      sources.set(text, from: encoded.attended, number: row)
    }
    let beginning = DecoderState(
      hidden: first.map(\.hidden), memory: first.map(\.memory),
      readout: arena.zeros(texts.count, state.readout.columns),
      coverage: arena.matrix(texts.count, 0))
    state.copy(rowsOf: beginning, to: texts)
  }

  package func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float> {
    arena.reset()
    let (decoder, count) = (model.decoder, texts.count)
    let tape = decoder.begin(
      RaggedSteps(lengths: texts.map { _ in 1 }), inputIDs: tokens, numbers: texts,
      sources: sources.attended, dropout: nil, arena: arena)
    tape.first.copy(rows: texts, from: state)
    copyCoverage(of: texts, to: tape.first.coverage)
    decoder.advance(tape, step: 0)
    decoder.readOut(tape)
    state.copy(rowsOf: tape.last, to: texts)
    copyCoverage(of: texts, from: tape.last.coverage)
    (weights, self.texts) = (tape.attention.weights, texts)
    let logits = arena.matrix(count, model.configuration.vocabularySize)
    model.output.logits(tape.readout, into: logits, arena: arena)
    return logits
  }

  package func attention(row: Int) -> UnsafeBufferPointer<Float> {
    guard weights.columns > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: weights.row(row), count: sources.length(of: texts[row]))
  }

  package func copy(_ copies: [TextCopy]) {
    for copy in copies {
      sources.copy(copy)
      state.copy(row: copy.from, to: copy.to)
    }
  }

  private func copyCoverage(of texts: [Int], to rows: Matrix<Float>) {
    for (row, text) in texts.enumerated() {
      guard let coverage = sources.coverage(of: text) else { return }
      rows.row(row).update(from: coverage, count: sources.length(of: text))
    }
  }

  private func copyCoverage(of texts: [Int], from rows: Matrix<Float>) {
    for (row, text) in texts.enumerated() {
      guard let coverage = sources.coverage(of: text) else { return }
      coverage.update(from: rows.row(row), count: sources.length(of: text))
    }
  }
}
