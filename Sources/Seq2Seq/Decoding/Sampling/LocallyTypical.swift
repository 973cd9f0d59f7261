/// Leaves of the tokens those whose surprise is nearest to what is to be expected.
///
/// A token surprises by −ln p, all of them on the average by their entropy H = −Σ p ln p. The fewest
/// with the smallest |−ln p − H| that together have some share are kept, and all that are as near as
/// the last of them. With x = ln p but for a constant that distance is |x − Σ p x|.
///
/// Source: Meister, Pimentel, Wiher and Cotterell (2023), "Locally typical sampling".
enum LocallyTypical {
  /// Makes the weights of all other tokens 0.
  ///
  /// - Parameters:
  ///   - weights: Numbers in proportion to the tokens' probabilities, V numbers; 0 is left out.
  ///   - logarithms: x of each token.
  ///   - scale: What the logarithms have to be multiplied by; that of a weight is at least −80 below
  ///     the largest.
  ///   - share: How much of the weight is kept.
  static func keep(
    of weights: UnsafeMutableBufferPointer<Float>, logarithms: UnsafeBufferPointer<Float>,
    scale: Float, share: Double
  ) {
    let (mean, total) = average(of: logarithms, by: UnsafeBufferPointer(weights))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: weights.count) { keys in
      for place in weights.indices {
        // Below 1, as bins want it, and 1 for what is out already.
        let distance = abs(Double(logarithms[place]) - mean) * Double(scale) / 128
        keys.initializeElement(at: place, to: weights[place] > 0 ? Float(distance) : 1)
      }
      let keys = UnsafeBufferPointer(keys)
      guard
        let limit = limit(of: keys, weights: UnsafeBufferPointer(weights), wanted: share * total)
      else { return }
      for place in weights.indices where keys[place] > limit { weights[place] = 0 }
    }
  }

  /// The mean of some numbers, and the sum of the weights.
  private static func average(
    of numbers: UnsafeBufferPointer<Float>, by weights: UnsafeBufferPointer<Float>
  ) -> (mean: Double, total: Double) {
    var (sum, total) = (0.0, 0.0)
    for (number, weight) in zip(numbers, weights) where weight > 0 {
      sum += Double(weight) * Double(number)
      total += Double(weight)
    }
    return (sum / total, total)
  }

  /// The largest key of those that are kept; nothing if all are.
  private static func limit(
    of keys: UnsafeBufferPointer<Float>, weights: UnsafeBufferPointer<Float>, wanted: Double
  ) -> Float? {
    var (count, mass) = (0, 0.0)
    let bins = WeightBins(of: weights, by: keys)
    guard
      let bin = bins.first(
        descending: false, count: &count, mass: &mass, where: { $1 >= wanted })
    else { return nil }
    let places = keys.indices.filter { WeightBins.bin(of: keys[$0]) == bin }
      .sorted { keys[$0] < keys[$1] }
    let last = places.first {
      mass += Double(weights[$0])
      return mass >= wanted
    }
    return (last ?? places.last).map { keys[$0] }
  }
}
