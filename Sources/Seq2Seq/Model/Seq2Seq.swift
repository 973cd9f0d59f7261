package import Kernels

/// An encoder and a decoder with attention: the probability of a target, given its source.
///
/// Source: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and
/// translate" (2015).
package struct Seq2Seq<Element: Scalar>: Sendable {
  package let configuration: Configuration
  package let parameters: ParameterBuffer<Element>
  package let encoder: BidirectionalEncoder<Element>
  package let decoder: AttentionDecoder<Element>
  package let output: OutputLayer<Element>

  /// Makes a model around learned numbers, which it reads where they are.
  ///
  /// - Precondition: `parameters` lists the arrays of the configuration.
  package init(_ configuration: Configuration, parameters: ParameterBuffer<Element>) {
    precondition(
      parameters.list == ParameterList(configuration), "parameters of another configuration")
    self.configuration = configuration
    self.parameters = parameters
    let embedding = Embedding(parameters, name: "embedding")
    let sourceEmbedding =
      configuration.sourceVocabularySize == nil
      ? embedding : Embedding(parameters, name: "source.embedding")
    encoder = BidirectionalEncoder(
      configuration, parameters: parameters, embedding: sourceEmbedding)
    decoder = AttentionDecoder(configuration, parameters: parameters, embedding: embedding)
    output = OutputLayer(parameters)
  }

  /// The matrices that products read copies of.
  package var packings: [PackedMatrix<Element>] { encoder.packings + decoder.packings }

  /// Takes over changed parameters for training, on several threads.
  package func repack(on pool: WorkerPool) {
    let packings = packings
    pool.run(count: 2 * packings.count) { piece, _ in
      let matrix = packings[piece % packings.count]
      if piece < packings.count { matrix.pack() } else { matrix.packTransposed() }
    }
  }

  /// The tasks, the largest first and each for any thread, that prepare to score or to decode; the
  /// parameters must not change afterwards.
  package func packingTasks(for use: PackingUse) -> [@Sendable () -> Void] {
    let output = output
    var tasks: [@Sendable () -> Void] = [{ output.pack(for: use) }]
    for matrix in packings.sorted(by: { $0.rows * $0.columns > $1.rows * $1.columns }) {
      tasks.append { matrix.pack(for: use) }
    }
    return tasks
  }

  /// The sources as the decoder looks at them.
  func attend(
    to tape: BidirectionalEncoder<Element>.Tape, of sources: SequenceBatch,
    arena: Arena<Element>
  ) -> AttendedSources<Element> {
    AttendedSources(
      states: tape.states, keys: decoder.attention.keys(of: tape.states, arena: arena),
      offsets: sources.offsets, lengths: sources.lengths)
  }

  /// Computes −ln p of every target token, in nats, target by target.
  package func losses(of batch: Batch, arena: Arena<Element>) -> [[Double]] {
    arena.reset()
    let (_, tape) = forward(batch, dropout: nil, arena: arena)
    let losses = output.losses(
      tape.readout, targets: tape.steps.rows(of: batch.targets), arena: arena)
    return tape.steps.order.indices.sorted { tape.steps.order[$0] < tape.steps.order[$1] }.map {
      place in (0..<tape.steps.lengths[place]).map { losses[tape.steps.offset[$0] + place] }
    }
  }

  /// Computes −ln p of every token of one long target, in memory that does not grow with it.
  ///
  /// - Parameters:
  ///   - batch: One pair.
  ///   - pieceLength: The tokens that are in memory at a time.
  ///   - arena: Scratch.
  /// - Returns: The losses in nats.
  package func losses(
    ofSinglePair batch: Batch, pieceLength: Int, arena: Arena<Element>
  ) -> [Double] {
    let sourceArena = Arena<Element>()
    let encoded = encoder.forward(batch.sources, dropout: nil, arena: sourceArena)
    let sources = attend(to: encoded, of: batch.sources, arena: sourceArena)
    let target = batch.targets[0]
    var result: [Double] = []
    var beginning: AttentionDecoder<Element>.Beginning?
    for start in stride(from: target.startIndex, to: target.endIndex, by: pieceLength) {
      let piece = target[start..<min(start + pieceLength, target.endIndex)]
      var targets = SequenceBatch()
      targets.append(piece)
      arena.reset()
      let tape = decoder.forward(
        targets, sources: sources, dropout: nil, after: beginning, arena: arena)
      result += output.losses(tape.readout, targets: Array(piece), arena: arena)
      beginning = .init(endOf: tape, lastToken: piece[piece.endIndex - 1])
    }
    return result
  }

  /// Runs along sources and targets that are known.
  func forward(
    _ batch: Batch, dropout: DropoutPlan?, arena: Arena<Element>
  ) -> (BidirectionalEncoder<Element>.Tape, AttentionDecoder<Element>.Tape) {
    let encoded = encoder.forward(batch.sources, dropout: dropout?.source, arena: arena)
    let sources = attend(to: encoded, of: batch.sources, arena: arena)
    let tape = decoder.forward(
      batch.targets, sources: sources, dropout: dropout?.target, arena: arena)
    return (encoded, tape)
  }
}
