internal import Glibc

/// Counts the most frequent tokens of a ``ShortTokenTable`` in less memory than all of them take.
///
/// A token has one slot, which the most frequent of those that share it holds. Nine in ten tokens of
/// a text are found there, in memory that stays in a core's own cache, and without a branch that
/// could be mispredicted; the others are left to the table, which most often waits for memory.
struct FrequentTokens: ~Copyable {
  private typealias Slot = ShortTokenTable.Slot

  private static let logarithm: UInt64 = 13

  private let slots = ShortTokenTable.freeSlots(1 << Int(logarithm))

  deinit { slots.deallocate() }

  /// Counts a token if it is here.
  ///
  /// - Parameter word: The token as ``ShortTokenTable`` has it.
  /// - Returns: 0 if it is here, else 1.
  @inline(__always)
  borrowing func add(_ word: UInt64) -> Int {
    let slot = slots + ShortTokenTable.hash(word, 64 - Self.logarithm)
    let isHere = slot.pointee.word == word
    slot.pointee.count &+= isHere ? 1 : 0
    return isHere ? 0 : 1
  }

  /// Hands what was counted over to the table that has all tokens.
  borrowing func empty(into table: borrowing ShortTokenTable) {
    for index in 0..<1 << Int(Self.logarithm) where slots[index].word != 0 {
      table.addKnown(slots[index].word, times: slots[index].count)
      slots[index].count = 0
    }
  }

  /// Forgets all tokens.
  borrowing func removeAll() {
    memset(slots, 0, (1 << Int(Self.logarithm)) * MemoryLayout<Slot>.stride)
  }

  /// Takes in the tokens that are the most frequent so far.
  borrowing func refill(from table: borrowing ShortTokenTable) {
    empty(into: table)
    table.forEachSlot { slot in
      let place = slots + ShortTokenTable.hash(slot.word, 64 - Self.logarithm)
      if place.pointee.word == slot.word || place.pointee.count < slot.count {
        place.pointee = slot
      }
    }
    for index in 0..<1 << Int(Self.logarithm) { slots[index].count = 0 }
  }
}
