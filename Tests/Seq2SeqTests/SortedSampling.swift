import Glibc
import Kernels
import Seq2Seq

/// The chances by which a sampler should draw, found by sorting, one rule after the other.
struct SortedSampling {
  /// p of every token.
  private(set) var chances: [Double]

  init(_ logits: [Float], _ sampler: Sampler, slack: Double = 0) {
    chances = logits.map { exp(Double($0) / sampler.temperature) }
    normalize()
    let likeliest = { (p: [Double]) in p.indices.sorted { (-p[$0], $0) < (-p[$1], $1) } }
    if sampler.topK > 0 { keep(likeliest(chances).prefix(sampler.topK)) }
    if sampler.topP < 1 {
      keep(Self.prefix(of: likeliest(chances), reaching: sampler.topP + slack, of: chances))
    }
    if sampler.minP > 0 {
      let least = (sampler.minP + slack) * (chances.max() ?? 0)
      keep(chances.indices.filter { chances[$0] >= least })
    }
    if sampler.typical < 1 {
      let distances = Self.distances(of: chances)
      let order = chances.indices.filter { chances[$0] > 0 }
        .sorted { (distances[$0], $0) < (distances[$1], $1) }
      let kept = Self.prefix(of: order, reaching: sampler.typical + slack, of: chances)
      let last = kept.last.map { distances[$0] } ?? 0
      keep(order.filter { distances[$0] <= last + 1e-12 })
    }
  }

  /// |−ln p − H| of every token.
  private static func distances(of chances: [Double]) -> [Double] {
    let entropy = chances.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
    return chances.map { $0 > 0 ? abs(-log($0) - entropy) : .infinity }
  }

  /// The first of some tokens that together have a share, and at least one.
  private static func prefix(
    of order: [Int], reaching share: Double, of chances: [Double]
  ) -> ArraySlice<Int> {
    var mass = 0.0
    let last = order.firstIndex {
      mass += chances[$0]
      return mass >= share
    }
    return order[...(last ?? order.count - 1)]
  }

  private mutating func keep(_ kept: some Sequence<Int>) {
    let kept = Set(kept)
    for id in chances.indices where !kept.contains(id) { chances[id] = 0 }
    normalize()
  }

  private mutating func normalize() {
    let total = chances.reduce(0, +)
    chances = chances.map { $0 / total }
  }
}

/// Says what it was told, so that a draw can be foreseen.
struct ForeseenGenerator: RandomNumberGenerator {
  /// A number from [0, 1).
  var unit: Double

  mutating func next() -> UInt64 { UInt64(unit * 0x1p53) << 11 }
}
