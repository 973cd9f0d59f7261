/// Philox4x32-10, a generator whose every block of words can be had without those before it.
///
/// A seed (the key) and a stream number name a sequence; block k of it is four 32-bit words, a
/// function of key, stream and k alone. Work split over threads therefore draws the same numbers
/// however it is split. As a `RandomNumberGenerator` it hands out its blocks in order, two words
/// to a 64-bit number, the lower word first.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
package struct Philox: RandomNumberGenerator, Sendable {
  package let key: UInt64
  package let stream: UInt64
  private var nextBlock: UInt64 = 0
  private var spare: UInt64?

  /// Names a sequence; streams of one key are independent of one another.
  package init(key: UInt64, stream: UInt64 = 0) {
    self.key = key
    self.stream = stream
  }

  package mutating func next() -> UInt64 {
    if let number = spare {
      spare = nil
      return number
    }
    let words = block(nextBlock)
    nextBlock += 1
    spare = UInt64(words[2]) | UInt64(words[3]) << 32
    return UInt64(words[0]) | UInt64(words[1]) << 32
  }

  /// Returns the four words of one block.
  package func block(_ number: UInt64) -> SIMD4<UInt32> {
    var counter = SIMD4<UInt32>(
      UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32),
      UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
    var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    for _ in 0..<10 {
      let a = 0xD251_1F53 * UInt64(counter[0])
      let b = 0xCD9E_8D57 * UInt64(counter[2])
      counter = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ counter[1] ^ k0, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ counter[3] ^ k1, UInt32(truncatingIfNeeded: a))
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return counter
  }

  /// Returns a number from [0, 1), all 53 bits of it random.
  package mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
