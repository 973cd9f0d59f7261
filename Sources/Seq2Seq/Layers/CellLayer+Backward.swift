internal import Kernels

extension CellLayer {
  /// Room for what goes back through a pass, all zero.
  func makeCarry(_ tape: Tape, arena: Arena<Element>) -> CellCarry<Element> {
    let count = tape.steps.sequenceCount
    return CellCarry(
      dPrevious: arena.zeros(count, hiddenSize), dMemory: arena.zeros(count, tape.memory.columns),
      dJoint: arena.matrix(count, tape.joint.columns),
      dGains: products.compactMap { product in
        product.normalization.map { arena.zeros(1, $0.gain.columns) }
      })
  }

  /// Takes a gradient back through one step.
  ///
  /// - Parameters:
  ///   - dOutput: ∂loss/∂h′ but for what `carry` has, B×H; added to.
  ///   - tape: Of the pass; the step's gates become gradients.
  ///   - step: Which step.
  ///   - carry: What the steps after it left.
  /// - Returns: ∂loss/∂extra, B×X, which stands until the next step.
  func retreat(
    _ dOutput: Matrix<Element>, _ tape: Tape, step: Int, _ carry: CellCarry<Element>
  ) -> Matrix<Element> {
    let active = tape.steps.active[step]
    let rows = CellCarry(
      dPrevious: carry.dPrevious.rows(0, count: active),
      dMemory: carry.dMemory.rows(0, count: active),
      dJoint: carry.dJoint.rows(0, count: active), dGains: carry.dGains)
    dOutput.add(rows.dPrevious)
    cell.backward(dOutput: dOutput, tape.rows(of: step), by: products, rows)
    let dState = rows.dJoint.columns(extraSize, count: hiddenSize)
    mask(dState, of: tape)
    if cell.passesStateOn {
      rows.dPrevious.add(dState)
    } else {
      rows.dPrevious.copy(from: dState)
    }
    return rows.dJoint.columns(0, count: extraSize)
  }

  /// Ends the way back: adds the weights' gradients.
  ///
  /// - Parameters:
  ///   - tape: Of the pass, all of whose steps have gone back.
  ///   - carry: What they left.
  ///   - terms: Where to add.
  ///   - arena: Where the result goes.
  /// - Returns: ∂loss/∂inputs, N×(I−X).
  func finish(
    _ tape: Tape, _ carry: CellCarry<Element>, addingTo terms: GradientTerms<Element>,
    arena: Arena<Element>
  ) -> Matrix<Element> {
    let gradients = terms.gradients
    let (dW, dU) = (gradients["\(prefix).W"], gradients["\(prefix).U"])
    let stacked = Self.stacked(dW, dU, extraSize: extraSize)
    let memory = tape.memory.rows(tape.steps.sequenceCount, count: tape.steps.rowCount)
    for (number, product) in products.enumerated() {
      let columns = product.columns
      let input = cell.input(ofProduct: number, joint: tape.joint, memory: memory)
      let target = stacked.columns(columns.lowerBound, count: columns.count)
      if let normal = tape.products[number].normal {
        terms.addProduct(input, normal.normal, to: target)
        terms.addColumnSums(
          of: carry.dGains[number],
          to: gradients["\(prefix).g_U"].columns(columns.lowerBound, count: columns.count))
      } else {
        terms.addProduct(
          input, tape.gates.columns(columns.lowerBound, count: columns.count), to: target)
      }
    }
    terms.addColumnSums(of: tape.gates, to: gradients["\(prefix).b"])
    return finishKnown(tape, dW: dW, addingTo: terms, arena: arena)
  }

  private func finishKnown(
    _ tape: Tape, dW: Matrix<Element>, addingTo terms: GradientTerms<Element>,
    arena: Arena<Element>
  ) -> Matrix<Element> {
    let dInputs = arena.matrix(tape.steps.rowCount, knownSize)
    guard let known else { return dInputs }
    var dSums = tape.gates
    if let knownNormalization, let rows = tape.known {
      let dGain = arena.zeros(1, dSums.columns)
      knownNormalization.backward(tape.gates, rows, dGain: dGain)
      terms.addColumnSums(of: dGain, to: terms.gradients["\(prefix).g_W"])
      dSums = rows.normal
    }
    terms.addProduct(tape.inputs, dSums, to: dW.rows(0, count: knownSize))
    known.multiplyTransposed(dSums, into: dInputs)
    return dInputs
  }
}
