/// The tokens that top-k and top-p leave: all above a weight, and some of those equal to it.
///
/// Found in one pass over the weights and a few over those of like size, without sorting: the bits
/// of numbers that are not negative are in the order of the numbers, so their upper bits name a
/// bin.
///
/// Source: Fan, Lewis and Dauphin (2018) for top-k, Holtzman et al. (2020) for top-p.
struct Nucleus {
  /// Every token above it is kept.
  private(set) var floor: Float = 0
  /// Of the tokens whose weight is the floor, the first so many by id are kept.
  private(set) var tieCount = Int.max
  /// The weights of what is kept, together.
  private(set) var total = 0.0

  /// Finds what is kept.
  ///
  /// - Parameters:
  ///   - weights: Numbers from 0 to 1, in proportion to the tokens' probabilities.
  ///   - topK: Keeps the so many likeliest tokens; 0 keeps all.
  ///   - topP: Keeps the likeliest of these that together reach this share; 1 keeps all.
  init(of weights: UnsafeBufferPointer<Float>, topK: Int, topP: Double) {
    let isCut = topK > 0 && topK < weights.count
    guard isCut || topP < 1 else {
      total = weights.reduce(0) { $0 + Double($1) }
      tieCount = 0  // weights of 0 are never drawn
      return
    }
    let bins = Bins(of: weights)
    total = bins.total
    if isCut { keep(bins, of: weights) { count, _ in count >= topK } }
    if topP < 1 {
      let wanted = topP * total
      keep(bins, of: weights) { _, mass in mass >= wanted }
    }
  }

  /// Keeps the fewest tokens, the largest weights first, whose count and mass are enough.
  private mutating func keep(
    _ bins: Bins, of weights: UnsafeBufferPointer<Float>,
    isEnough: (_ count: Int, _ mass: Double) -> Bool
  ) {
    var (count, mass) = (0, 0.0)
    guard let bin = bins.first(count: &count, mass: &mass, where: isEnough) else { return }
    var equals = weights.filter { Bins.bin(of: $0) == bin }.sorted(by: >)[...]
    while let weight = equals.first {
      let end = equals.firstIndex { $0 < weight } ?? equals.endIndex
      for place in equals.startIndex..<end {
        count += 1
        mass += Double(weight)
        guard isEnough(count, mass) else { continue }
        (floor, tieCount, total) = (weight, place - equals.startIndex + 1, mass)
        return
      }
      equals = equals[end...]
    }
  }

  /// Counts and sums of weights of like size.
  private struct Bins {
    private var counts = [Int](repeating: 0, count: 2048)
    private var masses = [Double](repeating: 0, count: 2048)
    private(set) var total = 0.0

    init(of weights: UnsafeBufferPointer<Float>) {
      for weight in weights {
        let bin = Self.bin(of: weight)
        counts[bin] += 1
        masses[bin] += Double(weight)
        total += Double(weight)
      }
    }

    /// Exponent and four bits of the fraction; no more than 2,032, that of 1.
    static func bin(of weight: Float) -> Int { Int(weight.bitPattern >> 19) & 0x7FF }

    /// Goes down from the largest weights; `count` and `mass` become those before the bin.
    func first(
      count: inout Int, mass: inout Double,
      where isEnough: (_ count: Int, _ mass: Double) -> Bool
    ) -> Int? {
      for bin in counts.indices.reversed() where counts[bin] > 0 {
        if isEnough(count + counts[bin], mass + masses[bin]) { return bin }
        count += counts[bin]
        mass += masses[bin]
      }
      return nil
    }
  }
}
