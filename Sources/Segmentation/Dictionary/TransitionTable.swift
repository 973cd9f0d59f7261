/// The transitions of an automaton, but for those from its start, in a hash table.
///
/// An entry is the number of the state that a transition leads to, and 8 bits of its hash; where it
/// comes from is known to the state. So the table is small, and what is not in it is found out
/// without looking elsewhere.
struct TransitionTable: Sendable {
  private var entries: [UInt32]

  /// Creates an empty table.
  ///
  /// - Parameter count: The most transitions that it has to hold.
  init(capacity count: Int) {
    entries = Array(repeating: 0, count: count + count / 2 + 16)
  }

  /// Adds a transition that is not there.
  mutating func add(from state: UInt32, _ unit: UInt16, to next: UInt32) {
    let hash = Self.hash(state, unit)
    var place = Self.place(of: hash, in: entries.count)
    while entries[place] != 0 { place = place + 1 < entries.count ? place + 1 : 0 }
    entries[place] = next << 8 | Self.mark(of: hash)
  }

  /// Calls `body` with the table's memory, which is valid until it returns.
  @inline(__always)
  func withReader(_ body: (Reader) -> Void) {
    entries.withUnsafeBufferPointer { entries in
      guard let base = entries.baseAddress else { return }
      body(Reader(entries: base, count: entries.count))
    }
  }

  /// A table whose memory is at hand.
  struct Reader {
    fileprivate let entries: UnsafePointer<UInt32>
    fileprivate let count: Int

    /// Returns the state that a unit leads to; 0 for none.
    @inline(__always)
    func state(
      after state: UInt32, _ unit: UInt16, in states: UnsafePointer<WordAutomaton.State>
    ) -> UInt32 {
      let hash = TransitionTable.hash(state, unit)
      let mark = TransitionTable.mark(of: hash)
      var place = TransitionTable.place(of: hash, in: count)
      while entries[place] != 0 {
        if entries[place] & 0xFF == mark {
          let next = entries[place] &>> 8
          if states[Int(next)].origin == state, states[Int(next)].unit == unit { return next }
        }
        place &+= 1
        if place == count { place = 0 }
      }
      return 0
    }
  }

  @inline(__always)
  private static func hash(_ state: UInt32, _ unit: UInt16) -> UInt64 {
    (UInt64(state) &<< 16 | UInt64(unit)) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The place of a hash in a table, by its upper half.
  @inline(__always)
  private static func place(of hash: UInt64, in count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// The part of a hash that an entry keeps.
  @inline(__always)
  private static func mark(of hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: hash &>> 24) & 0xFF
  }
}
