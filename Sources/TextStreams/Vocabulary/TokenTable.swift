internal import Glibc

/// Numbers byte strings 0, 1, 2, … in the order in which they are first seen.
///
/// Open addressing with linear probing, half full at most. A string of up to 8 bytes, as most words
/// are, is compared as one machine word in the slot; longer ones by hash and then in the arena that
/// holds the bytes of all of them. Bytes are compared, never characters.
struct TokenTable: Sendable {
  private struct Slot {
    var word: UInt64 = 0
    var index: UInt32 = 0
    /// 0 marks a free slot; no token is empty.
    var length: UInt32 = 0
  }

  private var slots: [Slot]
  /// How far a hash is shifted to give a slot's number.
  private var shift: UInt64
  private var arena: [UInt8] = []
  private var ends: [Int] = []

  /// Creates a table with room for some strings.
  init(minimumCapacity: Int = 1024) {
    var logarithm: UInt64 = 4
    while 1 << (logarithm - 1) < minimumCapacity { logarithm += 1 }
    slots = Array(repeating: Slot(), count: 1 << logarithm)
    shift = 64 - logarithm
  }

  /// How many strings there are.
  var count: Int { ends.count }

  /// Returns the number of a string, or `nil`.
  @inline(__always)
  func index(of key: TokenKey) -> UInt32? {
    let slot = slots[slotNumber(of: key)]
    return slot.length == 0 ? nil : slot.index
  }

  /// Returns the number of a string, adding it if it is new.
  @inline(__always)
  mutating func insert(_ key: TokenKey) -> (index: UInt32, isNew: Bool) {
    let number = slotNumber(of: key)
    let slot = slots[number]
    if slot.length != 0 { return (slot.index, false) }
    return (add(key, at: number), true)
  }

  /// Calls `body` with the bytes of a string.
  func withBytes<Result>(
    of index: UInt32, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try arena.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range(of: index)])) }
  }

  /// The place of a string in ``bytes``.
  func range(of index: UInt32) -> Range<Int> {
    (index == 0 ? 0 : ends[Int(index) - 1])..<ends[Int(index)]
  }

  /// The bytes of all strings, one after the other.
  var bytes: [UInt8] { arena }

  /// Returns the slot that holds a string, or the free one where it belongs.
  @inline(__always)
  private func slotNumber(of key: TokenKey) -> Int {
    let mask = slots.count - 1
    var number = hash(key.word, UInt32(key.bytes.count))
    return slots.withUnsafeBufferPointer { slots in
      while true {
        let slot = slots[number]
        if slot.length == 0 { return number }
        if slot.word == key.word, slot.length == key.bytes.count,
          slot.length <= 8 || isEqual(key.bytes, slot.index)
        {
          return number
        }
        number = (number + 1) & mask
      }
    }
  }

  @inline(__always)
  private func hash(_ word: UInt64, _ length: UInt32) -> Int {
    let mixed = (word ^ word >> 29 ^ UInt64(length) << 59) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> shift)
  }

  private func isEqual(_ bytes: UnsafeRawBufferPointer, _ index: UInt32) -> Bool {
    withBytes(of: index) { other in
      guard let other = other.baseAddress, let start = bytes.baseAddress else { return false }
      return memcmp(start, other, bytes.count) == 0
    }
  }

  @inline(never)
  private mutating func add(_ key: TokenKey, at number: Int) -> UInt32 {
    let index = UInt32(ends.count)
    arena.append(contentsOf: key.bytes)
    ends.append(arena.count)
    slots[number] = Slot(word: key.word, index: index, length: UInt32(key.bytes.count))
    if ends.count * 2 > slots.count { grow() }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    shift -= 1
    let mask = slots.count - 1
    for slot in old where slot.length != 0 {
      var number = hash(slot.word, slot.length)
      while slots[number].length != 0 { number = (number + 1) & mask }
      slots[number] = slot
    }
  }
}
