internal import Kernels

/// Adds up the terms of all shards.
struct GradientSum<Element: Scalar> {
  /// A range of a target's rows, or of a vector's columns, and the terms that add to it: their
  /// places in the shards' lists, which are alike.
  private struct Piece: Sendable {
    let places: [Int]
    let range: Range<Int>
    let cost: Int
  }

  private let shards: [GradientTerms<Element>]
  private let pieces: [Piece]

  /// Cuts the work into pieces, the largest first.
  ///
  /// - Precondition: All shards have the same terms, but for the rows.
  init(_ shards: [GradientTerms<Element>]) {
    self.shards = shards
    var placesOfTarget: [UnsafeMutablePointer<Element>: [Int]] = [:]
    var order: [UnsafeMutablePointer<Element>] = []
    for (place, term) in (shards.first?.terms ?? []).enumerated() {
      if placesOfTarget[term.target.base] == nil { order.append(term.target.base) }
      placesOfTarget[term.target.base, default: []].append(place)
    }
    pieces = order.flatMap { Self.cut(placesOfTarget[$0] ?? [], of: shards) }
      .sorted { $0.cost > $1.cost }
  }

  /// Adds all terms, those of the first shard first.
  func add(on pool: WorkerPool) {
    let (shards, pieces) = (shards, pieces)
    pool.run(count: pieces.count) { number, _ in
      let piece = pieces[number]
      for place in piece.places {
        for shard in shards { shard.terms[place].add(range: piece.range) }
      }
    }
  }

  /// Cuts a target so that a piece is work for a millisecond or more.
  private static func cut(_ places: [Int], of shards: [GradientTerms<Element>]) -> [Piece] {
    guard let first = places.first.map({ shards[0].terms[$0] }) else { return [] }
    let cost = places.reduce(0) { sum, place in
      shards.reduce(sum) { $0 + $1.terms[place].cost }
    }
    let length = first.length
    let pieceCount: Int
    switch first {
    case .product(_, _, let target): pieceCount = max(1, target.count >> 20)
    case .columnSums: pieceCount = 1
    case .rows: pieceCount = 16
    }
    return (0..<pieceCount).map {
      Piece(
        places: places, range: (length * $0 / pieceCount)..<(length * ($0 + 1) / pieceCount),
        cost: cost / pieceCount)
    }
  }
}

extension GradientTerms.Term {
  fileprivate var target: Matrix<Element> {
    switch self {
    case .product(_, _, let target), .columnSums(_, let target), .rows(_, _, let target): target
    }
  }

  /// What ranges are cut from.
  fileprivate var length: Int {
    if case .columnSums = self { target.columns } else { target.rows }
  }

  fileprivate var cost: Int {
    switch self {
    case .product(let left, let right, _): left.rows * left.columns * right.columns
    case .columnSums(let matrix, _): 16 * matrix.count
    case .rows(let rows, _, _): 16 * rows.count
    }
  }

  /// Adds what the term has for a range of the target.
  fileprivate func add(range: Range<Int>) {
    switch self {
    case .product(let left, let right, let target):
      Activity.measure(.weights) {
        multiply(
          left.columns(range.lowerBound, count: range.count), right, transposing: .left,
          into: target.rows(range.lowerBound, count: range.count), adding: true)
      }
    case .columnSums(let matrix, let target):
      Activity.reduction.measure {
        matrix.columns(range.lowerBound, count: range.count)
          .addColumnSums(to: target.columns(range.lowerBound, count: range.count))
      }
    case .rows(let rows, let ids, let target):
      Activity.embedding.measure {
        for (row, id) in ids.enumerated() where range.contains(Int(id)) {
          Element.addScaled(count: rows.columns, 1, rows.row(row), to: target.row(Int(id)))
        }
      }
    }
  }
}
