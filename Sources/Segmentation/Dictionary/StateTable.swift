/// The states of an automaton, each at the place where the transition to it is looked for.
///
/// A hash table, so that to find a state and to look into it is to wait for memory once. Before it
/// goes a filter of bits, which is small enough to stay near the processor and answers for most
/// transitions that are not there.
struct StateTable: Sendable {
  /// A state; that with the number 0 is the start, in which nothing has been read.
  struct State: Sendable {
    /// The state from which this one is reached.
    var origin: UInt32 = 0
    /// The next shorter last part of a word.
    var failure: UInt32 = 0
    /// The state that has the next shorter word; 0 for none.
    var shorter: UInt32 = 0
    var logarithmOfWeight: Float = 0
    /// The unit that leads here from ``origin``.
    var unit: UInt16 = 0
    /// How many UTF-16 units the longest word has that is found here; 0 if there is none.
    var length: UInt16 = 0
    /// How many scalars that word has.
    var characterCount: UInt16 = 0

    /// What is at a free place.
    static let none = State(origin: .max)
  }

  private var states: [State]
  /// Has the bit of the hash of every transition set; a power of two of words.
  private var filter: [UInt64]

  /// Lays states out anew, which changes their numbers.
  ///
  /// - Parameters:
  ///   - list: The start and then the others, each behind the one it is reached from.
  ///   - first: The states behind the start by their units; 0 for none.
  init(_ list: [State], first: inout [UInt32]) {
    states = Array(repeating: .none, count: list.count + list.count / 3 + 16)
    states[0] = State()
    var size = 1
    while size * 64 < 4 * list.count { size *= 2 }
    filter = Array(repeating: 0, count: size)
    var numbers = [UInt32](repeating: 0, count: list.count)
    for index in 1..<list.count {
      let origin = numbers[Int(list[index].origin)]
      numbers[index] = add(from: origin, list[index].unit)
    }
    for index in 1..<list.count {
      var state = list[index]
      state.origin = numbers[Int(state.origin)]
      state.failure = numbers[Int(state.failure)]
      state.shorter = numbers[Int(state.shorter)]
      states[Int(numbers[index])] = state
    }
    for unit in first.indices where first[unit] != 0 { first[unit] = numbers[Int(first[unit])] }
  }

  /// Takes a place for a state and returns its number.
  private mutating func add(from origin: UInt32, _ unit: UInt16) -> UInt32 {
    let hash = Self.hash(origin, unit)
    filter[Self.filterPlace(of: hash, in: filter.count)] |= Self.filterBit(of: hash)
    var place = Self.place(of: hash, in: states.count)
    while states[place].origin != .max { place = place + 1 < states.count ? place + 1 : 0 }
    states[place].origin = origin
    return UInt32(place)
  }

  /// Calls `body` with the table's memory, which is valid until it returns.
  @inline(__always)
  func withReader(_ body: (Reader) -> Void) {
    states.withUnsafeBufferPointer { states in
      filter.withUnsafeBufferPointer { filter in
        guard let base = states.baseAddress, let bits = filter.baseAddress else { return }
        body(Reader(states: base, count: states.count, filter: bits, filterCount: filter.count))
      }
    }
  }

  /// A table whose memory is at hand.
  struct Reader {
    let states: UnsafePointer<State>
    fileprivate let count: Int
    fileprivate let filter: UnsafePointer<UInt64>
    fileprivate let filterCount: Int

    /// Returns the state that a unit leads to from one that is not the start; 0 for none.
    @inline(__always)
    func state(after state: UInt32, _ unit: UInt16) -> UInt32 {
      let hash = StateTable.hash(state, unit)
      let bits = filter[StateTable.filterPlace(of: hash, in: filterCount)]
      if bits & StateTable.filterBit(of: hash) == 0 { return 0 }
      var place = StateTable.place(of: hash, in: count)
      while states[place].origin != .max {
        if states[place].origin == state, states[place].unit == unit {
          return UInt32(truncatingIfNeeded: place)
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

  /// The word of a filter, a power of two of them, that a hash has its bit in.
  @inline(__always)
  private static func filterPlace(of hash: UInt64, in count: Int) -> Int {
    Int(truncatingIfNeeded: hash &>> 20) & (count &- 1)
  }

  @inline(__always)
  private static func filterBit(of hash: UInt64) -> UInt64 {
    1 &<< (hash &>> 58)
  }
}
