internal import Kernels

extension ChunkedSoftmax {
  /// Computes the losses and takes the gradient of the objective times `scale` back.
  ///
  /// - Parameters:
  ///   - x: The rows, N×K.
  ///   - targets: A class for each row.
  ///   - scale: What the gradient is multiplied by.
  ///   - smoothing: How targets are smoothed, if they are.
  ///   - dX: Receives ∂objective/∂x, N×K.
  ///   - gradients: The blocks to add the weights' gradients to.
  ///   - arena: Scratch.
  ///   - pool: Who does the work; the result does not depend on it.
  /// - Returns: The losses, and the objective.
  func lossesAndGradient(
    _ x: Matrix<Element>, targets: [UInt32], scale: Element,
    smoothing: LabelSmoothing<Element>? = nil, into dX: Matrix<Element>,
    gradients: [ClassBlock<Element>], arena: Arena<Element>, pool: WorkerPool
  ) -> OutputLosses {
    var losses: [Double] = []
    losses.reserveCapacity(x.rows)
    var objective = 0.0
    let gradients = gradients.flatMap(\.pieces)
    let chunks = chunks(of: x.rows, most: mostRows)
    let largestChunk = chunks.map(\.count).max() ?? 0
    let space = ChunkScores<Element>(
      rows: largestChunk, pieces: pieces, keepsLogits: true, arena: arena)
    let parts = PartialGradients(
      rows: largestChunk, columns: x.columns, pieceCount: pieces.count, arena: arena)
    var before: Matrix<Element>?  // where the parts of the chunk before are to be summed
    for chunk in chunks {
      let rows = x.rows(chunk.lowerBound, count: chunk.count)
      let targets = targets[chunk]
      let unsummed = before
      pool.run(count: pieces.count + (unsummed == nil ? 0 : parts.blockCount)) { number, _ in
        if number < pieces.count {
          Activity.measure(.forward) {
            let (piece, logits) = (pieces[number], space.logits(of: number, rowCount: rows.rows))
            multiply(rows, piece.weights, transposing: .right, into: logits)
            space.addStatistics(of: logits, targets: targets, block: piece, piece: number)
          }
        } else if let unsummed {
          parts.sum(block: number - pieces.count, into: unsummed)
        }
      }
      let chunkLosses = space.normalise(rowCount: rows.rows)
      losses += chunkLosses
      objective += smoothing?.objective(chunkLosses, of: chunk, space) ?? chunkLosses.reduce(0, +)
      pool.run(count: pieces.count) { number, _ in
        let dLogits = space.logits(of: number, rowCount: rows.rows)
        turnIntoGradient(
          dLogits, targets: targets, piece: pieces[number], scale: scale, smoothing: smoothing,
          normalisers: space.normalisers)
        addGradient(
          of: rows, dLogits, piece: pieces[number],
          dRows: parts.part(of: number, rowCount: rows.rows), to: gradients[number])
      }
      before = dX.rows(chunk.lowerBound, count: chunk.count)
    }
    if let before {
      pool.run(count: parts.blockCount) { block, _ in parts.sum(block: block, into: before) }
    }
    return OutputLosses(nats: losses, objective: objective)
  }

  /// Replaces a piece's logits by scale·(p − q), with q the target distribution.
  private func turnIntoGradient(
    _ logits: Matrix<Element>, targets: ArraySlice<UInt32>, piece: ClassBlock<Element>,
    scale: Element, smoothing: LabelSmoothing<Element>?, normalisers: Matrix<Element>
  ) {
    Activity.softmax.measure {
      Element.scaledSoftmax(
        rows: logits.rows, columns: logits.columns, logits.base, normalisers: normalisers.base,
        scale: scale)
      var onTarget = scale
      if let smoothing {
        smoothing.subtractUniformPart(from: logits)
        onTarget *= 1 - smoothing.share
      }
      let classes = piece.classes
      for (row, target) in targets.enumerated() where classes.contains(Int(target)) {
        logits[row, Int(target) - classes.lowerBound] -= onTarget
      }
    }
  }

  /// Takes a piece's gradient back; `dRows` receives the piece's part of the rows'.
  private func addGradient(
    of rows: Matrix<Element>, _ dLogits: Matrix<Element>, piece: ClassBlock<Element>,
    dRows: Matrix<Element>, to gradient: ClassBlock<Element>
  ) {
    Activity.measure(.backward) { multiply(dLogits, piece.weights, into: dRows) }
    Activity.measure(.weights) {
      multiply(dLogits, rows, transposing: .left, into: gradient.weights, adding: true)
    }
    Activity.reduction.measure { dLogits.addColumnSums(to: gradient.bias) }
  }
}

/// What each piece of the classes adds to a chunk's ∂objective/∂x, to be summed in a fixed order.
private struct PartialGradients<Element: Scalar>: Sendable {
  private let parts: [Matrix<Element>]  // R×K each
  let blockCount = 4

  init(rows: Int, columns: Int, pieceCount: Int, arena: Arena<Element>) {
    parts = (0..<pieceCount).map { _ in arena.matrix(rows, columns) }
  }

  func part(of piece: Int, rowCount: Int) -> Matrix<Element> {
    parts[piece].rows(0, count: rowCount)
  }

  /// Sums a block of the rows.
  func sum(block: Int, into dX: Matrix<Element>) {
    let (start, end) = (dX.rows * block / blockCount, dX.rows * (block + 1) / blockCount)
    let sum = dX.rows(start, count: end - start)
    Activity.reduction.measure {
      sum.copy(from: parts[0].rows(start, count: end - start))
      for part in parts.dropFirst() { sum.add(part.rows(start, count: end - start)) }
    }
  }
}
