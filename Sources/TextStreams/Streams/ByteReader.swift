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

  /// The most bytes that the first stage is given at once.
  private static let piece = 65_536

  private let file: InputFile
  private let stages: [any ByteStage]
  private let expandsGzip: Bool
  /// Whether it is known what the bytes of the file have to pass; nothing is read before.
  private var hasBegun: Bool
  /// What the bytes of the file pass, if they pass anything.
  private var chain: StageChain?
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var start = 0
  private var end = 0
  /// How many bytes behind ``unread`` have still to pass the stages.
  private var heldCount = 0

  /// Creates a reader with an empty buffer.
  ///
  /// - Parameters:
  ///   - file: What to read.
  ///   - capacity: The buffer's first size in bytes, and the size of most reads.
  ///   - stages: What the bytes of the file pass before they are read, the first first.
  ///   - expandsGzip: Whether a file that begins as gzip's do is expanded, before all stages.
  package init(
    _ file: consuming InputFile, capacity: Int = 262_144, stages: [any ByteStage] = [],
    expandsGzip: Bool = false
  ) {
    self.file = file
    self.capacity = max(capacity, 16)
    self.stages = stages
    self.expandsGzip = expandsGzip
    hasBegun = stages.isEmpty && !expandsGzip
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
  /// - Throws: ``StreamError`` with the problem `unreadable`, or what ``beforeBlocking`` or a stage
  ///   throws.
  package mutating func fill(toAtLeast count: Int) throws(StreamError) -> Bool {
    while end - start < count {
      guard try fill() else { return false }
    }
    return true
  }

  /// Reads more, once, or as often as the stages need to let something through.
  ///
  /// - Returns: `false` at the end of the stream.
  /// - Throws: What ``fill(toAtLeast:)`` throws.
  package mutating func fill() throws(StreamError) -> Bool {
    guard !isAtEnd else { return false }
    guard hasBegun else { return try begin() }
    if let chain { return try fill(through: chain) }
    makeRoom()
    let count = try readOnce(atMost: capacity - end)
    end += count
    isAtEnd = count == 0
    return !isAtEnd
  }

  /// Looks at the first bytes of the file, and puts up the stages that they have to pass.
  private mutating func begin() throws(StreamError) -> Bool {
    repeat {
      makeRoom()
      let count = try readOnce(atMost: capacity - end)
      end += count
      isAtEnd = count == 0
    } while !isAtEnd && expandsGzip && GzipExpansion.mayBegin(unread)
    hasBegun = true
    let isGzip = expandsGzip && GzipExpansion.begins(unread)
    let needed: [any ByteStage] = isGzip ? [GzipExpansion(name: name)] + stages : stages
    guard !needed.isEmpty else { return end > start }
    let chain = StageChain(needed)
    self.chain = chain
    heldCount = end - start
    end = start
    offerHeld(to: chain, isEnd: isAtEnd)
    isAtEnd = false
    return end > start ? true : try fill(through: chain)
  }

  private mutating func fill(through chain: StageChain) throws(StreamError) -> Bool {
    while true {
      // What comes out goes to where the held bytes lie, so these go first.
      switch heldCount > 0 ? .wantsInput : try chain.advance() {
      case .output:
        makeRoom(for: chain.output.count)
        chain.output.withUnsafeBytes { bytes in
          guard let source = bytes.baseAddress else { return }
          (base + end).copyMemory(from: source, byteCount: bytes.count)
        }
        end += chain.output.count
        chain.output.removeAll(keepingCapacity: true)
        return true
      case .finished:
        isAtEnd = true
        return false
      case .wantsInput:
        makeRoom()
        let before = end
        let count = try readOnce(atMost: min(capacity - end - heldCount, Self.piece))
        heldCount += count
        offerHeld(to: chain, isEnd: count == 0)
        if end > before { return true }
      }
    }
  }

  /// Shows held bytes to the stages: what they leave as it is becomes unread where it lies.
  private mutating func offerHeld(to chain: StageChain, isEnd: Bool) {
    let passed = chain.pass(UnsafeRawBufferPointer(start: base + end, count: heldCount))
    end += passed.count
    heldCount -= passed.count
    if isEnd || !passed.wantsMore {
      chain.receive(UnsafeRawBufferPointer(start: base + end, count: heldCount))
      heldCount = 0
    }
    if isEnd { chain.endInput() }
  }

  /// Reads bytes of the file behind those in the buffer, and leaves it to the caller to count them.
  ///
  /// - Parameter room: The most bytes to read.
  /// - Returns: How many bytes there are, 0 at the end of the file.
  /// - Throws: ``StreamError`` with the problem `unreadable`, or what ``beforeBlocking`` throws.
  private func readOnce(atMost room: Int) throws(StreamError) -> Int {
    try flushIfReadWouldBlock()
    while true {
      let count = read(file.descriptor, base + end + heldCount, room)
      if count >= 0 { return count }
      let failure = errno
      if failure == EAGAIN {
        wait(for: file.descriptor, events: POLLIN)
      } else if failure != EINTR {
        throw StreamError(stream: name, problem: .unreadable(errno: failure))
      }
    }
  }

  /// Moves the bytes not consumed to the front of the buffer, and enlarges it when they fill it.
  ///
  /// - Parameter count: How many bytes there has to be room for behind them.
  private mutating func makeRoom(for count: Int = 1) {
    let keptCount = end + heldCount - start
    var needed = capacity
    while keptCount * 2 > needed || needed - keptCount < count { needed *= 2 }
    if needed > capacity {
      let larger = UnsafeMutableRawPointer.allocate(byteCount: needed, alignment: 64)
      larger.copyMemory(from: base + start, byteCount: keptCount)
      base.deallocate()
      base = larger
      capacity = needed
    } else if start > 0 {
      memmove(base, base + start, keptCount)
    }
    end -= start
    start = 0
  }

  private func flushIfReadWouldBlock() throws(StreamError) {
    if let beforeBlocking, !isReadable(file.descriptor) { try beforeBlocking() }
  }
}
