internal import Kernels

/// A tail of an adaptive softmax: p_i(w) = softmax((t·P_i)·O_iᵀ + b_i).
struct SoftmaxTail<Element: Scalar>: Sendable {
  let number: Int  // i, from 1
  let tokens: Range<Int>
  let projection: Matrix<Element>  // P_i, E×E_i
  let softmax: ChunkedSoftmax<Element>
  private let packedProjection: PackedMatrix<Element>

  init(_ number: Int, firstToken: Int, _ parameters: ParameterBuffer<Element>) {
    let (projection, block) = parameters.outputTail(number)
    self.number = number
    self.projection = projection
    tokens = firstToken..<(firstToken + block.classes.count)
    softmax = ChunkedSoftmax([block])
    packedProjection = PackedMatrix(projection)
  }

  func pack(for use: PackingUse) {
    packedProjection.pack(for: use)
    softmax.pack(for: use)
  }

  /// The rows whose target is in the tail.
  struct Members: Sendable {
    let numbers: [Int]  // among all rows
    let targets: [UInt32]  // from the tail's first token on
    let rows: Matrix<Element>  // a copy of theirs, n×E
  }

  /// Collects the tail's rows of t, N×E.
  func members(of targets: [UInt32], _ t: Matrix<Element>, arena: Arena<Element>) -> Members {
    let numbers = targets.indices.filter { tokens.contains(Int(targets[$0])) }
    let rows = arena.matrix(numbers.count, t.columns)
    Activity.embedding.measure {
      for (place, row) in numbers.enumerated() {
        rows.row(place).update(from: t.row(row), count: t.columns)
      }
    }
    return Members(
      numbers: numbers, targets: numbers.map { targets[$0] - UInt32(tokens.lowerBound) },
      rows: rows)
  }

  /// Computes t·P_i, n×E_i, of rows without gaps.
  func reduce(_ t: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element> {
    let reduced = arena.matrix(t.rows, projection.columns)
    packedProjection.multiply(t, into: reduced)
    return reduced
  }
}
