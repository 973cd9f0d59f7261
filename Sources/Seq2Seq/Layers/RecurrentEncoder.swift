package import Kernels

/// Reads sources, in one or several layers and from one side or both: h_j = [→h_j ; ←h_j].
///
///     x⁰_j = E x_j,  xˡ_j = hˡ⁻¹_j
///     hˡ_j = [→f(xˡ)_j ; ←f(xˡ)_j]  (+ xˡ_j from the second layer on, if residual)
///
/// Source: Schuster and Paliwal (1997); Bahdanau, Cho and Bengio (2015), section 3.2; Wu et al.
/// (2016), section 3.1, for the residual connections.
package struct RecurrentEncoder<Element: Scalar>: Sendable {
  let embedding: Embedding<Element>
  /// For each layer the directions that it reads in.
  let layers: [[Direction]]
  let isResidual: Bool

  /// A layer that reads in one direction.
  struct Direction: Sendable {
    let layer: CellLayer<Element>
    /// Whether it begins at the source's last token.
    let isReversed: Bool
  }

  /// What `backward` needs to know about one call of `forward`.
  package struct Tape {
    let sources: SequenceBatch
    let steps: RaggedSteps
    let layers: [LayerTape]
    /// h of the last layer, the sources one after the other, N×D.
    package let states: Matrix<Element>
    /// What a decoder begins with, or has as its fixed context: for each source
    /// [→h_S ; ←h_1] of the last layer, B×D.
    let summary: Matrix<Element>
  }

  /// One layer's part of a tape.
  struct LayerTape {
    /// For each direction which token a row of the steps is, counted along the sources.
    let positions: [[Int]]
    let directions: [CellLayer<Element>.Tape]
  }

  package init(
    _ configuration: Configuration, parameters: ParameterBuffer<Element>,
    embedding: Embedding<Element>
  ) {
    self.embedding = embedding
    isResidual = configuration.isResidual
    layers = (0..<configuration.encoderDepth).map { depth in
      configuration.encoderDirections.map { name, isReversed in
        Direction(
          layer: CellLayer(
            configuration, parameters: parameters, prefix: "encoder.\(depth).\(name)",
            extraSize: 0),
          isReversed: isReversed)
      }
    }
  }

  package var packings: [PackedMatrix<Element>] {
    layers.joined().flatMap { $0.layer.packings }
  }

  /// Encodes sources.
  ///
  /// - Parameters:
  ///   - sources: The sources' tokens.
  ///   - dropout: The masks, if any.
  ///   - arena: Where the results go.
  /// - Returns: The states, and what `backward` needs.
  package func forward(
    _ sources: SequenceBatch, dropout: DropoutPlan?, arena: Arena<Element>
  ) -> Tape {
    let steps = RaggedSteps(lengths: sources.lengths)
    var states: Matrix<Element>?
    var tapes: [LayerTape] = []
    for (depth, directions) in layers.enumerated() {
      let input = states.map { copy($0, dropout: dropout?.encoder(depth), arena: arena) }
      let output = arena.matrix(
        sources.ids.count, directions.reduce(0) { $0 + $1.layer.hiddenSize })
      var tape: [CellLayer<Element>.Tape] = []
      var allPositions: [[Int]] = []
      var first = 0
      for (number, direction) in directions.enumerated() {
        let positions = sources.positions(steps: steps, isReversed: direction.isReversed)
        let rows = input.map { gather($0, positions, arena: arena) }
        let inputs =
          rows
          ?? embedding.forward(
            positions.map { sources.ids[$0] }, positions: positions, dropout: dropout?.source,
            arena: arena)
        tape.append(
          direction.layer.forward(
            inputs, steps: steps, dropout: dropout?.encoderState(depth, number), arena: arena))
        let outputs = tape[number].outputs
        scatter(outputs, positions, to: output.columns(first, count: outputs.columns))
        first += outputs.columns
        allPositions.append(positions)
      }
      if let input, isResidual { output.add(input) }
      tapes.append(LayerTape(positions: allPositions, directions: tape))
      states = output
    }
    guard let states else { preconditionFailure("an encoder without layers") }
    return Tape(
      sources: sources, steps: steps, layers: tapes, states: states,
      summary: summary(of: states, sources, arena: arena))
  }

  private func copy(
    _ states: Matrix<Element>, dropout: Dropout?, arena: Arena<Element>
  ) -> Matrix<Element> {
    guard let dropout else { return states }
    let result = arena.matrix(states.rows, states.columns)
    result.copy(from: states)
    Activity.embedding.measure { dropout.apply(to: result) }
    return result
  }

  /// The rows at some positions.
  func gather(
    _ matrix: Matrix<Element>, _ positions: [Int], arena: Arena<Element>
  ) -> Matrix<Element> {
    let result = arena.matrix(positions.count, matrix.columns)
    for (row, position) in positions.enumerated() {
      result.row(row).update(from: matrix.row(position), count: matrix.columns)
    }
    return result
  }

  private func scatter(
    _ rows: Matrix<Element>, _ positions: [Int], to matrix: Matrix<Element>
  ) {
    for (row, position) in positions.enumerated() {
      matrix.row(position).update(from: rows.row(row), count: rows.columns)
    }
  }

  /// The last state in each direction of reading.
  private func summary(
    of states: Matrix<Element>, _ sources: SequenceBatch, arena: Arena<Element>
  ) -> Matrix<Element> {
    let result = arena.matrix(sources.count, states.columns)
    for number in 0..<sources.count {
      forEachLastState(of: number, in: sources) { position, columns in
        (result.row(number) + columns.lowerBound).update(
          from: states.row(position) + columns.lowerBound, count: columns.count)
      }
    }
    return result
  }

  /// Hands out where each direction of the last layer ends: the position, and its columns.
  func forEachLastState(
    of number: Int, in sources: SequenceBatch, _ body: (_ position: Int, Range<Int>) -> Void
  ) {
    let (start, length) = (sources.offsets[number], sources.lengths[number])
    var first = 0
    for direction in layers[layers.count - 1] {
      let size = direction.layer.hiddenSize
      body(start + (direction.isReversed ? 0 : length - 1), first..<(first + size))
      first += size
    }
  }
}

extension Configuration {
  /// The names of the encoder's directions, and whether they begin at the source's end.
  package var encoderDirections: [(name: String, isReversed: Bool)] {
    switch encoder {
    case .bidirectional: [("forward", false), ("backward", true)]
    case .unidirectional: [isSourceReversed ? ("backward", true) : ("forward", false)]
    }
  }
}

extension SequenceBatch {
  /// The token that each row of the steps reads, counted along the sequences.
  func positions(steps: RaggedSteps, isReversed: Bool) -> [Int] {
    var positions: [Int] = []
    positions.reserveCapacity(steps.rowCount)
    for step in 0..<steps.stepCount {
      for place in 0..<steps.active[step] {
        let start = offsets[steps.order[place]]
        positions.append(start + (isReversed ? steps.lengths[place] - 1 - step : step))
      }
    }
    return positions
  }
}
