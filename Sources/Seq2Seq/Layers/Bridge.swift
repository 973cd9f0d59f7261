package import Kernels

/// Makes the decoder's first states from the encoder's.
///
///     [s⁰_0 … sᴸ⁻¹_0] = tanh(q·W_0 + b_0)
///
/// q is mean_j h_j, or the last state of the direction that ends at the source's beginning; of a
/// unidirectional encoder, its last state. Without W_0 the states are zero, or those of the
/// encoder's layers after their last step, memories included.
///
/// Source: Bahdanau, Cho and Bengio (2015), appendix A.2.2, *last-backward*; Sutskever, Vinyals and
/// Le (2014), section 2, *copy*.
package struct Bridge<Element: Scalar>: Sendable {
  let kind: Configuration.Bridge
  private let w: PackedMatrix<Element>?  // q×LH
  private let bias: Matrix<Element>?  // 1×LH
  /// The columns of h that q is made of.
  private let columns: Range<Int>
  /// Whether memories are copied as well.
  private let copiesMemory: Bool

  /// What `backward` needs to know about one call of `forward`.
  package struct Tape {
    let queries: Matrix<Element>  // q, B×its width
    let first: Matrix<Element>  // s_0 of all layers side by side, B×LH
  }

  /// Where the first states of a decoder's layer are, B×H and B×M.
  package struct Layer {
    let hidden: Matrix<Element>
    let memory: Matrix<Element>
  }

  package init(_ configuration: Configuration, _ parameters: ParameterBuffer<Element>) {
    kind = configuration.bridge
    columns = configuration.bridgeColumns
    copiesMemory = configuration.cell == .lstm
    let hasWeights = kind == .mean || kind == .lastBackward
    w = hasWeights ? PackedMatrix(parameters["bridge.W_0"]) : nil
    bias = hasWeights ? parameters["bridge.b_0"] : nil
  }

  package var packings: [PackedMatrix<Element>] { w.map { [$0] } ?? [] }

  /// Sets the first states for the sources of these numbers.
  ///
  /// - Parameters:
  ///   - sources: The encoded sources.
  ///   - last: The last states of the encoder's layers; empty unless they are copied.
  ///   - numbers: Which source each row is for.
  ///   - layers: Whose rows are set.
  ///   - arena: Where the tape is.
  /// - Returns: What `backward` needs.
  package func forward(
    _ sources: AttendedSources<Element>, last: [RecurrentEncoder<Element>.LastStates],
    numbers: ArraySlice<Int>, into layers: [Layer], arena: Arena<Element>
  ) -> Tape {
    for layer in layers { layer.memory.fill(0) }
    guard let w, let bias else {
      for (depth, layer) in layers.enumerated() {
        kind == .copy
          ? copy(last[depth], numbers: numbers, into: layer) : layer.hidden.fill(0)
      }
      return Tape(queries: arena.matrix(0, 0), first: arena.matrix(0, 0))
    }
    let queries = queries(of: sources, numbers: numbers, arena: arena)
    let first = arena.matrix(numbers.count, w.columns)
    w.multiply(queries, into: first)
    Element.tanhOfSum(rows: first.rows, columns: first.columns, first.base, bias: bias.base)
    for (depth, layer) in layers.enumerated() {
      let size = layer.hidden.columns
      layer.hidden.copy(from: first.columns(depth * size, count: size))
    }
    return Tape(queries: queries, first: first)
  }

  private func copy(
    _ last: RecurrentEncoder<Element>.LastStates, numbers: ArraySlice<Int>, into layer: Layer
  ) {
    for (row, number) in numbers.enumerated() {
      layer.hidden.row(row).update(from: last.hidden.row(number), count: last.hidden.columns)
      guard copiesMemory else { continue }
      layer.memory.row(row).update(from: last.memory.row(number), count: last.memory.columns)
    }
  }

  private func queries(
    of sources: AttendedSources<Element>, numbers: ArraySlice<Int>, arena: Arena<Element>
  ) -> Matrix<Element> {
    let queries = arena.zeros(numbers.count, columns.count)
    for (row, number) in numbers.enumerated() {
      let length = sources.lengths[number]
      guard kind == .mean else {
        queries.row(row).update(
          from: sources.summary.row(number) + columns.lowerBound, count: columns.count)
        continue
      }
      for j in 0..<length {
        Element.addScaled(
          count: columns.count, 1 / Element(length),
          sources.states.row(sources.offsets[number] + j), to: queries.row(row))
      }
    }
    return queries
  }

  /// Takes ∂loss/∂s_0 back to the weights and the sources' states.
  ///
  /// - Parameters:
  ///   - dFirst: ∂loss/∂ the first states and memories of every layer, a row for each of `numbers`.
  ///   - tape: What `forward` returned.
  ///   - sources: As given to `forward`.
  ///   - numbers: As given to `forward`.
  ///   - dSources: Where to add the sources' gradients.
  ///   - dLast: Where to add those of the encoder's last states.
  ///   - terms: Where to add the weights'.
  ///   - arena: Scratch.
  package func backward(
    _ dFirst: [Layer], _ tape: Tape, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    dSources: SourceGradients<Element>, dLast: [RecurrentEncoder<Element>.LastStates],
    terms: GradientTerms<Element>, arena: Arena<Element>
  ) {
    guard let w else {
      if kind == .copy { addCopied(dFirst, numbers: numbers, to: dLast) }
      return
    }
    let dSums = arena.matrix(numbers.count, w.columns)
    for (depth, layer) in dFirst.enumerated() {
      let size = layer.hidden.columns
      dSums.columns(depth * size, count: size).copy(from: layer.hidden)
    }
    Element.tanhBackward(count: dSums.count, output: tape.first.base, gradient: dSums.base)
    terms.addProduct(tape.queries, dSums, to: terms.gradients["bridge.W_0"])
    terms.addColumnSums(of: dSums, to: terms.gradients["bridge.b_0"])
    let dQueries = arena.matrix(numbers.count, w.rows)
    w.multiplyTransposed(dSums, into: dQueries)
    addQueries(dQueries, sources: sources, numbers: numbers, to: dSources)
  }

  private func addCopied(
    _ dFirst: [Layer], numbers: ArraySlice<Int>, to dLast: [RecurrentEncoder<Element>.LastStates]
  ) {
    for (layer, last) in zip(dFirst, dLast) {
      for (row, number) in numbers.enumerated() {
        Element.addScaled(
          count: last.hidden.columns, 1, layer.hidden.row(row), to: last.hidden.row(number))
        guard copiesMemory else { continue }
        Element.addScaled(
          count: last.memory.columns, 1, layer.memory.row(row), to: last.memory.row(number))
      }
    }
  }

  private func addQueries(
    _ dQueries: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    to dSources: SourceGradients<Element>
  ) {
    for (row, number) in numbers.enumerated() {
      let length = sources.lengths[number]
      guard kind == .mean else {
        Element.addScaled(
          count: columns.count, 1, dQueries.row(row),
          to: dSources.dSummary.row(number) + columns.lowerBound)
        continue
      }
      for j in 0..<length {
        Element.addScaled(
          count: columns.count, 1 / Element(length), dQueries.row(row),
          to: dSources.dStates.row(sources.offsets[number] + j))
      }
    }
  }
}

extension Configuration {
  /// The columns of an encoder state that the bridge's product reads.
  package var bridgeColumns: Range<Int> {
    bridge == .lastBackward && encoder == .bidirectional
      ? (encoderSize / 2)..<encoderSize : 0..<encoderSize
  }
}
