package import Kernels

extension RecurrentDecoder {
  /// What `backward` needs to know about one pass; rows as ``RaggedSteps`` says.
  package struct Tape {
    let steps: RaggedSteps
    /// The source of each sequence, in the order of the steps.
    let numbers: [Int]
    let sources: AttendedSources<Element>
    let inputIDs: [UInt32]
    let inputs: Matrix<Element>  // E y_{i−1}, N×E
    let attention: AttentionRows<Element>
    let layers: [CellLayer<Element>.Tape]
    /// o of each layer, N×H: the states themselves, or with the layer's input added.
    let outputs: [Matrix<Element>]
    /// t_{i−1} of every sequence's beginning, B×E, if it is fed.
    let firstReadout: Matrix<Element>
    let readoutRows: Readout<Element>.Rows
    let dropout: DropoutPlan?

    /// t, N×E, before dropout.
    package var readout: Matrix<Element> { readoutRows.t }

    /// o_i, E y_{i−1} and c_i of all steps.
    var readoutInputs: [Matrix<Element>] {
      [outputs[outputs.count - 1], inputs, attention.contexts]
    }

    /// The state that the first step goes on from.
    var first: DecoderState<Element> {
      let count = steps.sequenceCount
      return DecoderState(
        hidden: layers.map(\.firstHidden), memory: layers.map(\.firstMemory),
        readout: firstReadout,
        coverage: attention.coverage.rows(0, count: min(count, attention.coverage.rows)))
    }

    /// The state after the last step, for as many sequences as have it.
    var last: DecoderState<Element> {
      let step = StepPlace(steps.stepCount - 1, of: steps)
      let coverage = attention.coverage
      return DecoderState(
        hidden: layers.map { $0.hidden.rows(step.to, count: step.active) },
        memory: layers.map { $0.memory.rows(step.to, count: step.active) },
        readout: readout.rows(step.offset, count: step.active),
        coverage: coverage.rows > 0 ? coverage.rows(step.to, count: step.active) : coverage)
    }
  }
}
