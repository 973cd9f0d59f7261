internal import Glibc

/// Candidates for one target each, by what models make of them.
///
///     score(y) = ln p(y | x) / lp(y),   lp(y) = ((5 + n) / 6)^α
///
/// with n the target's tokens, `</s>` included.
///
/// Source: Wu et al. (2016), equation 14, without the coverage penalty.
package struct CandidateRanking: Sendable {
  /// The score of each pair, in the list's order.
  package let scores: [Double]

  /// Scores all pairs of a list.
  ///
  /// - Parameters:
  ///   - scorer: Has the models and the pairs.
  ///   - lengthPenalty: α; 0 leaves ln p as it is.
  package init(_ scorer: PairScorer, lengthPenalty: Double) {
    let losses = Evaluation(scorer).lossOfPair
    scores = losses.indices.map { number in
      let n = Double(scorer.pairs.targetTokenCount(of: number))
      return -losses[number] / pow((5 + n) / 6, lengthPenalty)
    }
  }

  /// Returns some of the pairs, the best first, those of equal scores in their order.
  package func order(of range: Range<Int>) -> [Int] {
    range.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
  }
}
