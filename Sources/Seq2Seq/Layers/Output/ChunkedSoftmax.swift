internal import Kernels

/// A softmax over many classes: p(k) = softmax(x·Wᵀ + b)_k.
///
/// The N×C logits are never all there at once: a chunk of rows is scored, normalised and turned
/// into gradients while it is in the cache. Within a chunk the classes are cut into pieces that
/// threads share out.
struct ChunkedSoftmax<Element: Scalar>: Sendable {
  /// The classes, an array's at a time.
  let blocks: [ClassBlock<Element>]
  /// The blocks, cut.
  let pieces: [ClassBlock<Element>]
  /// The blocks' weights, for scoring and decoding.
  private let packed: [PackedMatrix<Element>]

  init(_ blocks: [ClassBlock<Element>]) {
    self.blocks = blocks
    pieces = blocks.flatMap(\.pieces)
    packed = blocks.map { PackedMatrix($0.weights) }
  }

  var classCount: Int { blocks.reduce(0) { $0 + $1.classes.count } }

  /// Copies the weights for scoring and decoding; they must not change afterwards.
  func pack(for use: PackingUse) { packed.forEach { $0.packTransposed(for: use) } }

  /// The rows of a chunk at most; its logits take up to forty megabytes in single precision.
  var mostRows: Int { min(512, max(64, (10 << 20) / classCount)) }

  /// Divides rows evenly into chunks.
  func chunks(of rowCount: Int, most: Int) -> [Range<Int>] {
    let count = (rowCount + most - 1) / most
    return (0..<count).map { (rowCount * $0 / count)..<(rowCount * ($0 + 1) / count) }
  }

  /// Computes −ln p of each row's target, in nats.
  ///
  /// - Parameters:
  ///   - x: The rows, N×K.
  ///   - targets: A class for each row.
  ///   - arena: Scratch.
  /// - Returns: A loss for each row.
  func losses(_ x: Matrix<Element>, targets: [UInt32], arena: Arena<Element>) -> [Double] {
    var losses: [Double] = []
    losses.reserveCapacity(x.rows)
    let isPacked = packed.allSatisfy(\.isTransposePacked)
    let pieces = isPacked ? blocks : pieces
    let chunks = chunks(of: x.rows, most: isPacked ? 64 : mostRows)
    let space = ChunkScores<Element>(
      rows: chunks.map(\.count).max() ?? 0, pieces: pieces, keepsLogits: false, arena: arena)
    for chunk in chunks {
      let rows = x.rows(chunk.lowerBound, count: chunk.count)
      for (number, piece) in pieces.enumerated() {
        let logits = space.logits(of: number, rowCount: rows.rows)
        if isPacked {
          packed[number].multiplyTransposed(rows, into: logits)
        } else {
          multiply(rows, piece.weights, transposing: .right, into: logits)
        }
        space.addStatistics(of: logits, targets: targets[chunk], block: piece, piece: number)
      }
      losses += space.normalise(rowCount: rows.rows)
    }
    return losses
  }

  /// Computes the logits of a block's classes.
  ///
  /// - Parameters:
  ///   - x: The rows, B×K.
  ///   - block: The block's number.
  ///   - logits: Receives B×C.
  func logits(_ x: Matrix<Element>, block: Int, into logits: Matrix<Element>) {
    packed[block].multiplyTransposed(x, into: logits)
    Element.addBias(
      rows: logits.rows, columns: logits.columns, logits.base, bias: blocks[block].bias.base)
  }

  /// Computes ln p of every class.
  ///
  /// - Parameters:
  ///   - x: The rows, B×K.
  ///   - arena: Where the results go.
  /// - Returns: B×C for each block.
  func logProbabilities(_ x: Matrix<Element>, arena: Arena<Element>) -> [Matrix<Element>] {
    let space = ChunkScores(rows: x.rows, pieces: blocks, keepsLogits: true, arena: arena)
    let results = blocks.indices.map { block in
      let logits = space.logits(of: block, rowCount: x.rows)
      packed[block].multiplyTransposed(x, into: logits)
      space.addStatistics(of: logits, targets: [], block: blocks[block], piece: block)
      return logits
    }
    space.findNormalisers(rowCount: x.rows)
    for result in results {
      for row in 0..<result.rows { result.add(-space.normalisers[0, row], toRow: row) }
    }
    return results
  }
}

extension Matrix {
  /// Adds a number to each of a row's.
  func add(_ value: Element, toRow index: Int) {
    let numbers = row(index)
    for column in 0..<columns { numbers[column] += value }
  }
}
