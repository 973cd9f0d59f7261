/// Counts tokens of 1 to 8 bytes, which nearly all of a text's are.
///
/// Such a token is one machine word, so a slot needs nothing else than that word and its count, and
/// counting a token that is known touches one cache line. Open addressing with linear probing, half
/// full at most.
struct ShortTokenTable: ~Copyable {
  /// A token as a little-endian number, zeros behind it; 0 marks a free slot, as no token holds a
  /// zero byte.
  struct Slot {
    var word: UInt64
    var count: UInt64
  }

  /// How many tokens there are.
  private(set) var count = 0

  private var slots: UnsafeMutablePointer<Slot>
  private var slotMask: Int
  /// How far a hash is shifted to give a slot's number.
  private var shift: UInt64

  init() {
    (slotMask, shift) = (8191, 64 - 13)
    slots = Self.freeSlots(slotMask + 1)
  }

  deinit { slots.deallocate() }

  /// Counts tokens once more, up to the first that is not known.
  ///
  /// - Parameters:
  ///   - words: The tokens, none of them 0.
  ///   - range: Which of them.
  /// - Returns: The place of the first that is not known, which is not counted, or the range's end.
  borrowing func addKnown(_ words: UnsafePointer<UInt64>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound {
      let slot = slots + slotNumber(of: words[index])
      if slot.pointee.word == 0 { break }
      slot.pointee.count &+= 1
      index &+= 1
    }
    return index
  }

  /// Counts a token some times more if it is known.
  ///
  /// - Returns: Whether it is.
  @discardableResult
  borrowing func addKnown(_ word: UInt64, times: UInt64 = 1) -> Bool {
    let slot = slots + slotNumber(of: word)
    if slot.pointee.word == 0 { return false }
    slot.pointee.count &+= times
    return true
  }

  /// Counts a token that is not known.
  ///
  /// - Parameter word: Not 0.
  mutating func insert(_ word: UInt64) {
    slots[slotNumber(of: word)] = Slot(word: word, count: 1)
    count += 1
    if count * 2 > slotMask { grow() }
  }

  /// Calls `body` with each token and how often it was counted.
  borrowing func forEachSlot(_ body: (Slot) -> Void) {
    for slot in UnsafeBufferPointer(start: slots, count: slotMask + 1) where slot.word != 0 {
      body(slot)
    }
  }

  /// Calls `body` with the bytes of a token.
  static func withBytes<Result>(
    of word: UInt64, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    withUnsafeBytes(of: word.littleEndian) { bytes in
      body(UnsafeRawBufferPointer(rebasing: bytes[..<(8 - word.leadingZeroBitCount / 8)]))
    }
  }

  /// The number of a token's slot in a table of 2⁶⁴⁻ˢ slots, for a shift by s.
  @inline(__always)
  static func hash(_ word: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  static func freeSlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(word: 0, count: 0), count: count)
    return slots
  }

  /// Returns the slot that holds a token, or the free one where it belongs.
  @inline(__always)
  private borrowing func slotNumber(of word: UInt64) -> Int {
    var number = Self.hash(word, shift)
    while slots[number].word != word, slots[number].word != 0 { number = (number &+ 1) & slotMask }
    return number
  }

  private mutating func grow() {
    let (oldSlots, oldMask) = (slots, slotMask)
    slotMask = oldMask * 2 + 1
    shift -= 1
    slots = Self.freeSlots(slotMask + 1)
    for slot in UnsafeBufferPointer(start: oldSlots, count: oldMask + 1) where slot.word != 0 {
      slots[slotNumber(of: slot.word)] = slot
    }
    oldSlots.deallocate()
  }
}
