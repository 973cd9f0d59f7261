/// Counts and sums of weights whose keys are of like size.
///
/// What stands at some place in an order by keys is found in it without sorting: the bits of numbers
/// that are not negative are in the order of the numbers, so their upper bits name a bin.
struct WeightBins {
  private var counts = [Int](repeating: 0, count: 2048)
  private var masses = [Double](repeating: 0, count: 2048)
  private(set) var total = 0.0

  /// Fills the bins.
  ///
  /// - Parameters:
  ///   - weights: What is summed up.
  ///   - keys: A number from 0 to 1 for each weight.
  init(of weights: UnsafeBufferPointer<Float>, by keys: UnsafeBufferPointer<Float>) {
    for place in weights.indices {
      let (bin, weight) = (Self.bin(of: keys[place]), Double(weights[place]))
      counts[bin] += 1
      masses[bin] += weight
      total += weight
    }
  }

  /// Exponent and four bits of the fraction; no more than 2,032, that of 1.
  static func bin(of key: Float) -> Int { Int(key.bitPattern >> 19) & 0x7FF }

  /// Goes through the bins, the largest keys first or last, to the one that makes it enough.
  ///
  /// `count` and `mass` become those before the bin.
  func first(
    descending: Bool, count: inout Int, mass: inout Double,
    where isEnough: (_ count: Int, _ mass: Double) -> Bool
  ) -> Int? {
    for step in counts.indices {
      let bin = descending ? counts.count - 1 - step : step
      guard counts[bin] > 0 else { continue }
      if isEnough(count + counts[bin], mass + masses[bin]) { return bin }
      count += counts[bin]
      mass += masses[bin]
    }
    return nil
  }
}
