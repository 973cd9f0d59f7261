/// How often each two symbols stand side by side, and where.
struct PairCounts {
  struct Entry {
    let pair: SymbolPair
    fileprivate(set) var count = 0
    /// The number of the occurrence that was added last.
    fileprivate var last = SymbolChain.none
  }

  private struct Occurrence {
    let place: UInt32
    /// The number of the one of the same pair that was added before.
    let before: UInt32
  }

  /// The pairs in the order in which they were first seen.
  private(set) var entries: [Entry] = []
  private var numbers: [SymbolPair: Int] = [:]
  /// Those of all pairs, each a list of its own from the last one on.
  private var occurrences: [Occurrence] = []

  /// Counts a pair some times more.
  ///
  /// - Parameters:
  ///   - pair: The pair.
  ///   - place: Where its left symbol is.
  ///   - times: How often that place counts.
  mutating func add(_ pair: SymbolPair, at place: UInt32, times: Int) {
    let number = numbers[pair] ?? insert(pair)
    occurrences.append(Occurrence(place: place, before: entries[number].last))
    entries[number].count += times
    entries[number].last = UInt32(occurrences.count - 1)
  }

  /// Counts a pair that is no longer somewhere some times less.
  mutating func remove(_ pair: SymbolPair, times: Int) {
    if let number = numbers[pair] { entries[number].count -= times }
  }

  /// Counts an entry's pair no more.
  ///
  /// - Returns: Where it was added, from the left on; it need not be at all of them any more.
  mutating func removeAll(of number: Int) -> [UInt32] {
    var places: [UInt32] = []
    var occurrence = entries[number].last
    while occurrence != SymbolChain.none {
      places.append(occurrences[Int(occurrence)].place)
      occurrence = occurrences[Int(occurrence)].before
    }
    entries[number].count = 0
    entries[number].last = SymbolChain.none
    return places.sorted()
  }

  private mutating func insert(_ pair: SymbolPair) -> Int {
    numbers[pair] = entries.count
    entries.append(Entry(pair: pair))
    return entries.count - 1
  }
}
