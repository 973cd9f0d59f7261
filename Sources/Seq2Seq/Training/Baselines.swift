import Glibc

/// Token models without a network, to stand beside a trained one.
///
/// Both are counted on the targets of training pairs. The bigram model interpolates the unigram's
/// p(w),
///
///     p(w | u) = (c(u, w) + t(u)·p(w)) / (c(u) + t(u))
///
/// with t(u) the number of unlike tokens seen after u.
///
/// Source: Witten and Bell (1991), method C, as interpolated by Chen and Goodman (1999),
/// section 2.4.
package struct Baselines: Sendable {
  package let unigram: UnigramModel
  private let followers: [UInt64: Int]
  private let contexts: [(count: Int, types: Int)]

  /// Counts the targets of a list's pairs.
  ///
  /// - Parameters:
  ///   - pairs: The training pairs.
  ///   - vocabularySize: V.
  package init(countedOn pairs: PairList, vocabularySize: Int) {
    var counts = Array(repeating: 0, count: vocabularySize)
    var followers: [UInt64: Int] = [:]
    var contexts = Array(repeating: (count: 0, types: 0), count: vocabularySize)
    for number in 0..<pairs.count {
      var previous = ReservedID.start
      pairs.forEachTargetToken(of: number) { token in
        counts[Int(token)] += 1
        contexts[Int(previous)].count += 1
        let pair = Self.key(previous, token)
        if followers[pair] == nil { contexts[Int(previous)].types += 1 }
        followers[pair, default: 0] += 1
        previous = token
      }
    }
    unigram = UnigramModel(counts: counts)
    self.followers = followers
    self.contexts = contexts
  }

  /// The sums of −ln p over the targets of a list, in nats.
  package func losses(on pairs: PairList) -> (unigram: Double, bigram: Double) {
    var (unigramLoss, bigramLoss) = (0.0, 0.0)
    for number in 0..<pairs.count {
      var previous = ReservedID.start
      pairs.forEachTargetToken(of: number) { token in
        let p = unigram.probability(of: token)
        let context = contexts[Int(previous)]
        let seen = Double(followers[Self.key(previous, token)] ?? 0)
        let types = Double(context.types)
        unigramLoss -= log(p)
        bigramLoss -=
          context.count == 0 ? log(p) : log((seen + types * p) / (Double(context.count) + types))
        previous = token
      }
    }
    return (unigramLoss, bigramLoss)
  }

  private static func key(_ previous: UInt32, _ token: UInt32) -> UInt64 {
    UInt64(previous) << 32 | UInt64(token)
  }
}
