/// The states of an automaton, each at the place where the transition to it is looked for.
///
/// The start comes first, then the states of one unit, which are not looked for here, and then a
/// hash table of the others, so that to find a state and to look into it is to wait for memory once.
/// Before it goes a filter of bits, which is small enough to stay near the processor and answers for
/// most transitions that are not there.
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
    /// Whether a unit leads from here to a longer state.
    var goesOn = false

    /// What is at a free place.
    static let none = State(origin: .max)
  }

  private var states: [State]
  /// Where the states of more than one unit begin.
  private let hashedStart: Int
  /// Has two bits for the hash of every transition set; a power of two of words.
  private var filter: [UInt64]

  /// Lays states out anew, which changes their numbers.
  ///
  /// - Parameters:
  ///   - list: The start, the states of one unit, and then the others, each behind the one it is
  ///     reached from.
  ///   - first: The states behind the start by their units; 0 for none.
  init(_ list: [State], first: inout [UInt32]) {
    states = Array(repeating: .none, count: list.count + list.count / 3 + 16)
    states[0] = State()
    hashedStart = list.dropFirst().firstIndex { $0.origin != 0 } ?? list.count
    var size = 1
    while size * 64 < 8 * list.count { size *= 2 }
    filter = Array(repeating: 0, count: size)
    var numbers = [UInt32](repeating: 0, count: list.count)
    for index in 1..<hashedStart { numbers[index] = UInt32(index) }
    for index in hashedStart..<list.count {
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
    for index in hashedStart..<list.count {
      states[Int(numbers[Int(list[index].origin)])].goesOn = true
    }
    for unit in first.indices where first[unit] != 0 { first[unit] = numbers[Int(first[unit])] }
  }

  /// Takes a place for a state and returns its number.
  private mutating func add(from origin: UInt32, _ unit: UInt16) -> UInt32 {
    let hash = Self.hash(origin, unit)
    filter[Self.filterPlace(of: hash, in: filter.count)] |= Self.filterBits(of: hash)
    var place = Self.place(of: hash, from: hashedStart, in: states.count)
    while states[place].origin != .max {
      place = place + 1 < states.count ? place + 1 : hashedStart
    }
    states[place].origin = origin
    return UInt32(place)
  }

  /// Calls `body` with the table's memory, which is valid until it returns.
  @inline(__always)
  func withReader(_ body: (Reader) -> Void) {
    states.withUnsafeBufferPointer { states in
      filter.withUnsafeBufferPointer { filter in
        guard let base = states.baseAddress, let bits = filter.baseAddress else { return }
        body(
          Reader(
            states: base, count: states.count, hashedStart: hashedStart, filter: bits,
            filterCount: filter.count))
      }
    }
  }

  @inline(__always)
  fileprivate static func hash(_ state: UInt32, _ unit: UInt16) -> UInt64 {
    (UInt64(state) &<< 16 | UInt64(unit)) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The place of a hash among those from a first one on, by its upper half.
  @inline(__always)
  fileprivate static func place(of hash: UInt64, from start: Int, in count: Int) -> Int {
    let range = UInt64(truncatingIfNeeded: count &- start)
    return start &+ Int(truncatingIfNeeded: ((hash &>> 32) &* range) &>> 32)
  }

  /// The word of a filter, a power of two of them, that a hash has its bits in.
  @inline(__always)
  fileprivate static func filterPlace(of hash: UInt64, in count: Int) -> Int {
    Int(truncatingIfNeeded: hash &>> 20) & (count &- 1)
  }

  @inline(__always)
  fileprivate static func filterBits(of hash: UInt64) -> UInt64 {
    1 &<< (hash &>> 58) | 1 &<< (hash &>> 52 & 63)
  }
}

extension StateTable {
  /// A table whose memory is at hand.
  struct Reader {
    let states: UnsafePointer<State>
    fileprivate let count: Int
    fileprivate let hashedStart: Int
    fileprivate let filter: UnsafePointer<UInt64>
    fileprivate let filterCount: Int

    /// Returns the state that a unit leads to from one that is not the start; 0 for none.
    @inline(__always)
    func state(after state: UInt32, _ unit: UInt16) -> UInt32 {
      let hash = StateTable.hash(state, unit)
      let bits = StateTable.filterBits(of: hash)
      if filter[StateTable.filterPlace(of: hash, in: filterCount)] & bits != bits { return 0 }
      var place = StateTable.place(of: hash, from: hashedStart, in: count)
      while states[place].origin != .max {
        if states[place].origin == state, states[place].unit == unit {
          return UInt32(truncatingIfNeeded: place)
        }
        place &+= 1
        if place == count { place = hashedStart }
      }
      return 0
    }
  }
}
