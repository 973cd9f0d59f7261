package import Kernels

extension SoftAttention {
  package func dKeys(
    of sources: AttendedSources<Element>, dStates: Matrix<Element>, arena: Arena<Element>
  ) -> Matrix<Element> {
    score.keysAreStates ? dStates : arena.zeros(sources.keys.rows, sources.keys.columns)
  }

  package func makeCarry(
    _ rows: AttentionRows<Element>, _ steps: RaggedSteps, coverageScale: Element,
    arena: Arena<Element>
  ) -> AttentionCarry<Element> {
    AttentionCarry(
      dQueries: arena.zeros(rows.queries.rows, rows.queries.columns),
      dWindow: arena.matrix(rows.window.hidden.rows, rows.window.hidden.columns),
      dParameters: arena.zeros(1, score.parameterCount + (window?.size ?? 0)),
      dCoverage: arena.zeros(hasCoverage ? steps.sequenceCount : 0, rows.coverage.columns),
      scratch: arena.matrix(1, rows.weights.columns), coverageScale: coverageScale)
  }

  package func backward(
    dContexts: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    rows: AttentionRows<Element>, step: StepPlace, _ carry: AttentionCarry<Element>,
    dState: Matrix<Element>, dSources: SourceGradients<Element>
  ) {
    Activity.attention.measure {
      for (row, number) in numbers.enumerated() {
        look(
          backAt: sources, number: number, dContext: dContexts.row(row), rows: rows, row: row,
          step: step, carry, dSources: dSources)
      }
    }
    score.addStateGradient(
      of: carry.dQueries.rows(step.offset, count: step.active), to: dState)
    window?.w.multiplyTransposed(
      carry.dWindow.rows(step.offset, count: step.active), into: dState, adding: true)
  }

  /// Takes one row's gradient back to its query, its keys and the states.
  private func look(
    backAt sources: AttendedSources<Element>, number: Int, dContext: UnsafePointer<Element>,
    rows: AttentionRows<Element>, row: Int, step: StepPlace, _ carry: AttentionCarry<Element>,
    dSources: SourceGradients<Element>
  ) {
    let place = step.offset + row
    let part = scoreRow(sources, number: number, rows: rows, row: row, step: step)
    let start = sources.offsets[number] + part.first
    let (weights, dWeights) = (rows.weights.row(place) + part.first, carry.scratch.base)
    Element.weightedSumBackward(
      length: part.length, width: dSources.dStates.columns, weights: weights,
      states: sources.states.row(start), dSum: dContext, dWeights: dWeights,
      dStates: dSources.dStates.row(start))
    let dCoverage = hasCoverage ? carry.dCoverage.row(row) : dWeights
    if hasCoverage {
      addCoverageGradient(part, weights: weights, dWeights: dWeights, dCoverage, carry)
    }
    if let window {
      backward(window, part, rows: rows, place: place, length: sources.lengths[number], carry)
    }
    softmaxBackward(part, rows: rows, place: place, dWeights)
    score.backward(
      part, dScores: dWeights,
      to: ScoreGradients(
        dQuery: carry.dQueries.row(place),
        dKeys: dSources.dKeys.base + start * dSources.dKeys.stride,
        dCoverage: dCoverage + (hasCoverage ? part.first : 0),
        dParameters: carry.dParameters.base))
  }

  /// Adds what the steps after this one, and the coverage loss, say of the weights.
  private func addCoverageGradient(
    _ part: ScoreRow<Element>, weights: UnsafePointer<Element>,
    dWeights: UnsafeMutablePointer<Element>, _ dCoverage: UnsafeMutablePointer<Element>,
    _ carry: AttentionCarry<Element>
  ) {
    for j in 0..<part.length {
      dWeights[j] += dCoverage[part.first + j]
      if weights[j] < part.coverage[j] {
        dWeights[j] += carry.coverageScale
      } else {
        dCoverage[part.first + j] += carry.coverageScale
      }
    }
  }

  /// Takes the weights' gradient back through the bell, to the softmax's results and to p.
  private func backward(
    _ window: LocalWindow<Element>, _ part: ScoreRow<Element>, rows: AttentionRows<Element>,
    place: Int, length: Int, _ carry: AttentionCarry<Element>
  ) {
    let center = rows.window.centers[place, 0]
    let dCenter = window.backward(
      dWeights: carry.scratch.base, weights: rows.weights.row(place) + part.first,
      places: part.first..<(part.first + part.length), center: center)
    window.backward(
      dCenter: dCenter, center: center, length: length, hidden: rows.window.hidden.row(place),
      dHidden: carry.dWindow.row(place), dV: carry.dParameters.base + score.parameterCount)
  }

  /// Replaces the gradient of the softmax's results by that of the scores.
  private func softmaxBackward(
    _ part: ScoreRow<Element>, rows: AttentionRows<Element>, place: Int,
    _ d: UnsafeMutablePointer<Element>
  ) {
    let weights = rows.weights.row(place) + part.first
    let center = window == nil ? 0 : rows.window.centers[place, 0]
    func share(_ j: Int) -> Element {
      window.map { weights[j] / $0.bell(part.first + j, center: center) } ?? weights[j]
    }
    var mean: Element = 0
    for j in 0..<part.length { mean += share(j) * d[j] }
    for j in 0..<part.length { d[j] = share(j) * (d[j] - mean) }
  }

  package func addWeightGradients(
    states: Matrix<Element>, rows: AttentionRows<Element>, _ carry: AttentionCarry<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>
  ) {
    let count = score.parameterCount
    score.addWeightGradients(
      states: states, dQueries: carry.dQueries,
      dParameters: carry.dParameters.columns(0, count: count), sources: sources,
      dSources: dSources, terms: terms)
    guard let window else { return }
    terms.addProduct(states, carry.dWindow, to: terms.gradients["attention.W_p"])
    terms.addColumnSums(
      of: carry.dParameters.columns(count, count: window.size),
      to: terms.gradients["attention.v_p"])
  }
}
