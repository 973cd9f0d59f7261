package import Kernels

extension AttentionDecoder {
  /// Takes a gradient back along the targets.
  ///
  /// - Parameters:
  ///   - dReadout: ∂loss/∂t, N×E; used up.
  ///   - tape: What `forward` returned; its gates are used up.
  ///   - dropout: The mask that `forward` was given.
  ///   - terms: Where to add the weights' gradients.
  ///   - arena: Where the result goes.
  /// - Returns: ∂loss/∂h, the sources one after the other, N×D.
  package func backward(
    _ dReadout: Matrix<Element>, _ tape: Tape, dropout: Dropout?,
    addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) -> Matrix<Element> {
    let dInputsOfReadout = readout.backward(
      dReadout, t: tape.readout, inputs: tape.readoutInputs(contextSize: contextSize),
      terms: terms, arena: arena)
    let (dOutputs, dInputs) = (dInputsOfReadout[0], dInputsOfReadout[1])
    let dSources = SourceGradients(
      dStates: arena.zeros(tape.sources.states.rows, tape.sources.states.columns),
      dKeys: arena.zeros(tape.sources.keys.rows, tape.sources.keys.columns))
    let dScores = arena.zeros(1, attention.scoreGradientSize)
    let (dFirst, dQueries) = backwardAlongSteps(
      dOutputs: dOutputs, dContexts: dInputsOfReadout[2], tape: tape, dSources: dSources,
      dScores: dScores, arena: arena)

    let dWeights = CellWeights(terms.gradients, prefix: "decoder.0")
    cell.addWeightGradient(
      joint: tape.joint, dGates: tape.gates, to: dWeights.stacked(inputRows: contextSize),
      terms: terms)
    terms.addProduct(tape.inputs, tape.gates, to: inputRows(dWeights))
    terms.addColumnSums(of: tape.gates, to: dWeights.bias)
    input.multiplyTransposed(tape.gates, into: dInputs, adding: true)
    embedding.backward(
      dInputs, ids: tape.inputIDs, positions: Array(0..<dInputs.rows), dropout: dropout,
      addingTo: terms)

    attention.addWeightGradients(
      previous: tape.joint.columns(contextSize, count: weights.recurrent.rows),
      dQueries: dQueries, sources: tape.sources, dSources: dSources, dScores: dScores,
      terms: terms)
    bridge.backward(
      dFirst, tape.bridge, sources: tape.sources, numbers: tape.steps.order[...],
      dStates: dSources.dStates, terms: terms, arena: arena)
    return dSources.dStates
  }

  /// Goes back step by step; returns ∂loss/∂s_0 and the gradients of all queries.
  private func backwardAlongSteps(
    dOutputs: Matrix<Element>, dContexts: Matrix<Element>, tape: Tape,
    dSources: SourceGradients<Element>, dScores: Matrix<Element>,
    arena: Arena<Element>
  ) -> (dFirst: Matrix<Element>, dQueries: Matrix<Element>) {
    let (steps, size) = (tape.steps, weights.recurrent.rows)
    let dPrevious = arena.zeros(steps.sequenceCount, size)
    let dMemory = arena.zeros(steps.sequenceCount, size)
    let dQueries = arena.matrix(steps.rowCount, tape.queries.columns)
    let dJoint = arena.matrix(steps.sequenceCount, contextSize + size)
    let scratch = arena.matrix(1, tape.sources.longest)
    for step in (0..<steps.stepCount).reversed() {
      let (active, offset) = (steps.active[step], steps.offset[step])
      let (from, to) = (steps.predecessor(of: step), steps.successor(of: step))
      let dOutput = dOutputs.rows(offset, count: active)
      let dPreviousRows = dPrevious.rows(0, count: active)
      let dJointRows = dJoint.rows(0, count: active)
      dOutput.add(dPreviousRows)
      cell.backward(
        dOutput: dOutput, gates: tape.gates.rows(offset, count: active),
        previousMemory: tape.memory.rows(from, count: active),
        memory: tape.memory.rows(to, count: active), dMemory: dMemory.rows(0, count: active),
        recurrent: joint, dJoint: dJointRows)
      let dContext = dContexts.rows(offset, count: active)
      dContext.add(dJointRows.columns(0, count: contextSize))
      dPreviousRows.copy(from: dJointRows.columns(contextSize, count: size))
      attention.backward(
        dContexts: dContext, sources: tape.sources, numbers: steps.order[..<active],
        queries: tape.queries.rows(offset, count: active),
        weights: tape.attentionWeights.rows(offset, count: active),
        dQueries: dQueries.rows(offset, count: active), dPrevious: dPreviousRows,
        dSources: dSources, dScores: dScores, scratch: scratch)
    }
    return (dPrevious, dQueries)
  }
}
