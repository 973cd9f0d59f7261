/// A token and the word that a table finds it by.
struct TokenKey {
  let bytes: UnsafeRawBufferPointer
  /// The bytes themselves, zeros behind them, where there are at most 8; else a hash of them.
  let word: UInt64

  /// Creates a key whose word is known.
  init(bytes: UnsafeRawBufferPointer, word: UInt64) {
    self.bytes = bytes
    self.word = word
  }

  /// Creates a key for any bytes.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    var hash = WordHash()
    var index = 0
    while bytes.count > 8, bytes.count - index >= 8 {
      hash.add(
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index += 8
    }
    var rest: UInt64 = 0
    if bytes.count > 8 {
      let last = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      // A shift by 64 gives 0, as no byte is left then.
      rest = UInt64(littleEndian: last) >> UInt64(64 - 8 * (bytes.count - index))
    } else {
      for (offset, byte) in bytes.enumerated() { rest |= UInt64(byte) << UInt64(offset * 8) }
    }
    word = bytes.count <= 8 ? rest : hash.finished(with: rest)
  }

  /// Returns the first 8 bytes, zeros behind them where there are fewer, as a number that is less
  /// the earlier they sort.
  static func front(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    TokenKey(UnsafeRawBufferPointer(rebasing: bytes.prefix(8))).word.byteSwapped
  }
}

/// A hash over words of eight bytes: xor, multiply to 128 bits, fold.
struct WordHash {
  private var state: UInt64 = 0x2545_F491_4F6C_DD1D

  @inline(__always)
  mutating func add(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    state = product.high ^ product.low &+ 0x6A09_E667_F3BC_C909
  }

  @inline(__always)
  func finished(with word: UInt64) -> UInt64 {
    var copy = self
    copy.add(word)
    return copy.state
  }
}
