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
  package func productColumns(hidden: Int) -> [Range<Int>] { [0..<(4 * hidden)] }

  /// The memory is c.
  package func memorySize(extra: Int, hidden: Int) -> Int { hidden }

  package func forward(_ step: CellStep<Element>, by products: [JointProduct<Element>]) {
    products[0].add(step.joint, to: step.gates, step.products[0])
    Activity.gates.measure {
      Element.lstmForward(
        rows: step.gates.rows, hidden: step.memory.columns, gates: step.gates.base,
        previousMemory: step.previousMemory.base, memory: step.memory.base,
        output: step.output.base)
    }
  }

  package func backward(
    dOutput: Matrix<Element>, _ step: CellStep<Element>, by products: [JointProduct<Element>],
    _ carry: CellCarry<Element>
  ) {
    Activity.gates.measure {
      Element.lstmBackward(
        rows: step.gates.rows, hidden: step.memory.columns, gates: step.gates.base,
        previousMemory: step.previousMemory.base, memory: step.memory.base,
        dOutput: dOutput.base, dMemory: carry.dMemory.base)
    }
    products[0].backward(step.gates, step.products[0], dGain: carry.dGains, into: carry.dJoint)
  }
}
