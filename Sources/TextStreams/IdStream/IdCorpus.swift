internal import Glibc

/// A whole id stream, checked from end to end before it can be used.
///
/// A regular file is used in place, anything else is read into memory. The file must not be changed
/// while it is in use; tools replace files by renaming, which does no harm.
package final class IdCorpus: Sendable {
  package let name: String
  package let vocabulary: Vocabulary
  package let totals: IdStreamTotals
  /// The numbers of the lines of each document.
  package let documents: [Range<Int>]

  private let memory: StreamMemory
  /// Lines that span blocks, put together.
  ///
  /// Safe, as ``lines``: written before the object is shared, then only read, freed by `deinit`.
  nonisolated(unsafe) private let gathered: [UnsafeMutableBufferPointer<UInt32>]
  nonisolated(unsafe) private let lines: [UnsafeBufferPointer<UInt32>]

  /// Reads and checks a stream.
  ///
  /// - Parameter file: What to read; nothing may follow the stream.
  /// - Throws: ``StreamError`` if this is no id stream, or it is damaged or cut off anywhere.
  package convenience init(_ file: consuming InputFile) throws(StreamError) {
    let name = file.name
    try self.init(StreamMemory(file), name: name)
  }

  /// Checks a stream in memory.
  private init(_ memory: StreamMemory, name: String) throws(StreamError) {
    var parser = IdStreamParser(name: name)
    var index = LineIndex()
    defer { index.discard() }
    try parser.parseMagic(memory.bytes)
    while parser.offset < memory.bytes.count || !parser.hasEnded {
      let rest = UnsafeRawBufferPointer(rebasing: memory.bytes[parser.offset...])
      let header = try parser.parseHeader(rest)
      let payload = rest.dropFirst(IdStreamFormat.blockHeaderLength).prefix(header.payloadLength)
      switch try parser.parse(header, UnsafeRawBufferPointer(rebasing: payload)) {
      case .document?: index.beginDocument()
      case .sentences(let block)?: index.add(block)
      case nil: break
      }
    }
    guard let vocabulary = parser.vocabulary else {
      preconditionFailure("the first block is the head, or refused")
    }
    self.name = name
    self.vocabulary = vocabulary
    self.memory = memory
    totals = parser.totals
    documents = index.documents()
    lines = index.lines
    gathered = index.takeGathered()
  }

  deinit {
    gathered.forEach { $0.deallocate() }
  }

  /// How many lines there are.
  package var lineCount: Int { lines.count }

  /// Returns the ids of a line, valid as long as the corpus lives.
  ///
  /// - Parameter number: Below ``lineCount``.
  /// - Returns: The ids; none for a paragraph's end.
  package func line(_ number: Int) -> UnsafeBufferPointer<UInt32> { lines[number] }
}

/// Where lines and documents are, as blocks come in.
private struct LineIndex {
  private(set) var lines: [UnsafeBufferPointer<UInt32>] = []
  private var documentStarts: [Int] = []
  private var gathered: [UnsafeMutableBufferPointer<UInt32>] = []
  /// The line that goes on in the next block.
  private var open: [UInt32] = []

  mutating func beginDocument() { documentStarts.append(lines.count) }

  mutating func add(_ block: IdBlock) {
    var start = 0
    for (number, length) in block.lengths.enumerated() {
      let ids = UnsafeBufferPointer(rebasing: block.ids[start..<start + Int(length)])
      start += Int(length)
      let isLast = number == block.lengths.count - 1
      if number == 0, block.continuesPrevious {
        open.append(contentsOf: ids)
        if !(isLast && block.isContinued) { closeLine() }
      } else if isLast, block.isContinued {
        open.append(contentsOf: ids)
      } else {
        lines.append(ids)
      }
    }
  }

  func documents() -> [Range<Int>] {
    zip(documentStarts, documentStarts.dropFirst() + [lines.count]).map { $0..<$1 }
  }

  /// Hands over the lines that were put together.
  mutating func takeGathered() -> [UnsafeMutableBufferPointer<UInt32>] {
    defer { gathered = [] }
    return gathered
  }

  /// Frees them, on the way out of an error.
  func discard() { gathered.forEach { $0.deallocate() } }

  private mutating func closeLine() {
    let line = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: open.count)
    _ = line.initialize(from: open)
    gathered.append(line)
    lines.append(UnsafeBufferPointer(line))
    open.removeAll()
  }
}

/// The bytes of a whole stream: mapped, or read into memory.
private final class StreamMemory: Sendable {
  /// Safe: never written after the object is made, freed by `deinit`.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  init(_ file: consuming InputFile) throws(StreamError) {
    if let mapped = Self.map(file.descriptor) {
      bytes = mapped
      isMapped = true
      return
    }
    var reader = ByteReader(file, capacity: 1 << 20)
    while try reader.fill() {}
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: reader.unread.count, alignment: 64)
    copy.copyMemory(from: reader.unread)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  /// Maps a regular file that is read from its start.
  private static func map(_ descriptor: CInt) -> UnsafeRawBufferPointer? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > 0, lseek(descriptor, 0, SEEK_CUR) == 0
    else { return nil }
    let start = mmap(nil, status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let start, start != MAP_FAILED else { return nil }
    return UnsafeRawBufferPointer(start: start, count: status.st_size)
  }
}
