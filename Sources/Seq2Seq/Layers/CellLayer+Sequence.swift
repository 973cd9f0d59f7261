internal import Kernels

/// A layer whose whole input is known beforehand, as in the encoder.
extension CellLayer {
  /// Runs along sequences from states of zeros.
  ///
  /// - Parameters:
  ///   - inputs: x for every step, N×I.
  ///   - steps: How the rows belong together.
  ///   - dropout: The mask on the states, if any.
  ///   - arena: Where the results go.
  /// - Returns: The hidden states, and what `backward` needs.
  func forward(
    _ inputs: Matrix<Element>, steps: RaggedSteps, dropout: Dropout?, arena: Arena<Element>
  ) -> Tape {
    let tape = begin(inputs, steps: steps, dropout: dropout, arena: arena)
    tape.firstHidden.fill(0)
    tape.firstMemory.fill(0)
    for step in 0..<steps.stepCount { advance(tape, step: step) }
    return tape
  }

  /// Takes a gradient back along the sequences.
  ///
  /// - Parameters:
  ///   - dOutputs: ∂loss/∂outputs, N×H; used up.
  ///   - dMemory: ∂loss/∂ the memory after each sequence's last step, B×M; `nil` for zero.
  ///   - tape: What `forward` returned; its gates are used up.
  ///   - terms: Where to add the weights' gradients.
  ///   - arena: Where the result goes.
  /// - Returns: ∂loss/∂inputs, N×I.
  func backward(
    _ dOutputs: Matrix<Element>, dMemory: Matrix<Element>?, _ tape: Tape,
    addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) -> Matrix<Element> {
    let steps = tape.steps
    let carry = makeCarry(tape, arena: arena)
    // A sequence's row is not touched before its own last step.
    if let dMemory { carry.dMemory.copy(from: dMemory) }
    for step in (0..<steps.stepCount).reversed() {
      let dOutput = dOutputs.rows(steps.offset[step], count: steps.active[step])
      _ = retreat(dOutput, tape, step: step, carry)
    }
    return finish(tape, carry, addingTo: terms, arena: arena)
  }
}
