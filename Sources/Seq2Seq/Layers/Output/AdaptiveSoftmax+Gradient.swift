internal import Kernels

extension AdaptiveSoftmax {
  /// Computes the losses and takes the gradient of their sum times `scale` back, the head first
  /// and then a tail at a time; see ``OutputLayer``.
  func lossesAndGradient(
    _ t: Matrix<Element>, targets: [UInt32], scale: Element, into dT: Matrix<Element>,
    gradients: ParameterBuffer<Element>, arena: Arena<Element>, pool: WorkerPool
  ) -> OutputLosses {
    var losses = head.lossesAndGradient(
      t, targets: headClasses(of: targets), scale: scale, into: dT,
      gradients: gradients.outputBlocks, arena: arena, pool: pool)
    for tail in tails {
      let members = tail.members(of: targets, t, arena: arena)
      guard !members.numbers.isEmpty else { continue }
      let inTail = tail.lossesAndGradient(
        members, scale: scale, addingTo: dT, gradients: gradients, arena: arena, pool: pool)
      for (row, loss) in zip(members.numbers, inTail.nats) { losses.nats[row] += loss }
      losses.objective += inTail.objective
    }
    return losses
  }
}

extension SoftmaxTail {
  /// Computes −ln p_i of the tail's rows and takes the gradient of their sum times `scale` back.
  ///
  /// - Parameters:
  ///   - members: The tail's rows.
  ///   - scale: What the gradient is multiplied by.
  ///   - dT: ∂loss/∂t of all rows, N×E, to which the members' is added.
  ///   - gradients: Where to add the weights' gradients.
  ///   - arena: Scratch.
  ///   - pool: Who does the work; the result does not depend on it.
  /// - Returns: The members' losses.
  func lossesAndGradient(
    _ members: Members, scale: Element, addingTo dT: Matrix<Element>,
    gradients: ParameterBuffer<Element>, arena: Arena<Element>, pool: WorkerPool
  ) -> OutputLosses {
    let (rows, width) = (members.rows, projection.columns)
    let (reduced, dReduced) = (arena.matrix(rows.rows, width), arena.matrix(rows.rows, width))
    let dRows = arena.matrix(rows.rows, rows.columns)
    let (dProjection, dBlock) = gradients.outputTail(number)
    let chunks = softmax.chunks(of: rows.rows, most: 64)
    pool.run(count: chunks.count) { chunk, _ in
      let (first, count) = (chunks[chunk].lowerBound, chunks[chunk].count)
      Activity.measure(.forward) {
        multiply(
          rows.rows(first, count: count), projection, into: reduced.rows(first, count: count))
      }
    }
    let losses = softmax.lossesAndGradient(
      reduced, targets: members.targets, scale: scale, into: dReduced, gradients: [dBlock],
      arena: arena, pool: pool)
    let parts = 4  // of P_i's rows
    pool.run(count: chunks.count + parts) { task, _ in
      if task < chunks.count {
        addRows(
          chunks[task], of: members.numbers, dReduced: dReduced, dRows: dRows, to: dT)
      } else {
        let part = task - chunks.count
        let start = rows.columns * part / parts
        let count = rows.columns * (part + 1) / parts - start
        Activity.measure(.weights) {
          multiply(
            rows.columns(start, count: count), dReduced, transposing: .left,
            into: dProjection.rows(start, count: count), adding: true)
        }
      }
    }
    return losses
  }

  /// Takes a chunk of the rows' gradient back through P_i; no other chunk adds to the same rows.
  private func addRows(
    _ chunk: Range<Int>, of numbers: [Int], dReduced: Matrix<Element>, dRows: Matrix<Element>,
    to dT: Matrix<Element>
  ) {
    let dRows = dRows.rows(chunk.lowerBound, count: chunk.count)
    Activity.measure(.backward) {
      multiply(
        dReduced.rows(chunk.lowerBound, count: chunk.count), projection, transposing: .right,
        into: dRows)
    }
    Activity.embedding.measure {
      for (place, row) in numbers[chunk].enumerated() {
        Element.addScaled(count: dT.columns, 1, dRows.row(place), to: dT.row(row))
      }
    }
  }
}
