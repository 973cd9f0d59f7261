/// Learns merges: the two symbols that stand side by side most often become one, again and again.
///
/// All pairs are counted once, and then only what a merge changes. Of equally frequent pairs the one
/// with the lesser left part comes first, then that with the lesser right part, by their bytes; so
/// the merges depend on the words and their counts alone. A merge may not make what reads as a
/// reserved token.
///
/// The memory is some 50 bytes for each symbol of the words, the time that of sorting the pairs.
///
/// Source: Sennrich, Haddow, and Birch (2016), algorithm 1.
struct MergeLearner {
  /// The bytes of each symbol: those that words are made of, then what the merges make, in order.
  private(set) var strings: [[UInt8]]
  /// What the merges join.
  private(set) var merges: [SymbolPair] = []

  /// The words, each with ``SymbolChain/none`` at its end.
  private var chain = SymbolChain([])
  private var row: [UInt32] = []
  /// The number of the word that each place is in.
  private var words: [UInt32] = []
  /// How often each word counts.
  private var weights: [Int] = []

  /// - Parameter characters: The bytes of the symbols that words are made of.
  init(characters: [[UInt8]]) { strings = characters }

  /// Adds a word.
  ///
  /// - Parameters:
  ///   - symbols: What it is made of, by the numbers of ``strings``.
  ///   - count: How often it occurs.
  mutating func addWord(_ symbols: [UInt32], count: Int) {
    guard !symbols.isEmpty else { return }
    row.append(contentsOf: symbols)
    row.append(SymbolChain.none)
    words.append(
      contentsOf: repeatElement(UInt32(weights.count), count: symbols.count + 1))
    weights.append(count)
  }

  /// Learns merges from the words that were added.
  ///
  /// - Parameters:
  ///   - limit: The most merges.
  ///   - minimumCount: How often a pair must occur.
  mutating func learn(atMost limit: Int, minimumCount: Int) {
    chain = SymbolChain(row)
    row = []
    var counts = countPairs()
    var queue = PriorityQueue<Candidate>()
    func offer(_ number: Int) {
      let entry = counts.entries[number]
      guard entry.count >= minimumCount else { return }
      let candidate = Candidate(number: number, pair: entry.pair, count: entry.count)
      queue.insert(candidate, by: precedes)
    }
    counts.entries.indices.forEach(offer)
    while merges.count < limit, let best = queue.removeFirst(by: precedes) {
      guard counts.entries[best.number].count == best.count else {
        // Other merges took some of its places.
        offer(best.number)
        continue
      }
      let piece = strings[Int(best.pair.left)] + strings[Int(best.pair.right)]
      guard piece.withUnsafeBytes({ ReservedToken($0) }) == nil else { continue }
      let known = counts.entries.count
      merge(best, into: UInt32(strings.count), &counts)
      merges.append(best.pair)
      strings.append(piece)
      (known..<counts.entries.count).forEach(offer)
    }
  }

  /// Returns how often each symbol is in the words as they are now.
  func symbolCounts() -> [Int] {
    var counts = [Int](repeating: 0, count: strings.count)
    for (place, symbol) in chain.symbols.enumerated() where symbol != SymbolChain.none {
      counts[Int(symbol)] += weight(at: UInt32(place))
    }
    return counts
  }

  private func countPairs() -> PairCounts {
    var counts = PairCounts()
    for place in 0..<UInt32(chain.symbols.count) {
      if let pair = chain.pair(at: place) { counts.add(pair, at: place, times: weight(at: place)) }
    }
    return counts
  }

  /// Joins a pair wherever it is.
  private mutating func merge(
    _ candidate: Candidate, into piece: UInt32, _ counts: inout PairCounts
  ) {
    for place in counts.removeAll(of: candidate.number)
    where chain.pair(at: place) == candidate.pair {
      let times = weight(at: place)
      let before = chain.place(before: place)
      let beforePair = before.flatMap { chain.pair(at: $0) }
      if let beforePair { counts.remove(beforePair, times: times) }
      chain.join(at: place, into: piece)
      if let after = chain.pair(at: place) {
        counts.remove(SymbolPair(left: candidate.pair.right, right: after.right), times: times)
        counts.add(after, at: place, times: times)
      }
      if let before, let pair = chain.pair(at: before) {
        counts.add(pair, at: before, times: times)
      }
    }
    // What the loop took from it was gone already.
    _ = counts.removeAll(of: candidate.number)
  }

  private func weight(at place: UInt32) -> Int { weights[Int(words[Int(place)])] }

  private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.count != right.count { return left.count > right.count }
    if left.pair.left != right.pair.left {
      return strings[Int(left.pair.left)].lexicographicallyPrecedes(
        strings[Int(right.pair.left)])
    }
    return strings[Int(left.pair.right)].lexicographicallyPrecedes(strings[Int(right.pair.right)])
  }
}

/// A pair that may be merged, and the count by which it waits.
private struct Candidate {
  let number: Int
  let pair: SymbolPair
  let count: Int
}
