package import Kernels

extension ParameterBuffer {
  /// Elements that a thread takes at a time; fixed, so that results do not depend on the threads.
  private static var pieceSize: Int { 1 << 16 }
  private var pieceCount: Int { (list.count + Self.pieceSize - 1) / Self.pieceSize }

  /// Shares out ranges of the elements among the threads, as work of the optimiser.
  func forEachPiece(
    on pool: WorkerPool, _ body: @Sendable (_ piece: Int, _ start: Int, _ count: Int) -> Void
  ) {
    let (count, size) = (list.count, Self.pieceSize)
    pool.run(count: pieceCount) { piece, _ in
      Activity.optimizer.measure { body(piece, piece * size, min(size, count - piece * size)) }
    }
  }

  /// The sum of the elements' squares; it is finite only if all of them are.
  package func squaredNorm(on pool: WorkerPool) -> Double {
    var norms = [Double](repeating: 0, count: pieceCount)
    norms.withUnsafeMutableBufferPointer { norms in
      nonisolated(unsafe) let norms = norms  // every piece writes its own number
      forEachPiece(on: pool) { piece, start, count in
        norms[piece] = Element.squaredNorm(count: count, self.base + start)
      }
    }
    return norms.reduce(0, +)
  }
}
