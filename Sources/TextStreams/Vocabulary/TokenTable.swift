internal import Glibc

/// Numbers byte strings 0, 1, 2, … in the order in which they are first seen, and counts them.
///
/// Open addressing with linear probing, half full at most. A string of up to 8 bytes, as most words
/// are, is compared as one machine word in the slot; longer ones by hash and then in the arena that
/// holds the bytes of all of them. Bytes are compared, never characters.
struct TokenTable: ~Copyable {
  private struct Slot {
    var word: UInt64
    var index: UInt32
    /// 0 marks a free slot; no token is empty.
    var length: UInt32
  }

  /// How many strings there are.
  private(set) var count = 0

  private var slots: UnsafeMutablePointer<Slot>
  private var slotMask: Int
  /// How far a hash is shifted to give a slot's number.
  private var shift: UInt64
  private var counts: UnsafeMutablePointer<Int>
  private var arena: [UInt8] = []
  private var ends: [Int] = []

  /// Creates a table with room for some strings.
  init(minimumCapacity: Int = 4096) {
    var logarithm: UInt64 = 4
    while 1 << (logarithm - 1) < minimumCapacity { logarithm += 1 }
    shift = 64 - logarithm
    slotMask = 1 << logarithm - 1
    slots = Self.freeSlots(slotMask + 1)
    counts = .allocate(capacity: (slotMask + 1) / 2 + 1)
  }

  deinit {
    slots.deallocate()
    counts.deallocate()
  }

  /// Returns the number of a string, or `nil`.
  @inline(__always)
  borrowing func index(of key: TokenKey) -> UInt32? {
    let slot = slots[slotNumber(of: key)]
    return slot.length == 0 ? nil : slot.index
  }

  /// Counts a string once more if it is known.
  ///
  /// - Returns: Whether it is.
  @inline(__always)
  mutating func addKnown(_ key: TokenKey) -> Bool {
    guard let index = index(of: key) else { return false }
    counts[Int(index)] &+= 1
    return true
  }

  /// Counts a string some times more.
  ///
  /// - Returns: Its number.
  @discardableResult
  mutating func add(_ key: TokenKey, times: Int) -> UInt32 {
    let number = slotNumber(of: key)
    let slot = slots[number]
    guard slot.length != 0 else { return insert(key, at: number, count: times) }
    counts[Int(slot.index)] += times
    return slot.index
  }

  /// Returns how often a string was counted.
  borrowing func occurrences(of index: UInt32) -> Int {
    precondition(index < count, "string \(index) of \(count)")
    return counts[Int(index)]
  }

