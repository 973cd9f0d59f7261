internal import Glibc
internal import TextStreams

/// Cuts bytes at line feeds, and takes the blanks off the lines.
///
/// What it makes of a text does not depend on how the bytes arrive. Its memory is that of one line,
/// or of ``longest`` bytes of a longer one, which comes in pieces.
struct LineSplitter {
  /// Lines of more bytes than these come in pieces.
  static let longest = 65_536

  /// How many characters that cannot be seen were left out.
  private(set) var invisibleCount = 0

  private let keepsBlanks: Bool
  private let longest: Int
  private var buffer: [UInt8] = []
  private var number = 1
  private var isInLine = false

  /// Creates a splitter for a document.
  ///
  /// - Parameters:
  ///   - keepsBlanks: Whether a line keeps its blanks beside it, and all of its characters.
  ///   - longest: Lines of more bytes come in pieces, at least 4.
  init(keepsBlanks: Bool, longest: Int = LineSplitter.longest) {
    precondition(longest >= 4, "a piece of \(longest) bytes may not hold a scalar")
    self.keepsBlanks = keepsBlanks
    self.longest = longest
  }

  /// Appends the lines that end in some bytes.
  ///
  /// - Parameters:
  ///   - input: The bytes that follow those before.
  ///   - isEnd: Whether no more follow, so that what is left is the last line.
  ///   - lines: Where to append.
  mutating func split(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into lines: inout [SourceLine]
  ) {
    var rest = input
    while let start = rest.baseAddress, !rest.isEmpty {
      let found = memchr(start, 0x0A, rest.count).map { UnsafeRawPointer($0) - start }
      take(UnsafeRawBufferPointer(rebasing: rest[..<(found ?? rest.count)]), into: &lines)
      guard let found else { break }
      endLine(inLineFeed: true, into: &lines)
      rest = UnsafeRawBufferPointer(rebasing: rest[(found + 1)...])
    }
    if isEnd, !buffer.isEmpty || isInLine { endLine(inLineFeed: false, into: &lines) }
  }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, into lines: inout [SourceLine]
  ) {
    var rest = bytes
    while buffer.count + rest.count > longest {
      let room = longest - buffer.count
      buffer.append(contentsOf: rest[..<room])
      rest = UnsafeRawBufferPointer(rebasing: rest[room...])
      cutPiece(into: &lines)
    }
    buffer.append(contentsOf: rest)
  }

  /// Gives out what a full buffer holds, but for what may belong to the bytes behind it.
  private mutating func cutPiece(into lines: inout [SourceLine]) {
    let end = buffer.withUnsafeBytes { bytes in
      let whole = bytes.count - incompleteTail(of: bytes)
      if keepsBlanks { return whole }
      return whole - Blanks.trailing(in: UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
    }
    guard end > 0 else {
      // So many blanks are no part of a text.
      let tail = buffer.withUnsafeBytes { incompleteTail(of: $0) }
      buffer.removeFirst(buffer.count - tail)
      return
    }
    let piece = Array(buffer[..<end])
    buffer.removeFirst(end)
    append(piece, goesOn: true, endsInLineFeed: false, to: &lines)
    isInLine = true
  }

  private mutating func endLine(inLineFeed: Bool, into lines: inout [SourceLine]) {
    append(buffer, goesOn: false, endsInLineFeed: inLineFeed, to: &lines)
    buffer.removeAll(keepingCapacity: true)
    isInLine = false
    number += 1
  }

  /// Appends a line or a piece; carriage returns inside of it end lines too.
  private mutating func append(
    _ bytes: [UInt8], goesOn: Bool, endsInLineFeed: Bool, to lines: inout [SourceLine]
  ) {
    var line = SourceLine(number: number, text: [])
    line.isContinued = isInLine
    if keepsBlanks {
      line.goesOn = goesOn
      line.endsInLineFeed = endsInLineFeed
      lines.append(withBlanksApart(bytes, line))
      return
    }
    let end = goesOn ? bytes.count : bytes.count - bytes.withUnsafeBytes(Blanks.trailing)
    let parts = bytes[..<end].split(separator: 0x0D, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      line.goesOn = goesOn && isLast
      line.endsInLineFeed = endsInLineFeed || !isLast
      lines.append(withoutBlanks(part, line))
      line.isContinued = false
    }
  }

  private func withBlanksApart(_ bytes: [UInt8], _ empty: SourceLine) -> SourceLine {
    var line = empty
    bytes.withUnsafeBytes { bytes in
      let lead = Blanks.leading(in: bytes)
      let rest = UnsafeRawBufferPointer(rebasing: bytes[lead.length...])
      let trail = Blanks.trailing(in: rest)
      line.lead = Array(bytes[..<lead.length])
      line.indent = lead.columns
      line.text = Array(rest[..<(rest.count - trail)])
      line.trail = Array(rest[(rest.count - trail)...])
    }
    if line.text.isEmpty, !line.isPiece { line.fate = .blank }
    return line
  }

  private mutating func withoutBlanks(
    _ bytes: ArraySlice<UInt8>, _ empty: SourceLine
  ) -> SourceLine {
    var line = empty
    var visible: [UInt8] = []
    invisibleCount += bytes.withUnsafeBytes { Blanks.appendVisible($0, to: &visible) }
    visible.withUnsafeBytes { bytes in
      let lead = line.isContinued ? (length: 0, columns: 0) : Blanks.leading(in: bytes)
      let rest = UnsafeRawBufferPointer(rebasing: bytes[lead.length...])
      line.indent = lead.columns
      line.text = Array(rest[..<(rest.count - (line.goesOn ? 0 : Blanks.trailing(in: rest)))])
    }
    if line.text.isEmpty, !line.isPiece { line.fate = .blank }
    return line
  }
}
