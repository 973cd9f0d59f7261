/// Up to so many elements of the highest rank, in falling order; of equals those that came first.
///
/// What is not a number has no rank.
struct BestList<Rank: FloatingPoint, Element> {
  let limit: Int
  private(set) var entries: [(rank: Rank, element: Element)] = []

  init(limit: Int) {
    precondition(limit > 0, "a list of \(limit)")
    self.limit = limit
  }

  var isFull: Bool { entries.count == limit }

  /// What a rank has to exceed to find a place; nothing as long as there is room.
  var floor: Rank? { isFull ? entries.last?.rank : nil }

  mutating func insert(_ element: Element, rank: Rank) {
    guard !rank.isNaN else { return }
    if let floor {
      guard rank > floor else { return }
      entries.removeLast()
    }
    var place = entries.count
    while place > 0, entries[place - 1].rank < rank { place -= 1 }
    entries.insert((rank, element), at: place)
  }
}
