internal import Kernels

/// Targets of which every class has a little: q(k) = (1 − ε)·[k = w] + ε/C.
///
///     objective = −Σ_k q(k)·ln p(k) = −ln p(w) + ε·(z_w − z̄)
///
/// with the logits z and their mean z̄, which needs no sum over the classes of every row:
/// z̄ = x·W̄ + b̄, with the means of W's rows and of b. The gradient of z is p − q.
///
/// Source: Szegedy et al. (2016), section 7; Vaswani et al. (2017), section 5.4.
struct LabelSmoothing<Element: Scalar>: Sendable {
  /// ε.
  let share: Element
  private let uniformPart: Matrix<Element>  // −scale·ε/C; 1×the widest piece
  private let meanLogits: Matrix<Element>  // z̄ of every row, N×1

  /// Prepares to smooth the targets of some rows; see ``ChunkedSoftmax/smoothing``.
  init(
    share: Element, scale: Element, classCount: Int, widest: Int, meanLogits: Matrix<Element>,
    arena: Arena<Element>
  ) {
    self.share = share
    self.meanLogits = meanLogits
    uniformPart = arena.matrix(1, widest)
    uniformPart.fill(-scale * share / Element(classCount))
  }

  /// Takes scale·ε/C from every number.
  func subtractUniformPart(from dLogits: Matrix<Element>) {
    Element.addBias(
      rows: dLogits.rows, columns: dLogits.columns, dLogits.base, bias: uniformPart.base)
  }

  /// The sum of a chunk's objectives.
  ///
  /// - Parameters:
  ///   - losses: −ln p of each row's target.
  ///   - chunk: Which rows.
  ///   - scores: The chunk's.
  /// - Returns: The sum, in nats.
  func objective(_ losses: [Double], of chunk: Range<Int>, _ scores: ChunkScores<Element>) -> Double
  {
    zip(losses, chunk).enumerated().reduce(0) { sum, row in
      let (loss, place) = row.element
      let excess = scores.targetLogits[0, row.offset] - meanLogits[place, 0]
      return sum + loss + Double(share) * Double(excess)
    }
  }
}

extension ChunkedSoftmax {
  /// Prepares to smooth the targets of rows x, N×K.
  func smoothing(
    share: Element, scale: Element, rows x: Matrix<Element>, arena: Arena<Element>
  ) -> LabelSmoothing<Element> {
    let count = Element(classCount)
    let (weights, bias) = (arena.zeros(1, x.columns), arena.zeros(1, 1))
    for block in blocks {
      block.weights.addColumnSums(to: weights)
      for place in 0..<block.bias.columns { bias[0, 0] += block.bias[0, place] }
    }
    let means = arena.matrix(x.rows, 1)
    multiply(x, weights, transposing: .right, into: means)
    for row in 0..<means.rows { means[row, 0] = (means[row, 0] + bias[0, 0]) / count }
    return LabelSmoothing(
      share: share, scale: scale, classCount: classCount,
      widest: pieces.map(\.classes.count).max() ?? 0, meanLogits: means, arena: arena)
  }
}
