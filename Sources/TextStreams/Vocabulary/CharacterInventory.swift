/// The characters of a text's tokens, and which of them a vocabulary keeps.
struct CharacterInventory: ~Copyable {
  /// The characters, as they stand in tokens, and how often each occurs.
  private(set) var table = TokenTable()
  /// Whether each is kept.
  private(set) var isKept: [Bool] = []
  private(set) var keptCount = 0

  /// Counts a character some times more; a byte that is no character is left out.
  mutating func add(_ unit: TokenUnit, times: Int) {
    if case .byte = unit.content { return }
    table.add(TokenKey(unit.bytes), times: times)
  }

  /// Chooses the most frequent ones.
  ///
  /// - Parameters:
  ///   - room: The most there may be.
  ///   - coverage: The share of all characters of the text that they make up.
  mutating func choose(atMost room: Int, coverage: Double) {
    // All of them when all are wanted, whatever rounding does to a product.
    guard room < table.count || coverage < 1 else {
      isKept = Array(repeating: true, count: table.count)
      keptCount = table.count
      return
    }
    isKept = Array(repeating: false, count: table.count)
    keptCount = 0
    var candidates = CountedTokens(minimumCapacity: table.count)
    for index in 0..<UInt32(table.count) {
      table.withBytes(of: index) { candidates.append($0, count: table.occurrences(of: index)) }
    }
    let total = Double(candidates.counts.reduce(0, +))
    var covered = 0
    for index in candidates.order().prefix(room) {
      if coverage < 1, Double(covered) >= coverage * total { break }
      covered += candidates.counts[index]
      isKept[index] = true
      keptCount += 1
    }
  }

  /// Returns the number of a character that is kept.
  borrowing func number(ofKept unit: TokenUnit) -> Int? {
    guard let index = table.index(of: TokenKey(unit.bytes)), isKept[Int(index)] else { return nil }
    return Int(index)
  }
}

extension TokenUnits {
  /// Calls `body` with each unit of a token that was checked before.
  static func forEach(of token: UnsafeRawBufferPointer, _ body: (TokenUnit) -> Void) {
    var units = TokenUnits(token)
    while let unit = (try? units.next()) ?? nil { body(unit) }
  }
}
