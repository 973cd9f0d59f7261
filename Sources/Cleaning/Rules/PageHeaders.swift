internal import TextStreams

/// The headers and footers that pages of paper have, such as the book's title with a growing number.
///
/// There has to be evidence: the same words with growing numbers, some of them in the middle of a
/// sentence; or the same words beside the numbers of pages. Three times are enough.
struct PageHeaders {
  /// What is known of words with a number before or behind them.
  private struct Evidence {
    var count = 0
    var lastNumber = Int.min
    /// Which line of the text had it last; a page has several.
    var lastLine = -PageHeaders.shortestPage
    var isGrowing = true
    /// How often the text before goes on behind it.
    var interruptions = 0
  }

  private struct Candidate {
    var words: [UInt8]
    var number: Int
  }

  private static let fewest = 3
  /// In lines, the header counted.
  private static let shortestPage = 3
  private static let mostBytes = 120
  private static let mostKinds = 16_384

  /// The words of headers with a number, and the number last seen.
  private var numbered: [[UInt8]: Int] = [:]
  /// Headers beside the number of their page.
  private var plain = Set<[UInt8]>()

  /// Looks for headers in the front of a document.
  mutating func learn(from lines: [SourceLine]) {
    learnNumbered(from: lines)
    learnPlain(from: lines)
  }

  /// Returns whether a line is a header; the lines of a document are asked about in their order.
  mutating func isHeader(_ line: SourceLine) -> Bool {
    guard line.fate == .text, !line.isPiece, line.text.count <= Self.mostBytes else { return false }
    if plain.contains(line.text) { return true }
    guard !numbered.isEmpty, let candidate = Self.candidate(line.text),
      let last = numbered[candidate.words], candidate.number > last
    else { return false }
    numbered[candidate.words] = candidate.number
    return true
  }

  private mutating func learnNumbered(from lines: [SourceLine]) {
    var found: [[UInt8]: Evidence] = [:]
    var before: SourceLine?
    for (index, line) in lines.filter(\.isVisible).enumerated() {
      defer { before = line }
      guard line.fate == .text, !line.isPiece, let candidate = Self.candidate(line.text),
        found[candidate.words] != nil || found.count < Self.mostKinds
      else { continue }
      var evidence = found[candidate.words] ?? Evidence()
      evidence.count += 1
      let isPage = index - evidence.lastLine >= Self.shortestPage
      if candidate.number <= evidence.lastNumber || !isPage { evidence.isGrowing = false }
      (evidence.lastNumber, evidence.lastLine) = (candidate.number, index)
      if let before, before.fate == .text, LineEnd(of: before.text) != .sentence {
        evidence.interruptions += 1
      }
      found[candidate.words] = evidence
    }
    for (words, evidence) in found
    where evidence.count >= Self.fewest && evidence.isGrowing
      && evidence.interruptions * 3 >= evidence.count
    {
      numbered[words] = Int.min
    }
  }

  private mutating func learnPlain(from lines: [SourceLine]) {
    let shown = lines.filter { $0.isVisible || $0.fate == .dropped(.pageNumber) }
    var counts: [[UInt8]: Int] = [:]
    for (index, line) in shown.enumerated() where line.fate == .dropped(.pageNumber) {
      for neighbour in [index - 1, index + 1] where shown.indices.contains(neighbour) {
        let line = shown[neighbour]
        guard line.fate == .text, !line.isPiece, line.text.count <= Self.mostBytes,
          LineEnd(of: line.text) != .sentence
        else { continue }
        counts[line.text, default: 0] += 1
      }
    }
    plain = Set(counts.filter { $0.value >= Self.fewest }.keys)
  }

  /// The words and the number of what may be a header.
  private static func candidate(_ text: [UInt8]) -> Candidate? {
    guard text.count <= mostBytes else { return nil }
    let front = text.prefix(while: isDigit)
    let back = text.reversed().prefix(while: isDigit).count
    guard front.isEmpty != (back == 0) else { return nil }
    let digits = front.isEmpty ? text.suffix(back) : front
    let rest = Blanks.trimmed(
      Array(front.isEmpty ? text.dropLast(back) : text.dropFirst(front.count)))
    guard digits.count <= 5, rest.count >= 2, !rest.contains(where: isDigit),
      let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    // Before and behind are two kinds of headers, for left and right pages.
    return Candidate(words: [front.isEmpty ? 1 : 0] + rest, number: number)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
