package import Kernels

/// An encoder and a decoder: the probability of a target, given its source.
///
/// Source: Sutskever, Vinyals and Le (2014); Cho et al. (2014); Bahdanau, Cho and Bengio (2015);
/// Luong, Pham and Manning (2015); by the configuration.
package struct Seq2Seq<Element: Scalar>: Sendable {
  package let configuration: Configuration
  package let parameters: ParameterBuffer<Element>
  package let encoder: RecurrentEncoder<Element>
  package let decoder: RecurrentDecoder<Element>
  package let output: OutputLayer<Element>

  /// Makes a model around learned numbers, which it reads where they are.
  ///
  /// - Precondition: `parameters` lists the arrays of the configuration.
  package init(_ configuration: Configuration, parameters: ParameterBuffer<Element>) {
    precondition(
      parameters.list == ParameterList(configuration), "parameters of another configuration")
    self.configuration = configuration
    self.parameters = parameters
    encoder = RecurrentEncoder(
      configuration, parameters: parameters,
      embedding: Embedding(parameters, name: configuration.sourceEmbeddingName))
    decoder = RecurrentDecoder(
      configuration, parameters: parameters, embedding: Embedding(parameters, name: "embedding"))
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

  /// Encodes sources and makes of them what the decoder looks at.
  func encode(
    _ sources: SequenceBatch, dropout: DropoutPlan?, arena: Arena<Element>
  ) -> EncodedSources<Element> {
    let tape = encoder.forward(sources, dropout: dropout, arena: arena)
    let attended = AttendedSources(
      states: tape.states, keys: decoder.attention.keys(of: tape.states, arena: arena),
      summary: tape.summary, offsets: sources.offsets, lengths: sources.lengths)
    return EncodedSources(
      tape: tape, attended: attended,
      last: configuration.bridge == .copy ? encoder.lastStates(tape, arena: arena) : [])
  }

  /// Computes −ln p of every target token, in nats, target by target.
  package func losses(of batch: Batch, arena: Arena<Element>) -> [[Double]] {
    arena.reset()
    let (_, pass) = forward(batch, dropout: nil, arena: arena)
    let tape = pass.tape
    let losses = output.losses(
      tape.readout, targets: tape.steps.rows(of: batch.targets), arena: arena)
    let rowOfToken = tape.steps.rowOfToken(in: batch.targets)
    return zip(batch.targets.offsets, batch.targets.lengths).map { offset, length in
      rowOfToken[offset..<offset + length].map { losses[$0] }
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
    let lasting = Arena<Element>()
    let sources = encode(batch.sources, dropout: nil, arena: lasting)
    let target = batch.targets[0]
    var result: [Double] = []
    var beginning: RecurrentDecoder<Element>.Beginning?
    for start in stride(from: target.startIndex, to: target.endIndex, by: pieceLength) {
      let piece = target[start..<min(start + pieceLength, target.endIndex)]
      var targets = SequenceBatch()
      targets.append(piece)
      arena.reset()
      let tape = decoder.forward(
        targets, sources: sources, dropout: nil, after: beginning, arena: arena
      ).tape
      result += output.losses(tape.readout, targets: Array(piece), arena: arena)
      beginning = .init(endOf: tape, lastToken: piece[piece.endIndex - 1], arena: lasting)
    }
    return result
  }

  /// Runs along sources and targets that are known.
  func forward(
    _ batch: Batch, dropout: DropoutPlan?, arena: Arena<Element>
  ) -> (EncodedSources<Element>, RecurrentDecoder<Element>.Pass) {
    let sources = encode(batch.sources, dropout: dropout, arena: arena)
    let pass = decoder.forward(batch.targets, sources: sources, dropout: dropout, arena: arena)
    return (sources, pass)
  }
}

/// Sources that have been encoded.
package struct EncodedSources<Element: Scalar> {
  let tape: RecurrentEncoder<Element>.Tape
  let attended: AttendedSources<Element>
  /// The last states of the encoder's layers; empty unless the decoder copies them.
  let last: [RecurrentEncoder<Element>.LastStates]
}
