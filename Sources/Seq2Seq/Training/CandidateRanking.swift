/// Candidates for one target each, by what models make of them.
///
/// They are ordered as the sentences of a beam are, by ``BeamScore`` without the coverage penalty.
package struct CandidateRanking: Sendable {
  /// The score of each pair, in the list's order.
  package let scores: [Double]

  /// Scores all pairs of a list.
  ///
  /// - Parameters:
  ///   - scorer: Has the models and the pairs.
  ///   - lengthPenalty: a; 0 leaves ln p as it is.
  package init(_ scorer: PairScorer, lengthPenalty: Double) {
    let losses = Evaluation(scorer).lossOfPair
    scores = losses.indices.map { number in
      BeamScore.normalized(
        -losses[number], length: scorer.pairs.targetTokenCount(of: number), penalty: lengthPenalty)
    }
  }

  /// Returns some of the pairs, the best first, those of equal scores in their order.
  package func order(of range: Range<Int>) -> [Int] {
    range.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
  }
}
