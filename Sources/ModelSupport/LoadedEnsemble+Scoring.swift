package import Kernels
package import Seq2Seq

extension LoadedEnsemble {
  /// Prepares to score a text.
  ///
  /// - Parameters:
  ///   - pairs: Its pairs, for each model as it reads them.
  ///   - pool: Who does the work.
  /// - Returns: What scores it.
  package func scorer(of pairs: [PairList], pool: WorkerPool) -> PairScorer {
    precondition(pairs.count == members.count, "\(pairs.count) texts for \(members.count) models")
    let scored = zip(members, pairs).map { member, pairs in
      PairScorer.Member(
        member.loaded.model, on: pairs,
        maximumSourceLength: member.loaded.metadata.maximumLength, share: member.share)
    }
    return PairScorer(scored, pool: pool, arenas: (0..<pool.threadCount).map { _ in Arena() })
  }
}
