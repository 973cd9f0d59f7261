/// The transitions of an automaton, but for those from its start, in a hash table.
///
/// A transition is a word of 64 bits: 24 for the state it comes from, 16 for the unit that is read
/// and 24 for the state it goes to. None is 0, as the start is the state 0.
struct TransitionTable: Sendable {
  private var entries: [UInt64]

  /// Creates an empty table.
  ///
  /// - Parameter count: The most transitions that it has to hold.
  init(capacity count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    entries = Array(repeating: 0, count: size)
  }

  /// Returns the state that a unit leads to; 0 for none.
  func state(after state: UInt32, _ unit: UInt16) -> UInt32 {
    var next: UInt32 = 0
    withReader { next = $0.state(after: state, unit) }
    return next
  }

  /// Adds a transition that is not there.
  mutating func add(from state: UInt32, _ unit: UInt16, to next: UInt32) {
    let key = Self.key(from: state, unit)
    var place = Self.place(of: key, shift: shift)
    while entries[place] != 0 { place = (place + 1) & (entries.count - 1) }
    entries[place] = key << 24 | UInt64(next)
  }

  /// Calls `body` with the table's memory, which is valid until it returns.
  @inline(__always)
  func withReader(_ body: (Reader) -> Void) {
    entries.withUnsafeBufferPointer { entries in
      guard let base = entries.baseAddress else { return }
      body(Reader(entries: base, mask: entries.count - 1, shift: shift))
    }
  }

  /// A table whose memory is at hand.
  struct Reader {
    fileprivate let entries: UnsafePointer<UInt64>
    fileprivate let mask: Int
    fileprivate let shift: UInt64

    /// Returns the state that a unit leads to; 0 for none.
    @inline(__always)
    func state(after state: UInt32, _ unit: UInt16) -> UInt32 {
      let key = TransitionTable.key(from: state, unit)
      var place = TransitionTable.place(of: key, shift: shift)
      while entries[place] != 0 {
        if entries[place] &>> 24 == key {
          return UInt32(truncatingIfNeeded: entries[place] & 0xFF_FFFF)
        }
        place = (place &+ 1) & mask
      }
      return 0
    }
  }

  /// 64 less the bits of a place.
  private var shift: UInt64 { UInt64(64 - entries.count.trailingZeroBitCount) }

  @inline(__always)
  private static func key(from state: UInt32, _ unit: UInt16) -> UInt64 {
    UInt64(state) &<< 16 | UInt64(unit)
  }

  @inline(__always)
  private static func place(of key: UInt64, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }
}
