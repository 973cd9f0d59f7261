import Glibc
internal import Kernels

/// The ways to go on from a hypothesis, by falling perturbed log-probability: ln p and a Gumbel
/// variable of its own.
///
/// The greatest of the children's is that of the parent. Each of the others is the greatest of what
/// is left, given that it is below the one before; so only those are drawn that are looked at.
///
/// Source: Kool, van Hoof and Welling (2019), section 4.1 and appendix B.3 for what is drawn; Maddison,
/// Tarlow and Minka (2014), algorithm 1, for drawing it from the top down.
struct PerturbedChildren {
  struct Child {
    let number: Int
    /// φ: ln p of the parent and of this choice.
    let logProbability: Double
    /// The perturbed log-probability, G.
    let perturbed: Double
  }

  private var urn: WeightUrn
  private let total: Double
  private let parent: Double
  private var bound: Double
  private var isFirst = true

  /// Prepares to draw.
  ///
  /// - Parameters:
  ///   - weights: In proportion to the children's probabilities.
  ///   - logProbability: φ of the parent.
  ///   - perturbed: G of the parent.
  init(of weights: [Float], logProbability: Double, perturbed: Double) {
    urn = WeightUrn(weights)
    total = urn.total
    (parent, bound) = (logProbability, perturbed)
  }

  /// Draws the next; nothing when there are no more.
  mutating func next(using generator: inout Philox) -> Child? {
    let left = urn.total
    guard let (number, weight) = urn.draw(generator.nextUnit()) else { return nil }
    if !isFirst {
      bound = Self.gumbel(location: parent + log(left / total), below: bound, using: &generator)
    }
    isFirst = false
    return Child(
      number: number, logProbability: parent + log(weight / total), perturbed: bound)
  }

  /// Draws a Gumbel variable below a bound: −ln(e^−bound + x·e^−location), x exponential.
  static func gumbel(
    location: Double, below bound: Double, using generator: inout Philox
  ) -> Double {
    let exponential = max(-log1p(-generator.nextUnit()), 0x1p-60)
    let (a, b) = (-bound, log(exponential) - location)
    return -(max(a, b) + log1p(exp(-abs(a - b))))
  }
}
