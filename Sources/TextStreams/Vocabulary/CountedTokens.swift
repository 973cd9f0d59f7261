/// A list of tokens, each with a count.
struct CountedTokens {
  /// The bytes of all tokens, one after the other.
  private var bytes: [UInt8] = []
  /// Where each token ends among them.
  private var ends: [Int] = []
  private(set) var counts: [Int] = []

  init(minimumCapacity: Int) {
    bytes.reserveCapacity(8 * minimumCapacity)
    ends.reserveCapacity(minimumCapacity)
    counts.reserveCapacity(minimumCapacity)
  }

  mutating func append(_ token: UnsafeRawBufferPointer, count: Int) {
    bytes.append(contentsOf: token)
    ends.append(bytes.count)
    counts.append(count)
  }

  /// Forgets all tokens; the memory stays.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
  }

  /// About as many bytes as the tokens take while ``order()`` sorts them.
  var sortingByteCount: Int {
    // Arrays that grow are up to twice as large as what is in them.
    2 * (bytes.count + 16 * counts.count) + counts.count * (2 * MemoryLayout<Rank>.stride + 8)
  }

  /// Calls `body` with the bytes of a token.
  func withBytes<Result, Failure: Error>(
    of index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
      try body(token(index, in: UnsafeRawBufferPointer(bytes)))
    }
  }

  /// Returns the indices of the tokens by descending count, ties by ascending bytes.
  func order() -> [Int] {
    bytes.withUnsafeBytes { bytes in
      var ranks = counts.indices.map { index in
        Rank(count: counts[index], front: TokenKey.front(of: token(index, in: bytes)), index: index)
      }
      Rank.sort(&ranks)
      // Few tokens are as frequent as another that begins with the same 8 bytes.
      var start = 0
      while start < ranks.count {
        var end = start + 1
        while end < ranks.count, ranks[end].front == ranks[start].front,
          ranks[end].rarity == ranks[start].rarity
        {
          end += 1
        }
        if end - start > 1 {
          ranks[start..<end].sort {
            precedes(token($0.index, in: bytes), token($1.index, in: bytes))
          }
        }
        start = end
      }
      return ranks.map(\.index)
    }
  }

  private func token(_ index: Int, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
  }
}

/// What most often decides on the order of two tokens.
private struct Rank {
  /// The count, inverted so that the largest comes first.
  let rarity: UInt64
  /// The first 8 bytes.
  let front: UInt64
  let index: Int

  init(count: Int, front: UInt64, index: Int) {
    rarity = ~UInt64(bitPattern: Int64(count))
    self.front = front
    self.index = index
  }

  /// Sorts by rarity and front, byte by byte from the last on, in time that grows linearly.
  ///
  /// Bytes that all have in common, as most of those of a count, are passed over.
  static func sort(_ ranks: inout [Rank]) {
    guard let first = ranks.first else { return }
    var (differingRarity, differingFront) = (UInt64(0), UInt64(0))
    for rank in ranks {
      differingRarity |= rank.rarity ^ first.rarity
      differingFront |= rank.front ^ first.front
    }
    var other = ranks
    for shift in stride(from: UInt64(0), to: 64, by: 8) where differingFront >> shift & 0xFF != 0 {
      distribute(ranks, into: &other) { Int($0.front >> shift & 0xFF) }
      swap(&ranks, &other)
    }
    for shift in stride(from: UInt64(0), to: 64, by: 8) where differingRarity >> shift & 0xFF != 0 {
      distribute(ranks, into: &other) { Int($0.rarity >> shift & 0xFF) }
      swap(&ranks, &other)
    }
  }

  /// Writes ranks in the order of a digit below 256; those that have the same stay in order.
  @inline(__always)
  private static func distribute(
    _ ranks: [Rank], into sorted: inout [Rank], by digit: (Rank) -> Int
  ) {
    var ends = [Int](repeating: 0, count: 257)
    for rank in ranks { ends[digit(rank) + 1] += 1 }
    for value in 1...256 { ends[value] += ends[value - 1] }
    for rank in ranks {
      sorted[ends[digit(rank)]] = rank
      ends[digit(rank)] += 1
    }
  }
}
