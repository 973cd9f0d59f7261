internal import Glibc

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
  /// - Parameters:
  ///   - word: Not 0.
  ///   - times: How often.
  mutating func insert(_ word: UInt64, times: UInt64 = 1) {
    slots[slotNumber(of: word)] = Slot(word: word, count: times)
    count += 1
    if count * 2 > slotMask { grow() }
  }

  /// Calls `body` with each token and how often it was counted.
  borrowing func forEachSlot(_ body: (Slot) -> Void) {
    for slot in UnsafeBufferPointer(start: slots, count: slotMask + 1) where slot.word != 0 {
      body(slot)
    }
  }

  /// Forgets all tokens; the memory stays.
  mutating func removeAll() {
    memset(slots, 0, (slotMask + 1) * MemoryLayout<Slot>.stride)
    count = 0
  }

  /// The most bytes the table takes while some more tokens are added to it.
  borrowing func peakByteCount(adding tokens: Int) -> Int {
    let byteCount = (slotMask + 1) * MemoryLayout<Slot>.stride
    // The old slots and the new ones, which are twice as many.
    return (count + tokens) * 2 > slotMask ? 3 * byteCount : byteCount
  }

  /// Puts the tokens in the order of their bytes; nothing can be looked up or counted any more.
  mutating func sort() {
    var filled = 0
    for number in 0...slotMask where slots[number].word != 0 {
      slots[filled] = slots[number]
      filled += 1
    }
    // As half of the slots are free, there is room to sort in. No token holds a zero byte, so those
    // behind a token put it before all that begin with it.
    radixSort(
      UnsafeMutableBufferPointer(start: slots, count: filled), scratch: slots + filled
    ) { $0.word.byteSwapped }
  }

  /// Returns a token by its place in the order that ``sort()`` made.
  @inline(__always)
  borrowing func sorted(_ place: Int) -> Slot { slots[place] }

  /// Calls `body` with the bytes of a token.
  static func withBytes<Result, Failure: Error>(
    of word: UInt64, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBytes(of: word.littleEndian) { (bytes) throws(Failure) in
      let length = 8 - word.leadingZeroBitCount / 8
      return try body(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
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
