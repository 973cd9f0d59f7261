package import Kernels

/// A long short-term memory.
///
/// The four gate blocks lie side by side in the order *input, forget, candidate, output*:
///
///     [i f g o] = x·W + [extra ; h]·U + b
///            c′ = σ(f)∘c + σ(i)∘tanh(g)
///            h′ = σ(o)∘tanh(c′)
///
/// Source: Hochreiter and Schmidhuber (1997), with the forget gate of Gers, Schmidhuber and
/// Cummins (2000) and without peephole connections.
package struct LSTMCell<Element: Scalar>: RecurrentCell {
  package func forward(
    joint: Matrix<Element>, recurrent: PackedMatrix<Element>, gates: Matrix<Element>,
    previousMemory: Matrix<Element>, memory: Matrix<Element>, output: Matrix<Element>
  ) {
    recurrent.multiply(joint, into: gates, adding: true)
    Activity.gates.measure {
      Element.lstmForward(
        rows: gates.rows, hidden: memory.columns, gates: gates.base,
        previousMemory: previousMemory.base, memory: memory.base, output: output.base)
    }
  }

  package func backward(
    dOutput: Matrix<Element>, gates: Matrix<Element>, previousMemory: Matrix<Element>,
    memory: Matrix<Element>, dMemory: Matrix<Element>,
    recurrent: PackedMatrix<Element>, dJoint: Matrix<Element>
  ) {
    Activity.gates.measure {
      Element.lstmBackward(
        rows: gates.rows, hidden: memory.columns, gates: gates.base,
        previousMemory: previousMemory.base, memory: memory.base, dOutput: dOutput.base,
        dMemory: dMemory.base)
    }
    recurrent.multiplyTransposed(gates, into: dJoint)
  }

  package func addWeightGradient(
    joint: Matrix<Element>, dGates: Matrix<Element>, to dRecurrent: Matrix<Element>,
    terms: GradientTerms<Element>
  ) {
    terms.addProduct(joint, dGates, to: dRecurrent)
  }
}