  /// Calls `body` with the bytes of a string.
  borrowing func withBytes<Result, Failure: Error>(
    of index: UInt32, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = range(of: index)
    return try arena.withUnsafeBufferPointer { (bytes) throws(Failure) in
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range])))
    }
  }

  /// The place of a string in ``bytes``.
  borrowing func range(of index: UInt32) -> Range<Int> {
    (index == 0 ? 0 : ends[Int(index) - 1])..<ends[Int(index)]
  }

  /// The bytes of all strings, one after the other.
  var bytes: [UInt8] { arena }

  /// Forgets all strings; the memory stays.
  mutating func removeAll() {
    memset(slots, 0, (slotMask + 1) * MemoryLayout<Slot>.stride)
    arena.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    count = 0
  }

  /// The most bytes the table takes while some more strings are added to it.
  ///
  /// - Parameters:
  ///   - strings: How many at most.
  ///   - bytes: How many bytes they have together at most.
  /// - Returns: The bytes, those of the old tables and of the new ones where it grows.
  borrowing func peakByteCount(adding strings: Int, bytes: Int) -> Int {
    let slotBytes = (slotMask + 1) * MemoryLayout<Slot>.stride + (slotMask / 2 + 1) * 8
    let listBytes = arena.capacity + 8 * ends.capacity
    let isCramped =
      arena.count + bytes > arena.capacity || ends.count + strings > ends.capacity
    // What grows becomes twice as large, and what it was is there for a while.
    return ((count + strings) * 2 > slotMask ? 3 * slotBytes : slotBytes)
      + (isCramped ? 3 * max(listBytes, bytes + 8 * strings) : listBytes)
  }

  /// Puts the strings in the order of their bytes; nothing can be looked up or added any more.
  mutating func sort() {
    var filled = 0
    for number in 0...slotMask where slots[number].length != 0 {
      let index = slots[number].index
      let front = withBytes(of: index) { TokenKey.front(of: $0) }
      slots[filled] = Slot(word: front, index: index, length: slots[number].length)
      filled += 1
    }
    // As half of the slots are free, there is room to sort in.
    radixSort(
      UnsafeMutableBufferPointer(start: slots, count: filled), scratch: slots + filled
    ) { $0.word }
    var start = 0
    while start < filled {
      var end = start + 1
      while end < filled, slots[end].word == slots[start].word { end += 1 }
      if end - start > 1 { sortTied(start..<end) }
      start = end
    }
  }

  /// Sorts strings that begin with the same 8 bytes.
  private borrowing func sortTied(_ places: Range<Int>) {
    var tied = UnsafeMutableBufferPointer(start: slots + places.lowerBound, count: places.count)
    arena.withUnsafeBytes { bytes in
      tied.sort {
        precedes(
          UnsafeRawBufferPointer(rebasing: bytes[range(of: $0.index)]),
          UnsafeRawBufferPointer(rebasing: bytes[range(of: $1.index)]))
      }
    }
  }

  /// Returns the number of a string by its place in the order that ``sort()`` made.
  borrowing func sorted(_ place: Int) -> UInt32 { slots[place].index }

  /// Returns the first 8 bytes of the string at a place in that order, as ``TokenKey`` has them.
  borrowing func sortedFront(_ place: Int) -> UInt64 { slots[place].word }

  /// Returns the slot that holds a string, or the free one where it belongs.
  @inline(__always)
  private borrowing func slotNumber(of key: TokenKey) -> Int {
    let length = UInt32(truncatingIfNeeded: key.bytes.count)
    var number = hash(key.word)
    while true {
      let slot = slots[number]
      if slot.word == key.word, slot.length == length,
        length <= 8 || isEqual(key.bytes, slot.index)
      {
        return number
      }
      if slot.length == 0 { return number }
      number = (number + 1) & slotMask
    }
  }

  @inline(__always)
  private borrowing func hash(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: ((word ^ word >> 29) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  @inline(never)
  private borrowing func isEqual(_ bytes: UnsafeRawBufferPointer, _ index: UInt32) -> Bool {
    withBytes(of: index) { other in
      guard let other = other.baseAddress, let start = bytes.baseAddress else { return false }
      return memcmp(start, other, bytes.count) == 0
    }
  }

  @inline(never)
  private mutating func insert(_ key: TokenKey, at number: Int, count occurrences: Int) -> UInt32 {
    let index = UInt32(count)
    arena.append(contentsOf: key.bytes)
    ends.append(arena.count)
    slots[number] = Slot(word: key.word, index: index, length: UInt32(key.bytes.count))
    counts[count] = occurrences
    count += 1
    if count * 2 > slotMask { grow() }
    return index
  }

  private mutating func grow() {
    let (oldSlots, oldCounts, oldMask) = (slots, counts, slotMask)
    slotMask = oldMask * 2 + 1
    shift -= 1
    slots = Self.freeSlots(slotMask + 1)
    counts = .allocate(capacity: (slotMask + 1) / 2 + 1)
    counts.update(from: oldCounts, count: count)
    for slot in UnsafeBufferPointer(start: oldSlots, count: oldMask + 1) where slot.length != 0 {
      var number = hash(slot.word)
      while slots[number].length != 0 { number = (number + 1) & slotMask }
      slots[number] = slot
    }
    oldSlots.deallocate()
    oldCounts.deallocate()
  }

  private static func freeSlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(word: 0, index: 0, length: 0), count: count)
    return slots
  }
}
