internal import Kernels

/// How much goes into a batch.
package enum BatchSize: Equatable, Sendable {
  /// So many pairs.
  case pairs(Int)
  /// Pairs of at most so many target tokens together, or one longer pair.
  case words(Int)

  package var limit: Int {
    switch self {
    case .pairs(let count), .words(let count): count
    }
  }
}

/// Which pairs go together in a batch, epoch after epoch.
///
/// Pairs are shuffled, then sorted by length within buckets of many batches, so that those in one
/// batch are of a like length while batches differ from epoch to epoch.
package struct BatchOrder: Sendable {
  private let size: BatchSize
  private let batchesPerBucket = 50
  private let seed: UInt64
  private let lengths: [(target: Int, source: Int)]

  /// Orders a list's pairs into batches.
  package init(_ pairs: PairList, size: BatchSize, seed: UInt64) {
    self.size = size
    self.seed = seed
    lengths = (0..<pairs.count).map {
      (pairs.targetTokenCount(of: $0), pairs.sourceTokenCount(of: $0))
    }
  }

  /// Pairs that are sorted by length together.
  private var bucketSize: Int {
    switch size {
    case .pairs(let count): return count * batchesPerBucket
    case .words(let count):
      let total = lengths.reduce(0) { $0 + $1.target }
      return max(1, count * batchesPerBucket * lengths.count / max(1, total))
    }
  }

  /// Returns the batches of an epoch as numbers of pairs.
  package func batches(epoch: Int) -> [[Int]] {
    var generator = Philox(key: seed, stream: RandomStream.shuffling(epoch: epoch))
    let order = Array(lengths.indices).shuffled(using: &generator)
    let bucketSize = bucketSize
    var batches: [[Int]] = []
    for start in stride(from: 0, to: order.count, by: bucketSize) {
      let bucket = order[start..<min(start + bucketSize, order.count)]
        .sorted { (lengths[$0], $0) < (lengths[$1], $1) }
      var groups = cut(bucket)
      groups.shuffle(using: &generator)
      batches += groups
    }
    return batches
  }

  /// Returns the batches of an epoch, as many together as go into an update; the last update may
  /// have fewer.
  package func groups(epoch: Int, of count: Int) -> [ArraySlice<[Int]>] {
    let batches = batches(epoch: epoch)
    return stride(from: 0, to: batches.count, by: count).map {
      batches[$0..<min($0 + count, batches.count)]
    }
  }

  /// Cuts pairs into batches, none larger than it should be unless a single pair is.
  private func cut(_ pairs: [Int]) -> [[Int]] {
    var groups: [[Int]] = []
    var room = 0
    for pair in pairs {
      let need =
        switch size {
        case .pairs: 1
        case .words: lengths[pair].target
        }
      if need > room {
        groups.append([])
        room = size.limit
      }
      groups[groups.count - 1].append(pair)
      room -= need
    }
    return groups
  }
}

private func < (a: ((target: Int, source: Int), Int), b: ((target: Int, source: Int), Int)) -> Bool
{
  (a.0.target, a.0.source, a.1) < (b.0.target, b.0.source, b.1)
}
