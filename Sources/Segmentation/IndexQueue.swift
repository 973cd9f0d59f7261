internal import Glibc

/// Hands small numbers from threads to threads, in order, through a pipe.
///
/// Each number goes to one receiver: POSIX has short writes and reads of a pipe atomic.
struct IndexQueue: Sendable {
  private let readEnd: CInt
  private let writeEnd: CInt

  /// Opens a queue, or returns `nil` if too many files are open.
  init?() {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// Adds a number at the end.
  func send(_ index: UInt16) {
    withUnsafeBytes(of: index) { bytes in
      while write(writeEnd, bytes.baseAddress, bytes.count) < 0, errno == EINTR {}
    }
  }

  /// Waits for a number; `nil` once the queue is empty and nobody can add to it.
  func receive() -> UInt16? {
    var index: UInt16 = 0
    let count = withUnsafeMutableBytes(of: &index) { bytes in
      var count: Int
      repeat {
        count = read(readEnd, bytes.baseAddress, bytes.count)
      } while count < 0 && errno == EINTR
      return count
    }
    return count == MemoryLayout<UInt16>.size ? index : nil
  }

  /// Lets receivers know that there will be no more numbers.
  func finish() { close(writeEnd) }

  /// Frees the queue, which is finished and which nobody uses any more.
  func free() { close(readEnd) }
}
