internal import Glibc

/// Reads a descriptor through a buffer that a caller looks into.
///
/// Nothing is copied out: ``unread`` is the buffer's own memory. The buffer holds at least what was
/// asked for with ``fill(toAtLeast:)``, so a caller decides how much memory its input may take.
package struct ByteReader: ~Copyable {
  /// The bytes read and not consumed, valid until the next mutating call.
  package var unread: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + start, count: end - start)
  }
  package var name: String { file.name }
  package var descriptor: Int32 { file.descriptor }
  /// How many bytes of the stream lie before ``unread``.
  package private(set) var offset = 0
  /// Whether all of the stream has been read into ``unread``.
  package private(set) var isAtEnd = false

  /// Called before a read that would block, so that a filter can flush what it has.
  package var beforeBlocking: (() throws(StreamError) -> Void)?

  private let file: InputFile
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var start = 0
  private var end = 0

  /// Creates a reader with an empty buffer.
  ///
  /// - Parameters:
  ///   - file: What to read.
  ///   - capacity: The buffer's first size in bytes, and the size of most reads.
  package init(_ file: consuming InputFile, capacity: Int = 262_144) {
    self.file = file
    self.capacity = max(capacity, 16)
    base = .allocate(byteCount: self.capacity, alignment: 64)
  }

  deinit { base.deallocate() }

  /// Drops bytes from the front of ``unread``.
  ///
  /// - Parameter count: How many, at most all.
  package mutating func consume(_ count: Int) {
    precondition(count >= 0 && count <= end - start, "cannot consume \(count) of \(end - start)")
    start += count
    offset += count
  }

  /// Reads until ``unread`` has `count` bytes or the stream ends.
  ///
  /// - Parameter count: How many bytes the caller wants to see at once.
  /// - Returns: Whether there are that many.
  /// - Throws: ``StreamError`` with the problem `unreadable`, or what ``beforeBlocking`` throws.
  package mutating func fill(toAtLeast count: Int) throws(StreamError) -> Bool {
    while end - start < count {
      guard try fill() else { return false }
    }
    return true
  }

  /// Reads more, once.
  ///
  /// - Returns: `false` at the end of the stream.
  /// - Throws: ``StreamError`` with the problem `unreadable`, or what ``beforeBlocking`` throws.
  package mutating func fill() throws(StreamError) -> Bool {
    guard !isAtEnd else { return false }
    makeRoom()
    try flushIfReadWouldBlock()
    while true {
      let count = read(file.descriptor, base + end, capacity - end)
      if count > 0 {
        end += count
        return true
      }
      if count == 0 {
        isAtEnd = true
        return false
      }
      let failure = errno
      if failure == EAGAIN {
        wait(for: file.descriptor, events: POLLIN)
      } else if failure != EINTR {
        throw StreamError(stream: name, problem: .unreadable(errno: failure))
      }
    }
  }

  /// Moves the unread bytes to the front of the buffer, and doubles it when they fill it.
  private mutating func makeRoom() {
    let unreadCount = end - start
    if unreadCount * 2 > capacity {
      let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * 2, alignment: 64)
      larger.copyMemory(from: base + start, byteCount: unreadCount)
      base.deallocate()
      base = larger
      capacity *= 2
    } else if start > 0 {
      memmove(base, base + start, unreadCount)
    }
    start = 0
    end = unreadCount
  }

  private func flushIfReadWouldBlock() throws(StreamError) {
    guard let beforeBlocking else { return }
    var request = pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&request, 1, 0) == 0 { try beforeBlocking() }
  }
}

/// Waits until a non-blocking descriptor is ready.
func wait(for descriptor: CInt, events: CInt) {
  var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
  _ = poll(&request, 1, -1)
}
