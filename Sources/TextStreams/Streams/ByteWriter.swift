internal import Glibc

/// Writes to a descriptor through a buffer.
///
/// A reference, because the reader of a filter flushes it before it waits for input.
package final class ByteWriter {
  package let name: String
  package let descriptor: Int32
  private let base: UnsafeMutableRawPointer
  private let capacity: Int
  private var count = 0
  private var hasFailed = false

  /// Creates a writer that borrows `descriptor`; the caller still closes it.
  ///
  /// - Parameters:
  ///   - descriptor: What to write to.
  ///   - name: The name in diagnostics.
  ///   - capacity: The buffer's size in bytes.
  package init(
    descriptor: Int32 = STDOUT_FILENO, name: String = "<stdout>", capacity: Int = 131_072
  ) {
    self.descriptor = descriptor
    self.name = name
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { base.deallocate() }

  /// Writes bytes.
  ///
  /// - Parameter bytes: Any number of them.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(StreamError) {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return }
    if bytes.count > capacity - count {
      try flush()
      if bytes.count >= capacity {
        try writeAll(start, bytes.count)
        return
      }
    }
    (base + count).copyMemory(from: start, byteCount: bytes.count)
    count += bytes.count
  }

  /// Writes bytes.
  ///
  /// - Parameter bytes: Any number of them.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func write(_ bytes: [UInt8]) throws(StreamError) {
    try write(bytes, bytes.indices)
  }

  /// Writes a part of an array.
  ///
  /// - Parameters:
  ///   - bytes: Any bytes.
  ///   - range: Which of them.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func write(_ bytes: [UInt8], _ range: Range<Int>) throws(StreamError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(StreamError) in
      try write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range])))
    }
  }

  /// Writes one byte.
  ///
  /// - Parameter byte: The byte.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func write(_ byte: UInt8) throws(StreamError) {
    if count == capacity { try flush() }
    base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  /// Writes a string as UTF-8.
  ///
  /// - Parameter text: The string.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func write(_ text: String) throws(StreamError) {
    try write(Array(text.utf8))
  }

  /// Hands what is buffered to the system.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func flush() throws(StreamError) {
    let pending = count
    count = 0
    try writeAll(base, pending)
  }

  /// Hands what is buffered to the system unless a write failed before; for the way out of an error.
  package func flushIfPossible() {
    if !hasFailed { try? flush() }
  }

  private func writeAll(_ start: UnsafeRawPointer, _ count: Int) throws(StreamError) {
    var written = 0
    while written < count {
      let result = Glibc.write(descriptor, start + written, count - written)
      if result >= 0 {
        written += result
        continue
      }
      let failure = errno
      if failure == EAGAIN {
        wait(for: descriptor, events: POLLOUT)
      } else if failure != EINTR {
        hasFailed = true
        throw StreamError(stream: name, problem: .unwritable(errno: failure))
      }
    }
  }
}
