package import Kernels

/// Scores every token of the vocabulary: p(y_i) = softmax(t_i·Oᵀ + b_o).
///
/// O is the embedding table (Press and Wolf, 2017). The N×V logits are never all there at once: a
/// chunk of rows is scored, normalised and turned into gradients while it is in the cache. Within
/// a chunk the vocabulary is cut into pieces that threads share out.
package struct OutputLayer<Element: Scalar>: Sendable {
  let table: Matrix<Element>  // V×E
  let bias: Matrix<Element>  // 1×V
  /// The pieces of the vocabulary; a piece of O, of its gradient and of the logits is a megabyte.
  let pieces: [Range<Int>]

  package init(_ parameters: ParameterBuffer<Element>) {
    table = parameters["embedding"]
    bias = parameters["output.b_o"]
    let size = table.rows
    let count = 4 * ((size + 4095) / 4096)  // two or four threads get as many each
    pieces = (0..<count).map { (size * $0 / count)..<(size * ($0 + 1) / count) }
      .filter { !$0.isEmpty }
  }

  /// Divides rows evenly into chunks, whose logits take up to forty megabytes in single precision.
  func chunks(of rowCount: Int) -> [Range<Int>] {
    let most = min(512, max(64, (10 << 20) / table.rows))
    let count = (rowCount + most - 1) / most
    return (0..<count).map { (rowCount * $0 / count)..<(rowCount * ($0 + 1) / count) }
  }

  /// Computes −ln p of each row's target, in nats.
  ///
  /// - Parameters:
  ///   - t: The readout, N×E.
  ///   - targets: A token for each row.
  ///   - arena: Scratch.
  /// - Returns: A loss for each row.
  package func losses(
    _ t: Matrix<Element>, targets: [UInt32], arena: Arena<Element>
  ) -> [Double] {
    var losses: [Double] = []
    losses.reserveCapacity(t.rows)
    let chunks = chunks(of: t.rows)
    let space = ChunkScores<Element>(
      rows: chunks.map(\.count).max() ?? 0, pieces: pieces, keepsLogits: false, arena: arena)
    for chunk in chunks {
      let rows = t.rows(chunk.lowerBound, count: chunk.count)
      let targets = targets[chunk]
      for piece in pieces.indices { score(rows, targets: targets, piece: piece, in: space) }
      losses += space.normalise(rowCount: rows.rows)
    }
    return losses
  }

  /// Replaces `logits`, B×V, by ln p for the rows of t, B×E.
  package func logProbabilities(_ t: Matrix<Element>, into logits: Matrix<Element>) {
    multiply(t, table, transposing: .right, into: logits)
    Activity.softmax.measure {
      for row in 0..<t.rows {
        Element.logSoftmax(columns: logits.columns, logits.row(row), bias: bias.base)
      }
    }
  }

  /// Makes the logits of a piece of the vocabulary and what their softmax needs to know of them.
  func score(
    _ rows: Matrix<Element>, targets: ArraySlice<UInt32>, piece: Int,
    in space: ChunkScores<Element>
  ) {
    let range = pieces[piece]
    let logits = space.logits(of: piece, rowCount: rows.rows)
    multiply(
      rows, table.rows(range.lowerBound, count: range.count), transposing: .right, into: logits)
    Activity.softmax.measure {
      Element.softmaxStatistics(
        rows: rows.rows, columns: range.count, logits.base, bias: bias.base + range.lowerBound,
        largest: space.largest.row(piece), total: space.total.row(piece))
      for (row, target) in targets.enumerated() where range.contains(Int(target)) {
        space.targetLogits[0, row] = logits[row, Int(target) - range.lowerBound]
      }
    }
  }
}

/// The logits of a chunk of rows, and the sums that normalise them.
struct ChunkScores<Element: Scalar>: Sendable {
  private let logits: [Matrix<Element>]
  private let widths: [Int]
  let largest: Matrix<Element>  // pieces×R, the largest logit of a row in each piece
  let total: Matrix<Element>  // pieces×R, Σ e^(logit − largest)
  let targetLogits: Matrix<Element>  // 1×R
  let normalisers: Matrix<Element>  // 1×R, ln Σ e^logit over the whole vocabulary

  /// Makes room.
  ///
  /// - Parameters:
  ///   - rows: The most rows of a chunk.
  ///   - pieces: The pieces of the vocabulary.
  ///   - keepsLogits: Whether each piece has logits of its own, for gradients.
  ///   - arena: Where the room is.
  init(rows: Int, pieces: [Range<Int>], keepsLogits: Bool, arena: Arena<Element>) {
    widths = pieces.map(\.count)
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

  /// Joins the pieces' sums; returns −ln p of each row's target.
  func normalise(rowCount: Int) -> [Double] {
    (0..<rowCount).map { row in
      var highest = -Element.infinity
      for piece in 0..<largest.rows { highest = max(highest, largest[piece, row]) }
      var sum: Element = 0
      for piece in 0..<largest.rows {
        sum += total[piece, row] * Element.exponential(largest[piece, row] - highest)
      }
      normalisers[0, row] = highest + Element.logarithm(sum)
      return Double(highest - targetLogits[0, row]) + Double(Element.logarithm(sum))
    }
  }
}
