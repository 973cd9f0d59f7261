/// Two symbols that stand side by side, by their numbers.
struct SymbolPair: Hashable, Sendable {
  var left: UInt32
  var right: UInt32

  func hash(into hasher: inout Hasher) { hasher.combine(UInt64(left) << 32 | UInt64(right)) }
}

/// Symbols in a row, two of which become one in constant time.
///
/// A symbol is known by its place, which it keeps; a joined symbol has that of its left part.
struct SymbolChain {
  /// No symbol, as between two words, and no place.
  static let none = UInt32.max

  /// The symbols by their places; ``none`` where there is no symbol, or no more.
  private(set) var symbols: [UInt32]
  private var next: [UInt32]
  private var previous: [UInt32]

  init(_ symbols: [UInt32]) {
    let count = UInt32(symbols.count)
    self.symbols = symbols
    next = (0..<count).map { $0 + 1 < count ? $0 + 1 : Self.none }
    previous = (0..<count).map { $0 > 0 ? $0 - 1 : Self.none }
  }

  /// The symbol at a place and the one after it, if both are there.
  func pair(at place: UInt32) -> SymbolPair? {
    let second = next[Int(place)]
    guard second != Self.none else { return nil }
    let pair = SymbolPair(left: symbols[Int(place)], right: symbols[Int(second)])
    return pair.left == Self.none || pair.right == Self.none ? nil : pair
  }

  /// The place before another, if there is one.
  func place(before place: UInt32) -> UInt32? {
    let before = previous[Int(place)]
    return before == Self.none ? nil : before
  }

  /// Joins the symbol at a place with the one after it.
  ///
  /// - Precondition: There is a pair at the place.
  mutating func join(at place: UInt32, into piece: UInt32) {
    let second = Int(next[Int(place)])
    symbols[Int(place)] = piece
    symbols[second] = Self.none
    next[Int(place)] = next[second]
    if next[second] != Self.none { previous[Int(next[second])] = place }
  }
}
