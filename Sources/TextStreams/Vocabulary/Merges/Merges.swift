/// The merges of a vocabulary: which two pieces become one, and which do so first.
///
/// Source: Sennrich, Haddow, and Birch (2016), section 3.2; a word's end is no symbol here, as a
/// token shows by its `▁` where a word begins.
struct Merges: Sendable {
  /// What is joined, by the merge's rank less 1.
  private var pairs: [SymbolPair] = []
  /// What becomes of it.
  private(set) var pieces: [UInt32] = []
  private var ranks: [SymbolPair: UInt32] = [:]

  /// How many merges there are.
  var count: Int { pieces.count }

  /// Adds the merge that has the next rank.
  mutating func append(_ pair: SymbolPair, into piece: UInt32) {
    ranks[pair] = UInt32(pieces.count)
    pairs.append(pair)
    pieces.append(piece)
  }

  /// Joins the symbols at the end of a list as far as merges go.
  ///
  /// The merge of lowest rank comes first, at all its places from the left on, as it did when the
  /// merges were learned. The time for n symbols is that of sorting them.
  ///
  /// - Parameters:
  ///   - symbols: Ids; those that are joined are replaced.
  ///   - start: Where in the list they begin.
  func join(_ symbols: inout [UInt32], from start: Int) {
    let count = symbols.count - start
    guard count > 1, !pieces.isEmpty else { return }
    guard count > 2 else {
      // Most pieces of Chinese are of two characters.
      let pair = SymbolPair(left: symbols[start], right: symbols[start + 1])
      if let rank = ranks[pair] { symbols.replaceSubrange(start..., with: [pieces[Int(rank)]]) }
      return
    }
    var chain = SymbolChain(Array(symbols[start...]))
    var queue = PriorityQueue<UInt64>()
    for place in 0..<UInt32(count) { offer(place, of: chain, to: &queue) }
    while let first = queue.removeFirst(by: <) {
      let (rank, place) = (Int(first >> 32), UInt32(truncatingIfNeeded: first))
      // A merge made since may have taken one of the two.
      guard chain.pair(at: place) == pairs[rank] else { continue }
      chain.join(at: place, into: pieces[rank])
      offer(place, of: chain, to: &queue)
      if let before = chain.place(before: place) { offer(before, of: chain, to: &queue) }
    }
    symbols.removeSubrange(start...)
    symbols.append(contentsOf: chain.symbols.lazy.filter { $0 != SymbolChain.none })
  }

  /// Adds the merge that is possible at a place, so that a lower rank and then a place further left
  /// come first.
  private func offer(_ place: UInt32, of chain: SymbolChain, to queue: inout PriorityQueue<UInt64>)
  {
    guard let pair = chain.pair(at: place), let rank = ranks[pair] else { return }
    queue.insert(UInt64(rank) << 32 | UInt64(place), by: <)
  }
}
