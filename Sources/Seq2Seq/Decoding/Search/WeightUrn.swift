/// Numbered weights, of which each is drawn at most once.
///
/// They are added up by blocks, so that a draw looks at few of them.
struct WeightUrn {
  private static let blockSize = 128
  private var weights: [Float]
  private var sums: [Double] = []
  /// The weights that are left, together.
  private(set) var total = 0.0

  /// Takes weights, none of them negative.
  init(_ weights: [Float]) {
    self.weights = weights
    sums = stride(from: 0, to: weights.count, by: Self.blockSize).map { sum(from: $0) }
    total = sums.reduce(0, +)
  }

  private func sum(from start: Int) -> Double {
    weights[start..<min(start + Self.blockSize, weights.count)].reduce(0) { $0 + Double($1) }
  }

  /// Draws one of those left, in proportion to the weights.
  ///
  /// - Parameter unit: A random number from [0, 1).
  /// - Returns: Its number and weight; nothing if nothing is left.
  mutating func draw(_ unit: Double) -> (number: Int, weight: Double)? {
    guard let number = number(at: unit) else { return nil }
    let weight = Double(weights[number])
    let block = number / Self.blockSize
    weights[number] = 0
    sums[block] = sum(from: block * Self.blockSize)
    total = sums.reduce(0, +)
    return (number, weight)
  }

  /// The number of the weight at a share of the total; nothing if nothing is left.
  func number(at unit: Double) -> Int? {
    var rest = unit * total
    guard total > 0, let block = Self.place(of: &rest, in: sums[...]) else { return nil }
    let start = block * Self.blockSize
    let end = min(start + Self.blockSize, weights.count)
    return Self.place(of: &rest, in: weights[start..<end].lazy.map(Double.init))
  }

  /// Finds where a number falls among weights; it becomes the distance from the weight's beginning.
  private static func place<Weights: Collection<Double>>(
    of rest: inout Double, in weights: Weights
  ) -> Weights.Index? {
    var last: Weights.Index?
    for place in weights.indices where weights[place] > 0 {
      if rest < weights[place] { return place }
      rest -= weights[place]
      last = place
    }
    // Rounding may leave a little behind the last.
    if let last { rest = weights[last] }
    return last
  }
}
