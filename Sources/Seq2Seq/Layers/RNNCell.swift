package import Kernels

/// A plain recurrent network: h′ = tanh(x·W + [extra ; h]·U + b).
///
/// Source: Elman (1990).
package struct RNNCell<Element: Scalar>: RecurrentCell {
  package func productColumns(hidden: Int) -> [Range<Int>] { [0..<hidden] }

  package func memorySize(extra: Int, hidden: Int) -> Int { 0 }

  package func forward(_ step: CellStep<Element>, by products: [JointProduct<Element>]) {
    products[0].add(step.joint, to: step.gates, step.products[0])
    Activity.gates.measure {
      Element.rnnForward(
        count: step.gates.count, gates: step.gates.base, output: step.output.base)
    }
  }

  package func backward(
    dOutput: Matrix<Element>, _ step: CellStep<Element>, by products: [JointProduct<Element>],
    _ carry: CellCarry<Element>
  ) {
    Activity.gates.measure {
      Element.rnnBackward(
        count: step.gates.count, gates: step.gates.base, dOutput: dOutput.base)
    }
    products[0].backward(step.gates, step.products[0], dGain: carry.dGains, into: carry.dJoint)
  }
}
