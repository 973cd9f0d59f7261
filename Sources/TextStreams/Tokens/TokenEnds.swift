/// The ends of the tokens of a piece of token lines, found eight bytes at a time.
///
/// Nothing depends on where they are by a branch, so nothing can be mispredicted: which of eight
/// bytes are ends is one number, by which a table has their places.
struct TokenEnds: ~Copyable {
  /// The most bytes of a piece, a multiple of ``step``.
  static let pieceSize = 4096
  /// How many bytes are looked at together.
  static let step = 8

  /// Places in a piece.
  private typealias Places = SIMD8<UInt16>

  /// The places of the bytes up to 0x20, ascending.
  let offsets: UnsafeMutablePointer<UInt16>
  /// How many there are.
  private(set) var count = 0

  /// For each byte the numbers of its bits that are set, ascending, and how many they are.
  private let bitPlaces: UnsafeMutablePointer<Places>
  private let bitCounts: UnsafeMutablePointer<UInt8>

  init() {
    offsets = .allocate(capacity: Self.pieceSize + Self.step)
    bitPlaces = .allocate(capacity: 256)
    bitCounts = .allocate(capacity: 256)
    for byte in 0..<256 {
      var places = Places()
      var count = 0
      for bit in 0..<8 where byte >> bit & 1 != 0 {
        places[count] = UInt16(bit)
        count += 1
      }
      (bitPlaces + byte).initialize(to: places)
      (bitCounts + byte).initialize(to: UInt8(count))
    }
  }

  deinit {
    offsets.deallocate()
    bitPlaces.deallocate()
    bitCounts.deallocate()
  }

  /// Finds the ends in a piece.
  ///
  /// - Parameters:
  ///   - piece: Its first byte.
  ///   - length: How many bytes it has, a multiple of ``step``.
  mutating func find(in piece: UnsafeRawPointer, _ length: Int) {
    var count = 0
    for start in stride(from: 0, to: length, by: Self.step) {
      let bytes = piece.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
      let ends = Int(truncatingIfNeeded: Self.separators(bytes))
      let places = bitPlaces[ends] &+ Places(repeating: UInt16(truncatingIfNeeded: start))
      // What is behind the last of them is written over by the next step.
      UnsafeMutableRawPointer(offsets + count).storeBytes(of: places, as: Places.self)
      count &+= Int(bitCounts[ends])
    }
    self.count = count
  }

  /// Sets bit `n` if byte `n` of a little-endian word is up to 0x20.
  @inline(__always)
  private static func separators(_ bytes: UInt64) -> UInt64 {
    // The addition carries into the highest bit of a byte and not beyond it.
    let isHigher = (bytes & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x5F5F_5F5F_5F5F_5F5F | bytes
    // The multiplication moves bit 8 n + 7 to bit 56 + n, and no two bits to the same place.
    return ((~isHigher & 0x8080_8080_8080_8080) &* 0x0002_0408_1020_4081) >> 56
  }
}
