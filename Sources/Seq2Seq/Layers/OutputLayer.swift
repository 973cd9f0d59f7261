package import Kernels

/// Scores every token of the vocabulary: p(y_i) = softmax(t_i·Oᵀ + b_o).
///
/// O is the embedding table (Press and Wolf, 2017), unless the tables are untied. The N×V logits are never all there at once: a
/// chunk of rows is scored, normalised and turned into gradients while it is in the cache. Within
/// a chunk the vocabulary is cut into pieces that threads share out.
package struct OutputLayer<Element: Scalar>: Sendable {
  let table: Matrix<Element>  // V×E
  let tableName: String
  let bias: Matrix<Element>  // 1×V
  /// The pieces of the vocabulary; a piece of O, of its gradient and of the logits is a megabyte.
  let pieces: [Range<Int>]
  /// O as a whole, for scoring and decoding.
  private let packedTable: PackedMatrix<Element>

  package init(_ parameters: ParameterBuffer<Element>) {
    tableName = parameters.list.contains("output.O") ? "output.O" : "embedding"
    table = parameters[tableName]
    bias = parameters["output.b_o"]
    packedTable = PackedMatrix(table)
    let size = table.rows
    let count = 4 * ((size + 4095) / 4096)  // two or four threads get as many each
    pieces = (0..<count).map { (size * $0 / count)..<(size * ($0 + 1) / count) }
      .filter { !$0.isEmpty }
  }

  /// Copies O for scoring and decoding; it must not change afterwards.
  package func pack(for use: PackingUse) { packedTable.packTransposed(for: use) }

  /// The rows of a chunk at most; its logits take up to forty megabytes in single precision.
  var mostRows: Int { min(512, max(64, (10 << 20) / table.rows)) }

  /// Divides rows evenly into chunks.
  func chunks(of rowCount: Int, most: Int) -> [Range<Int>] {
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
    let isPacked = packedTable.isTransposePacked
    let pieces = isPacked ? [0..<table.rows] : pieces
    let chunks = chunks(of: t.rows, most: isPacked ? 64 : mostRows)
    let space = ChunkScores<Element>(
      rows: chunks.map(\.count).max() ?? 0, pieces: pieces, keepsLogits: false, arena: arena)
    for chunk in chunks {
      let rows = t.rows(chunk.lowerBound, count: chunk.count)
      for (piece, range) in pieces.enumerated() {
        let logits = space.logits(of: piece, rowCount: rows.rows)
        if isPacked {
          packedTable.multiplyTransposed(rows, into: logits)
        } else {
          multiply(rows, part(of: range), transposing: .right, into: logits)
        }
        addStatistics(of: logits, targets: targets[chunk], range: range, piece: piece, to: space)
      }
      losses += space.normalise(rowCount: rows.rows)
    }
    return losses
  }

  /// Computes the logits of each row of t, B×E; they are ln p but for a constant of the row.
  ///
  /// - Parameters:
  ///   - t: The readout, B×E.
  ///   - logits: Receives B×V.
  package func logits(_ t: Matrix<Element>, into logits: Matrix<Element>) {
    packedTable.multiplyTransposed(t, into: logits)
    Element.addBias(
      rows: logits.rows, columns: logits.columns, logits.base, bias: bias.base)
  }

  /// The rows of O for a piece of the vocabulary.
  func part(of range: Range<Int>) -> Matrix<Element> {
    table.rows(range.lowerBound, count: range.count)
  }

  /// Adds the bias to a piece's logits and takes note of what their softmax needs.
  func addStatistics(
    of logits: Matrix<Element>, targets: ArraySlice<UInt32>, range: Range<Int>, piece: Int,
    to space: ChunkScores<Element>
  ) {
    Activity.softmax.measure {
      Element.softmaxStatistics(
        rows: logits.rows, columns: range.count, logits.base, bias: bias.base + range.lowerBound,
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
