/// Bytes that are written in place; clearing it keeps the memory.
struct ByteBuffer: Sendable {
  private var storage: [UInt8] = []
  /// How many bytes have been written.
  private(set) var count = 0

  mutating func removeAll() { count = 0 }

  /// Appends what `body` writes.
  ///
  /// - Parameters:
  ///   - capacity: The most bytes that `body` writes.
  ///   - body: Fills memory from its start and returns how many bytes it wrote.
  mutating func append(atMost capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    if storage.count < count + capacity { grow(to: max(count + capacity, 2 * storage.count)) }
    let start = count
    count += storage.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      let written = body(base + start)
      precondition(written <= capacity, "wrote \(written) bytes where \(capacity) were announced")
      return written
    }
  }

  private mutating func grow(to capacity: Int) {
    var larger = [UInt8](repeating: 0, count: capacity)
    larger.withUnsafeMutableBytes { larger in
      storage.withUnsafeBytes {
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
    }
    storage = larger
  }

  /// Appends one byte.
  mutating func append(_ byte: UInt8) {
    append(atMost: 1) { memory in
      memory.pointee = byte
      return 1
    }
  }

  /// Calls `body` with what has been written.
  func withUnsafeBytes<Failure>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try storage.withUnsafeBufferPointer { bytes throws(Failure) in
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<count])))
    }
  }
}
