import Glibc

/// A model that knows only how frequent each token is: p(w) = (c(w) + ½) / (n + ½V).
package struct UnigramModel: Sendable {
  private let counts: [Int]
  private let total: Double

  /// Takes over counts, one for each token of the vocabulary.
  package init(counts: [Int]) {
    self.counts = counts
    total = counts.reduce(0.0) { $0 + Double($1) } + 0.5 * Double(counts.count)
  }

  /// p of a token.
  package func probability(of token: UInt32) -> Double {
    (Double(counts[Int(token)]) + 0.5) / total
  }

  /// ln p of every token: where the output bias starts.
  package var logProbabilities: [Double] {
    counts.indices.map { log(probability(of: UInt32($0))) }
  }

  /// The sum of −ln p over the targets of a list, in nats.
  package func loss(on pairs: PairList) -> Double {
    var loss = 0.0
    for number in 0..<pairs.count {
      pairs.forEachTargetToken(of: number) { loss -= log(probability(of: $0)) }
    }
    return loss
  }
}
