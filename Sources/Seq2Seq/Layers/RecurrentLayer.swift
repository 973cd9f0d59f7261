package import Kernels

/// A recurrent cell run along sequences of unlike lengths, from a state of zeros.
package struct RecurrentLayer<Element: Scalar>: Sendable {
  let cell: any RecurrentCell<Element>
  let weights: CellWeights<Element>
  let input: PackedMatrix<Element>
  let recurrent: PackedMatrix<Element>

  /// What `backward` needs to know about one call of `forward`; all rows as ``RaggedSteps`` says.
  package struct Tape {
    let steps: RaggedSteps
    let inputs: Matrix<Element>  // x, N×I
    let gates: Matrix<Element>  // N×GH
    let hidden: Matrix<Element>  // B rows of first states, then the outputs; (B+N)×H
    let memory: Matrix<Element>  // likewise

    /// The hidden states of all steps, N×H.
    package var outputs: Matrix<Element> { hidden.rows(steps.sequenceCount, count: steps.rowCount) }
  }

  /// Takes the arrays of that name from the buffer.
  package init(
    cell: any RecurrentCell<Element>, parameters: ParameterBuffer<Element>, prefix: String
  ) {
    self.cell = cell
    weights = CellWeights(parameters, prefix: prefix)
    input = PackedMatrix(weights.input)
    recurrent = PackedMatrix(weights.recurrent)
  }

  package var packings: [PackedMatrix<Element>] { [input, recurrent] }

  /// Runs along the sequences.
  ///
  /// - Parameters:
  ///   - inputs: x for every step, N×I.
  ///   - steps: How the rows belong together.
  ///   - arena: Where the results go.
  /// - Returns: The hidden states, and what `backward` needs.
  package func forward(
    _ inputs: Matrix<Element>, steps: RaggedSteps, arena: Arena<Element>
  ) -> Tape {
    let (rows, size) = (steps.rowCount, weights.recurrent.rows)
    let gates = arena.matrix(rows, weights.input.columns)
    let hidden = arena.matrix(steps.sequenceCount + rows, size)
    let memory = arena.matrix(steps.sequenceCount + rows, size)
    hidden.rows(0, count: steps.sequenceCount).fill(0)
    memory.rows(0, count: steps.sequenceCount).fill(0)
    input.multiply(inputs, into: gates)
    Element.addBias(rows: rows, columns: gates.columns, gates.base, bias: weights.bias.base)
    for step in 0..<steps.stepCount {
      let active = steps.active[step]
      let (from, to) = (steps.predecessor(of: step), steps.successor(of: step))
      cell.forward(
        joint: hidden.rows(from, count: active), recurrent: recurrent,
        gates: gates.rows(steps.offset[step], count: active),
        previousMemory: memory.rows(from, count: active),
        memory: memory.rows(to, count: active), output: hidden.rows(to, count: active))
    }
    return Tape(steps: steps, inputs: inputs, gates: gates, hidden: hidden, memory: memory)
  }

  /// Takes a gradient back along the sequences.
  ///
  /// - Parameters:
  ///   - dOutputs: ∂loss/∂outputs, N×H; used up.
  ///   - tape: What `forward` returned; its gates are used up.
  ///   - prefix: The name of the layer's arrays.
  ///   - terms: Where to add the weights' gradients.
  ///   - arena: Where the result goes.
  /// - Returns: ∂loss/∂inputs, N×I.
  package func backward(
    _ dOutputs: Matrix<Element>, _ tape: Tape, prefix: String,
    addingTo terms: GradientTerms<Element>, arena: Arena<Element>
  ) -> Matrix<Element> {
    let (steps, size) = (tape.steps, weights.recurrent.rows)
    let dPrevious = arena.zeros(steps.sequenceCount, size)
    let dMemory = arena.zeros(steps.sequenceCount, size)
    let joint = arena.matrix(steps.rowCount, size)
    for step in (0..<steps.stepCount).reversed() {
      let active = steps.active[step]
      let (from, to) = (steps.predecessor(of: step), steps.successor(of: step))
      let dOutput = dOutputs.rows(steps.offset[step], count: active)
      dOutput.add(dPrevious.rows(0, count: active))
      cell.backward(
        dOutput: dOutput, gates: tape.gates.rows(steps.offset[step], count: active),
        previousMemory: tape.memory.rows(from, count: active),
        memory: tape.memory.rows(to, count: active), dMemory: dMemory.rows(0, count: active),
        recurrent: recurrent, dJoint: dPrevious.rows(0, count: active))
      joint.rows(steps.offset[step], count: active).copy(
        from: tape.hidden.rows(from, count: active))
    }
    let total = CellWeights(terms.gradients, prefix: prefix)
    cell.addWeightGradient(
      joint: joint, dGates: tape.gates, to: total.recurrent, terms: terms)
    terms.addProduct(tape.inputs, tape.gates, to: total.input)
    terms.addColumnSums(of: tape.gates, to: total.bias)
    let dInputs = arena.matrix(steps.rowCount, weights.input.rows)
    input.multiplyTransposed(tape.gates, into: dInputs)
    return dInputs
  }
}
