internal import Kernels

/// The logits of a chunk of rows, and the sums that normalise them.
struct ChunkScores<Element: Scalar>: Sendable {
  private let logits: [Matrix<Element>]
  private let widths: [Int]
  let largest: Matrix<Element>  // pieces×R, the largest logit of a row in each piece
  let total: Matrix<Element>  // pieces×R, Σ e^(logit − largest)
  let targetLogits: Matrix<Element>  // 1×R
  let normalisers: Matrix<Element>  // 1×R, ln Σ e^logit over all classes

  /// Makes room.
  ///
  /// - Parameters:
  ///   - rows: The most rows of a chunk.
  ///   - pieces: The classes, piece by piece.
  ///   - keepsLogits: Whether each piece has logits of its own, for gradients.
  ///   - arena: Where the room is.
  init(
    rows: Int, pieces: [ClassBlock<Element>], keepsLogits: Bool, arena: Arena<Element>
  ) {
    widths = pieces.map(\.classes.count)
    let widest = widths.max() ?? 0
    logits = (0..<(keepsLogits ? pieces.count : 1)).map { _ in arena.matrix(rows, widest) }
    largest = arena.matrix(pieces.count, rows)
    total = arena.matrix(pieces.count, rows)
    targetLogits = arena.matrix(1, rows)
    normalisers = arena.matrix(1, rows)
  }

  /// The logits of a piece, without gaps between rows.
  func logits(of piece: Int, rowCount: Int) -> Matrix<Element> {
    Matrix(
      logits[min(piece, logits.count - 1)].base, rows: rowCount, columns: widths[piece])
  }

  /// Adds the bias to a piece's logits and takes note of what their softmax needs.
  func addStatistics(
    of logits: Matrix<Element>, targets: ArraySlice<UInt32>, block: ClassBlock<Element>, piece: Int
  ) {
    Activity.softmax.measure {
      Element.softmaxStatistics(
        rows: logits.rows, columns: logits.columns, logits.base, bias: block.bias.base,
        largest: largest.row(piece), total: total.row(piece))
      let classes = block.classes
      for (row, target) in targets.enumerated() where classes.contains(Int(target)) {
        targetLogits[0, row] = logits[row, Int(target) - classes.lowerBound]
      }
    }
  }

  /// Joins the pieces' sums; returns −ln p of each row's target.
  func normalise(rowCount: Int) -> [Double] {
    (0..<rowCount).map { row in
      let (highest, logarithm) = join(row)
      normalisers[0, row] = highest + logarithm
      return Double(highest - targetLogits[0, row]) + Double(logarithm)
    }
  }

  /// Joins the pieces' sums where there are no targets.
  func findNormalisers(rowCount: Int) {
    for row in 0..<rowCount {
      let (highest, logarithm) = join(row)
      normalisers[0, row] = highest + logarithm
    }
  }

  /// The largest logit of a row, and ln Σ e^(logit − largest).
  private func join(_ row: Int) -> (highest: Element, logarithm: Element) {
    var highest = -Element.infinity
    for piece in 0..<largest.rows { highest = max(highest, largest[piece, row]) }
    var sum: Element = 0
    for piece in 0..<largest.rows {
      sum += total[piece, row] * Element.exponential(largest[piece, row] - highest)
    }
    return (highest, Element.logarithm(sum))
  }
}
