package import Kernels

extension OutputLayer {
  /// Computes the losses and takes the gradient of their sum times `scale` back.
  ///
  /// - Parameters:
  ///   - t: The readout, N×E.
  ///   - targets: A token for each row.
  ///   - scale: What the gradient is multiplied by.
  ///   - dT: Receives ∂loss/∂t, N×E.
  ///   - gradients: Where to add the weights' gradients.
  ///   - arena: Scratch.
  ///   - pool: Who does the work; the result does not depend on it.
  /// - Returns: The losses in nats.
  package func lossesAndGradient(
    _ t: Matrix<Element>, targets: [UInt32], scale: Element, into dT: Matrix<Element>,
    gradients: ParameterBuffer<Element>, arena: Arena<Element>, pool: WorkerPool
  ) -> [Double] {
    var losses: [Double] = []
    losses.reserveCapacity(t.rows)
    let chunks = chunks(of: t.rows, most: mostRows)
    let largestChunk = chunks.map(\.count).max() ?? 0
    let space = ChunkScores<Element>(
      rows: largestChunk, pieces: pieces, keepsLogits: true, arena: arena)
    let parts = PartialGradients(
      rows: largestChunk, columns: t.columns, pieceCount: pieces.count, arena: arena)
    var before: Matrix<Element>?  // where the parts of the chunk before are to be summed
    for chunk in chunks {
      let rows = t.rows(chunk.lowerBound, count: chunk.count)
      let targets = targets[chunk]
      let unsummed = before
      pool.run(count: pieces.count + (unsummed == nil ? 0 : parts.blockCount)) { piece, _ in
        if piece < pieces.count {
          Activity.measure(.forward) {
            let (range, logits) = (
              pieces[piece], space.logits(of: piece, rowCount: rows.rows)
            )
            multiply(rows, part(of: range), transposing: .right, into: logits)
            addStatistics(of: logits, targets: targets, range: range, piece: piece, to: space)
          }
        } else if let unsummed {
          parts.sum(block: piece - pieces.count, into: unsummed)
        }
      }
      losses += space.normalise(rowCount: rows.rows)
      pool.run(count: pieces.count) { piece, _ in
        addGradient(
          of: rows, targets: targets, piece: piece, scale: scale, from: space,
          dRows: parts.part(of: piece, rowCount: rows.rows), to: gradients)
      }
      before = dT.rows(chunk.lowerBound, count: chunk.count)
    }
    if let before {
      pool.run(count: parts.blockCount) { block, _ in parts.sum(block: block, into: before) }
    }
    return losses
  }

  /// Turns a piece's logits into gradients; `dRows` receives the piece's part of the rows'.
  private func addGradient(
    of rows: Matrix<Element>, targets: ArraySlice<UInt32>, piece: Int, scale: Element,
    from space: ChunkScores<Element>, dRows: Matrix<Element>,
    to gradients: ParameterBuffer<Element>
  ) {
    let range = pieces[piece]
    let dLogits = space.logits(of: piece, rowCount: rows.rows)
    Activity.softmax.measure {
      Element.scaledSoftmax(
        rows: rows.rows, columns: range.count, dLogits.base,
        normalisers: space.normalisers.base, scale: scale)
      for (row, target) in targets.enumerated() where range.contains(Int(target)) {
        dLogits[row, Int(target) - range.lowerBound] -= scale
      }
    }
    Activity.measure(.backward) {
      multiply(dLogits, part(of: range), into: dRows)
    }
    Activity.measure(.weights) {
      multiply(
        dLogits, rows, transposing: .left,
        into: gradients[tableName].rows(range.lowerBound, count: range.count), adding: true)
    }
    Activity.reduction.measure {
      dLogits.addColumnSums(
        to: gradients["output.b_o"].columns(range.lowerBound, count: range.count))
    }
  }
}

/// What each piece of the vocabulary adds to a chunk's ∂loss/∂t, to be summed in a fixed order.
private struct PartialGradients<Element: Scalar>: Sendable {
  private let parts: [Matrix<Element>]  // R×E each
  let blockCount = 4

  init(rows: Int, columns: Int, pieceCount: Int, arena: Arena<Element>) {
    parts = (0..<pieceCount).map { _ in arena.matrix(rows, columns) }
  }

  func part(of piece: Int, rowCount: Int) -> Matrix<Element> {
    parts[piece].rows(0, count: rowCount)
  }

  /// Sums a block of the rows.
  func sum(block: Int, into dT: Matrix<Element>) {
    let (start, end) = (dT.rows * block / blockCount, dT.rows * (block + 1) / blockCount)
    let sum = dT.rows(start, count: end - start)
    Activity.reduction.measure {
      sum.copy(from: parts[0].rows(start, count: end - start))
      for part in parts.dropFirst() { sum.add(part.rows(start, count: end - start)) }
    }
  }
}
