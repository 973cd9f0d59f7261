package import Kernels

/// A gated recurrent unit, the reset gate before the product.
///
/// The three gate blocks lie side by side in the order *reset, update, candidate*:
///
///     [r z] = σ(x·W_rz + [extra ; h]·U_rz + b_rz)
///         n = tanh(x·W_n + [extra ; r∘h]·U_n + b_n)
///        h′ = z∘h + (1 − z)∘n
///
/// Source: Cho et al. (2014), equations 5 to 8. Bahdanau, Cho and Bengio (2015), appendix A.1.1,
/// write 1 − z for z.
package struct GRUCell<Element: Scalar>: RecurrentCell {
  package var passesStateOn: Bool { true }

  package func productColumns(hidden: Int) -> [Range<Int>] {
    [0..<(2 * hidden), (2 * hidden)..<(3 * hidden)]
  }

  /// The memory is [extra ; r∘h], which the candidate is made of.
  package func memorySize(extra: Int, hidden: Int) -> Int { extra + hidden }

  package func forward(_ step: CellStep<Element>, by products: [JointProduct<Element>]) {
    let (rows, hidden) = (step.gates.rows, step.output.columns)
    let resetAndUpdate = products[0].product(step.joint, step.products[0])
    Activity.gates.measure {
      Element.gruGatesForward(
        rows: rows, extra: step.joint.columns - hidden, hidden: hidden, gates: step.gates.base,
        sums: resetAndUpdate.base, joint: step.joint.base, candidate: step.memory.base)
    }
    let candidate = products[1].product(step.memory, step.products[1])
    Activity.gates.measure {
      Element.gruOutputForward(
        rows: rows, hidden: hidden, gates: step.gates.base, sums: candidate.base,
        previous: step.previous.base, output: step.output.base)
    }
  }

  package func backward(
    dOutput: Matrix<Element>, _ step: CellStep<Element>, by products: [JointProduct<Element>],
    _ carry: CellCarry<Element>
  ) {
    let (rows, hidden) = (step.gates.rows, step.output.columns)
    let (dCandidate, gains) = (carry.dMemory, carry.dGains)
    let (dResetAndUpdate, dSums) = (step.products[0].sums, step.products[1].sums)
    Activity.gates.measure {
      Element.gruOutputBackward(
        rows: rows, hidden: hidden, gates: step.gates.base, previous: step.previous.base,
        dOutput: dOutput.base, dSums: dSums.base, dPrevious: carry.dPrevious.base)
    }
    products[1].backward(dSums, step.products[1], dGain: Array(gains.dropFirst()), into: dCandidate)
    Activity.gates.measure {
      Element.gruGatesBackward(
        rows: rows, extra: step.joint.columns - hidden, hidden: hidden, gates: step.gates.base,
        joint: step.joint.base, dCandidate: dCandidate.base, dSums: dResetAndUpdate.base)
    }
    products[0].backward(dResetAndUpdate, step.products[0], dGain: gains, into: carry.dJoint)
    carry.dJoint.add(dCandidate)
  }

  package func input(
    ofProduct number: Int, joint: Matrix<Element>, memory: Matrix<Element>
  ) -> Matrix<Element> { number == 0 ? joint : memory }
}
