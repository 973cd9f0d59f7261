package import Kernels

/// No attention: the same context at every step, the encoder's last state, or none at all.
///
/// Source: Cho et al. (2014), section 2.2, with c = [→h_S ; ←h_1] in the place of tanh(V·h_S);
/// Sutskever, Vinyals and Le (2014), section 2, where only the decoder's first state knows the
/// source.
package struct FixedContextMechanism<Element: Scalar>: AttentionMechanism {
  private let contextSize: Int

  package init(_ configuration: Configuration) { contextSize = configuration.contextSize }

  package var packings: [PackedMatrix<Element>] { [] }

  package var keySize: Int { 0 }

  package func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    arena.matrix(states.rows, 0)
  }

  package func dKeys(
    of sources: AttendedSources<Element>, dStates: Matrix<Element>, arena: Arena<Element>
  ) -> Matrix<Element> { sources.keys }

  package func makeRows(
    _ steps: RaggedSteps, sources: AttendedSources<Element>, arena: Arena<Element>
  ) -> AttentionRows<Element> {
    let (rows, nothing) = (steps.rowCount, arena.matrix(steps.rowCount, 0))
    return AttentionRows(
      queries: nothing, weights: nothing, contexts: arena.matrix(rows, contextSize),
      window: LocalWindow.Rows(hidden: nothing, centers: nothing), coverage: arena.matrix(0, 0))
  }

  package func forward(
    _ state: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    rows: AttentionRows<Element>, step: StepPlace
  ) {
    for (row, number) in numbers.enumerated() {
      rows.contexts.row(step.offset + row).update(
        from: sources.summary.row(number), count: contextSize)
    }
  }

  package func makeCarry(
    _ rows: AttentionRows<Element>, _ steps: RaggedSteps, coverageScale: Element,
    arena: Arena<Element>
  ) -> AttentionCarry<Element> {
    AttentionCarry(
      dQueries: rows.queries, dWindow: rows.queries, dParameters: arena.matrix(1, 0),
      dCoverage: rows.queries, scratch: rows.queries, coverageScale: 0)
  }

  package func backward(
    dContexts: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    rows: AttentionRows<Element>, step: StepPlace, _ carry: AttentionCarry<Element>,
    dState: Matrix<Element>, dSources: SourceGradients<Element>
  ) {
    for (row, number) in numbers.enumerated() {
      Element.addScaled(
        count: contextSize, 1, dContexts.row(row), to: dSources.dSummary.row(number))
    }
  }

  package func addWeightGradients(
    states: Matrix<Element>, rows: AttentionRows<Element>, _ carry: AttentionCarry<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>
  ) {}
}
