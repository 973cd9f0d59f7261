package import Kernels

/// Weighs the encoder's states by how well each matches the decoder's.
///
///     a_i = softmax_j(e_ij),  c_i = Σ_j a_ij·h_j
///
/// Source: Bahdanau, Cho and Bengio (2015), equations 5 and 6; Luong, Pham and Manning (2015),
/// section 3, for other scores and the window; See, Liu and Manning (2017), section 2.3, for the
/// coverage Σ_{k<i} a_k and its loss Σ_j min(a_ij, coverage_ij).
package struct SoftAttention<Element: Scalar>: AttentionMechanism {
  let score: any ScoreFunction<Element>
  let window: LocalWindow<Element>?
  let hasCoverage: Bool
  private let contextSize: Int

  package init(
    _ configuration: Configuration, score: any ScoreFunction<Element>,
    parameters: ParameterBuffer<Element>
  ) {
    self.score = score
    window =
      configuration.attentionWindow > 0
      ? LocalWindow(reach: configuration.attentionWindow, parameters) : nil
    hasCoverage = configuration.hasCoverage
    contextSize = configuration.contextSize
  }

  package var packings: [PackedMatrix<Element>] {
    score.packings + (window.map { [$0.w] } ?? [])
  }

  package var keySize: Int { score.keySize }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    score.keys(of: states, arena: arena)
  }

  package func makeRows(
    _ steps: RaggedSteps, sources: AttendedSources<Element>, arena: Arena<Element>
  ) -> AttentionRows<Element> {
    let (rows, longest) = (steps.rowCount, sources.longest)
    let coverage = arena.matrix(
      hasCoverage ? steps.sequenceCount + rows : 0, hasCoverage ? longest : 0)
    if hasCoverage { coverage.rows(0, count: steps.sequenceCount).fill(0) }
    return AttentionRows(
      queries: arena.matrix(rows, score.querySize), weights: arena.matrix(rows, longest),
      contexts: arena.matrix(rows, contextSize),
      window: LocalWindow.Rows(
        hidden: arena.matrix(rows, window?.size ?? 0),
        centers: arena.matrix(rows, window == nil ? 0 : 1)),
      coverage: coverage)
  }

  package func forward(
    _ state: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    rows: AttentionRows<Element>, step: StepPlace
  ) {
    let queries = rows.queries.rows(step.offset, count: step.active)
    score.setQueries(queries, of: state)
    window?.setCenters(
      of: state, lengths: numbers.map { sources.lengths[$0] },
      hidden: rows.window.hidden.rows(step.offset, count: step.active),
      centers: rows.window.centers.rows(step.offset, count: step.active))
    Activity.attention.measure {
      for (row, number) in numbers.enumerated() {
        look(at: sources, number: number, rows: rows, row: row, step: step)
      }
    }
  }

  /// Sets one row's weights and context.
  private func look(
    at sources: AttendedSources<Element>, number: Int, rows: AttentionRows<Element>, row: Int,
    step: StepPlace
  ) {
    let (length, place) = (sources.lengths[number], step.offset + row)
    let weights = rows.weights.row(place)
    let part = scoreRow(sources, number: number, rows: rows, row: row, step: step)
    let places = part.first..<(part.first + part.length)
    score.score(part, into: weights + places.lowerBound)
    Element.softmax(count: places.count, weights + places.lowerBound)
    if let window {
      let center = rows.window.centers[place, 0]
      weights.update(repeating: 0, count: places.lowerBound)
      (weights + places.upperBound).update(repeating: 0, count: length - places.upperBound)
      for j in places { weights[j] *= window.bell(j, center: center) }
    }
    Element.weightedSum(
      length: places.count, width: contextSize, weights: weights + places.lowerBound,
      states: sources.states.row(sources.offsets[number] + places.lowerBound),
      into: rows.contexts.row(place))
    if hasCoverage {
      let covered = rows.coverage.row(step.to + row)
      covered.update(from: rows.coverage.row(step.from + row), count: length)
      Element.addScaled(count: length, 1, weights, to: covered)
    }
  }

  /// A row's query, and the keys of the places it looks at.
  func scoreRow(
    _ sources: AttendedSources<Element>, number: Int, rows: AttentionRows<Element>, row: Int,
    step: StepPlace
  ) -> ScoreRow<Element> {
    let (length, place) = (sources.lengths[number], step.offset + row)
    let places =
      window?.places(around: rows.window.centers[place, 0], length: length) ?? 0..<length
    let keys = sources.keys
    return ScoreRow(
      query: rows.queries.row(place),
      keys: keys.base + (sources.offsets[number] + places.lowerBound) * keys.stride,
      coverage: hasCoverage ? rows.coverage.row(step.from + row) + places.lowerBound : keys.base,
      first: places.lowerBound, length: places.count)
  }
}
