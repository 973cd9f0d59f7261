/// The tokens that are likely enough: all above a weight, and some of those equal to it.
///
/// Found in one pass over the weights and a few over those of like size, without sorting.
///
/// Source: Fan, Lewis and Dauphin (2018) for top-k, Holtzman et al. (2020) for top-p, Nguyen et al.
/// (2024) for min-p, which is ``raise(to:of:)`` to a share of the largest weight, 1.
struct Nucleus {
  /// Every token above it is kept.
  private(set) var floor: Float = 0
  /// Of the tokens whose weight is the floor, the first so many by id are kept.
  private(set) var tieCount = 0
  /// The weights of what is kept, together.
  private(set) var total = 0.0

  /// Keeps all that weigh anything.
  init(of weights: UnsafeBufferPointer<Float>) {
    total = weights.reduce(0) { $0 + Double($1) }
  }

  /// Finds what top-k and top-p keep.
  ///
  /// - Parameters:
  ///   - weights: Numbers from 0 to 1, in proportion to the tokens' probabilities.
  ///   - topK: Keeps the so many likeliest tokens; 0 keeps all.
  ///   - topP: Keeps the likeliest of these that together reach this share; 1 keeps all.
  init(of weights: UnsafeBufferPointer<Float>, topK: Int, topP: Double) {
    let isCut = topK > 0 && topK < weights.count
    guard isCut || topP < 1 else {
      total = weights.reduce(0) { $0 + Double($1) }
      return
    }
    let bins = WeightBins(of: weights, by: weights)
    total = bins.total
    if isCut { keep(bins, of: weights) { count, _ in count >= topK } }
    if topP < 1 {
      let wanted = topP * total
      keep(bins, of: weights) { _, mass in mass >= wanted }
    }
  }

  /// Keeps the fewest tokens, the largest weights first, whose count and mass are enough.
  private mutating func keep(
    _ bins: WeightBins, of weights: UnsafeBufferPointer<Float>,
    isEnough: (_ count: Int, _ mass: Double) -> Bool
  ) {
    var (count, mass) = (0, 0.0)
    guard let bin = bins.first(descending: true, count: &count, mass: &mass, where: isEnough)
    else { return }
    var equals = weights.filter { WeightBins.bin(of: $0) == bin }.sorted(by: >)[...]
    while let weight = equals.first {
      let end = equals.firstIndex { $0 < weight } ?? equals.endIndex
      for place in equals.startIndex..<end {
        count += 1
        mass += Double(weight)
        guard isEnough(count, mass) else { continue }
        // A weight of 0 is never drawn.
        (floor, tieCount) = (weight, weight > 0 ? place - equals.startIndex + 1 : 0)
        total = mass
        return
      }
      equals = equals[end...]
    }
  }

  /// Keeps of these only those that weigh no less than some weight.
  mutating func raise(to weight: Float, of weights: UnsafeBufferPointer<Float>) {
    guard weight > floor else { return }
    (floor, tieCount) = (weight, .max)
    total = weights.reduce(0) { $1 < weight ? $0 : $0 + Double($1) }
  }

  /// Makes the weights of what is not kept 0.
  func clearOthers(of weights: UnsafeMutableBufferPointer<Float>) {
    var ties = tieCount
    for place in weights.indices where weights[place] <= floor {
      if weights[place] == floor, ties > 0 {
        ties -= 1
      } else {
        weights[place] = 0
      }
    }
  }

  /// Draws a token in proportion to the weights of what is kept.
  func draw(
    from weights: UnsafeBufferPointer<Float>, using generator: inout some RandomNumberGenerator
  ) -> Int {
    var rest = Double(generator.next() >> 11) * 0x1p-53 * total
    var (last, ties) = (0, tieCount)
    for (id, weight) in weights.enumerated() {
      if weight < floor { continue }
      if weight == floor {
        if ties == 0 { continue }
        ties -= 1
      }
      rest -= Double(weight)
      last = id
      if rest < 0 { break }
    }
    return last
  }
}
