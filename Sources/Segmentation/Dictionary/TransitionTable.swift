/// The transitions of an automaton that is being made, but for those from its start.
///
/// A hash table. An entry has 24 bits for the state that a transition comes from, 16 for the unit
/// that is read and 24 for the state it goes to; none is 0, as the start is the state 0.
struct TransitionTable {
  private var entries: [UInt64]

  /// Creates an empty table.
  ///
  /// - Parameter count: The most transitions that it has to hold.
  init(capacity count: Int) {
    entries = Array(repeating: 0, count: count + count / 2 + 16)
  }

  /// Adds a transition that is not there.
  mutating func add(from state: UInt32, _ unit: UInt16, to next: UInt32) {
    let key = Self.key(from: state, unit)
    var place = place(of: key)
    while entries[place] != 0 { place = place + 1 < entries.count ? place + 1 : 0 }
    entries[place] = key << 24 | UInt64(next)
  }

  /// Returns the state that a unit leads to; 0 for none.
  func state(after state: UInt32, _ unit: UInt16) -> UInt32 {
    let key = Self.key(from: state, unit)
    var place = place(of: key)
    while entries[place] != 0 {
      if entries[place] >> 24 == key { return UInt32(entries[place] & 0xFF_FFFF) }
      place = place + 1 < entries.count ? place + 1 : 0
    }
    return 0
  }

  private static func key(from state: UInt32, _ unit: UInt16) -> UInt64 {
    UInt64(state) << 16 | UInt64(unit)
  }

  private func place(of key: UInt64) -> Int {
    Int((((key &* 0x9E37_79B9_7F4A_7C15) >> 32) * UInt64(entries.count)) >> 32)
  }
}
