/// What the loop over the tokens of a piece looks up where it would have to compute or to branch.
struct PieceTables {
  /// More than all the lines of a piece, so that a sum of values shows whether one is this.
  static let wrongSeparator: UInt64 = 1 << 32

  private let table: UnsafeMutablePointer<UInt64>

  init() {
    table = .allocate(capacity: 0x21 + 9)
    table.initialize(repeating: Self.wrongSeparator, count: 0x21)
    table[0x20] = 0
    table[0x0A] = 1
    for length in 0...8 { table[0x21 + length] = length == 0 ? 0 : .max >> UInt64(64 - 8 * length) }
  }

  func deallocate() { table.deallocate() }

  /// 1 for a line feed, 0 for a space, ``wrongSeparator`` for any other byte up to 0x20.
  @inline(__always)
  func value(ofSeparator byte: UInt8) -> UInt64 { table[Int(byte)] }

  /// The bits of the first bytes of a little-endian number, of which there are up to 8.
  @inline(__always)
  func mask(forLength length: Int) -> UInt64 { table[0x21 &+ length] }
}
