internal import Glibc
package import Kernels

/// Computes −ln p of every token of the targets, by a model or by several that are averaged.
///
///     p(y_t) = Σ_k w_k p_k(y_t | y_<t, x_k),   Σ_k w_k = 1
///
/// Every model has pairs of its own, as it may read other sources; the targets are the same.
package struct PairScorer: Sendable {
  /// One of the models.
  package struct Member: Sendable {
    let model: Seq2Seq<Float>
    let pairs: PairList
    let maximumSourceLength: Int
    /// w_k.
    let share: Double

    /// Puts a model beside what it reads.
    ///
    /// - Parameters:
    ///   - model: The model, its weights packed.
    ///   - pairs: What to score, as the model reads it.
    ///   - maximumSourceLength: The longest source the model was trained on; what is before is not
    ///     seen.
    ///   - share: Its share in the average.
    package init(
      _ model: Seq2Seq<Float>, on pairs: PairList, maximumSourceLength: Int, share: Double = 1
    ) {
      self.model = model
      self.pairs = pairs
      self.maximumSourceLength = maximumSourceLength
      self.share = share
    }
  }

  /// What is scored.
  package let pairs: PairList
  private let members: [Member]
  private let pool: WorkerPool
  private let arenas: [Arena<Float>]

  /// Prepares to score.
  ///
  /// - Parameters:
  ///   - members: One at least, each with a share above 0.
  ///   - pool: Who does the work.
  ///   - arenas: One for each worker.
  package init(_ members: [Member], pool: WorkerPool, arenas: [Arena<Float>]) {
    pairs = members[0].pairs
    precondition(
      members.allSatisfy { $0.pairs.count == members[0].pairs.count }, "unlike lists of pairs")
    // One without a share could only spoil the sum, where its loss is no number.
    precondition(
      members.allSatisfy { $0.share > 0 }, "models with shares of \(members.map(\.share))")
    self.members = members
    self.pool = pool
    self.arenas = arenas
  }

  /// Scores some of the pairs, those of a like length together.
  ///
  /// - Parameters:
  ///   - range: Which pairs.
  ///   - body: Takes a pair's number and its losses in nats, in no order and on any thread.
  package func score(
    _ range: Range<Int>, _ body: @escaping @Sendable (_ number: Int, _ losses: [Double]) -> Void
  ) {
    let order = range.sorted {
      (pairs.targetTokenCount(of: $0), $0) < (pairs.targetTokenCount(of: $1), $1)
    }
    // The longest first, so that no thread begins a long group when the others have finished.
    let groups = Array(groups(of: order).reversed())
    pool.run(count: groups.count) { piece, worker in
      let numbers = order[groups[piece]]
      var results = losses(of: numbers, by: members[0], arena: arenas[worker])
      if members.count > 1 {
        let others = members.dropFirst().map {
          losses(of: numbers, by: $0, arena: arenas[worker])
        }
        average(&results, with: others)
      }
      for (number, result) in zip(numbers, results) {
        // Where p is 1 but for rounding, −ln p may come out a little below 0.
        body(number, result.map { $0 <= 0 ? 0 : $0 })
      }
    }
  }

  /// Scores all pairs and hands out the losses in their order, in memory that does not grow with them.
  ///
  /// - Parameters:
  ///   - windowTokens: The target tokens whose losses are kept until those before them are known.
  ///   - body: Takes a pair's number and the losses of its target's tokens in nats.
  /// - Throws: What `body` throws.
  package func forEachPair(
    windowTokens: Int = 1 << 16, _ body: (_ number: Int, _ losses: [Double]) throws -> Void
  ) rethrows {
    var start = 0
    while start < pairs.count {
      var (end, tokens) = (start, 0)
      while end < pairs.count, tokens < windowTokens {
        tokens += pairs.targetTokenCount(of: end)
        end += 1
      }
      for (number, losses) in zip(start..<end, losses(of: start..<end)) {
        try body(number, losses)
      }
      start = end
    }
  }

  /// Returns the losses of some pairs, in their order.
  private func losses(of range: Range<Int>) -> [[Double]] {
    var losses = [[Double]](repeating: [], count: range.count)
    losses.withUnsafeMutableBufferPointer { losses in
      nonisolated(unsafe) let losses = losses  // every pair is in one group only
      score(range) { number, result in losses[number - range.lowerBound] = result }
    }
    return losses
  }

  /// Returns what one model makes of a group.
  private func losses(
    of numbers: ArraySlice<Int>, by member: Member, arena: Arena<Float>
  ) -> [[Double]] {
    var batch = Batch()
    for number in numbers {
      member.pairs.append(
        pair: number, to: &batch, maximumSourceLength: member.maximumSourceLength)
    }
    guard numbers.count == 1, batch.tokenCount > Self.mostTokens else {
      return member.model.losses(of: batch, arena: arena)
    }
    return [
      member.model.losses(ofSinglePair: batch, pieceLength: Self.mostTokens, arena: arena)
    ]
  }

  /// Averages the first model's probabilities with those of the others.
  ///
  ///     −ln Σ_k w_k e^(−l_k) = m − ln Σ_k w_k e^(m − l_k),   m = min_k l_k
  private func average(_ losses: inout [[Double]], with others: [[[Double]]]) {
    for pair in losses.indices {
      for place in losses[pair].indices {
        let first = losses[pair][place]
        let m = others.reduce(first) { min($0, $1[pair][place]) }
        guard m.isFinite else { continue }
        var sum = members[0].share * exp(m - first)
        for (member, other) in zip(members.dropFirst(), others) {
          sum += member.share * exp(m - other[pair][place])
        }
        losses[pair][place] = m - log(sum)
      }
    }
  }

  /// The target tokens that are in memory at a time, for each worker.
  private static let mostTokens = 4096

  /// Divides pairs in order of length into groups whose memory is bounded.
  private func groups(of order: [Int]) -> [Range<Int>] {
    let mostPairs = 32
    var groups: [Range<Int>] = []
    var (start, tokens) = (0, 0)
    for (place, number) in order.enumerated() {
      let count = pairs.targetTokenCount(of: number)
      if place > start && (place - start == mostPairs || tokens + count > Self.mostTokens) {
        groups.append(start..<place)
        (start, tokens) = (place, 0)
      }
      tokens += count
    }
    if start < order.count { groups.append(start..<order.count) }
    return groups
  }
}
