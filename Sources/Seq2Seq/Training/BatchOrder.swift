internal import Kernels

/// Which pairs go together in a batch, epoch after epoch.
///
/// Pairs are shuffled, then sorted by length within buckets of many batches, so that those in one
/// batch are of a like length while batches differ from epoch to epoch.
package struct BatchOrder: Sendable {
  private let batchSize: Int
  private let batchesPerBucket = 50
  private let seed: UInt64
  private let lengths: [(target: Int, source: Int)]

  /// Orders a list's pairs into batches of `batchSize`.
  package init(_ pairs: PairList, batchSize: Int, seed: UInt64) {
    self.batchSize = batchSize
    self.seed = seed
    lengths = (0..<pairs.count).map {
      (pairs.targetTokenCount(of: $0), pairs.sourceTokenCount(of: $0))
    }
  }

  package var batchesPerEpoch: Int { (lengths.count + batchSize - 1) / batchSize }

  /// Returns the batches of an epoch as numbers of pairs.
  package func batches(epoch: Int) -> [[Int]] {
    var generator = Philox(key: seed, stream: RandomStream.shuffling(epoch: epoch))
    let order = Array(lengths.indices).shuffled(using: &generator)
    let bucketSize = batchSize * batchesPerBucket
    var batches: [[Int]] = []
    for start in stride(from: 0, to: order.count, by: bucketSize) {
      let bucket = order[start..<min(start + bucketSize, order.count)]
        .sorted { (lengths[$0], $0) < (lengths[$1], $1) }
      var groups = stride(from: 0, to: bucket.count, by: batchSize).map {
        Array(bucket[$0..<min($0 + batchSize, bucket.count)])
      }
      groups.shuffle(using: &generator)
      batches += groups
    }
    return batches
  }
}

private func < (a: ((target: Int, source: Int), Int), b: ((target: Int, source: Int), Int)) -> Bool
{
  (a.0.target, a.0.source, a.1) < (b.0.target, b.0.source, b.1)
}
