package import TextStreams

/// Makes of a novel as it is found on the net the lines of its paragraphs.
///
/// A stage for one document, which takes UTF-8 and gives UTF-8; bytes that are not valid pass. Its
/// memory is bounded: of the front ``FrontRule/mostBytes`` bytes are kept until they are understood, of
/// the rest some lines.
package final class NovelCleaner: ByteStage {
  /// How many bytes are looked at together, at most.
  private static let batch = 16_384

  private let name: String
  private let log: DropLog?
  private let unwraps: Bool
  private var splitter: LineSplitter
  private var rules: [any LineRule]
  private var composer: ParagraphComposer
  private var counts: [DropReason: Int] = [:]

  /// Creates the stage for a document.
  ///
  /// - Parameters:
  ///   - name: The document's name in the log.
  ///   - cleans: Whether all is left out that is no text, and blanks are.
  ///   - unwraps: Whether hard-wrapped lines are joined.
  ///   - log: Where to list what is left out.
  package convenience init(name: String, cleans: Bool, unwraps: Bool, log: DropLog? = nil) {
    self.init(
      name: name, cleans: cleans, unwraps: unwraps, log: log, longest: LineSplitter.longest,
      front: FrontRule.mostBytes)
  }

  /// Creates the stage for a document.
  ///
  /// - Parameters:
  ///   - name: The document's name in the log.
  ///   - cleans: Whether all is left out that is no text, and blanks are.
  ///   - unwraps: Whether hard-wrapped lines are joined.
  ///   - log: Where to list what is left out.
  ///   - longest: Lines of more bytes come in pieces.
  ///   - front: How many bytes the front of the document has.
  init(
    name: String, cleans: Bool, unwraps: Bool, log: DropLog?, longest: Int, front: Int
  ) {
    self.name = name
    self.log = log
    self.unwraps = unwraps
    splitter = LineSplitter(keepsBlanks: !cleans, longest: longest)
    composer = ParagraphComposer(cleans: cleans)
    rules = []
    if cleans {
      let (headings, notices) = (HeadingReader(), NoticeReader())
      rules = [
        BoxRule(headings: headings, notices: notices),
        LineSorter(headings: headings, notices: notices), ContentsRule(),
        FrontRule(mostBytes: front), BlankRule(),
      ]
    }
    if unwraps { rules.append(UnwrapRule()) }
  }

  package func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    var start = 0
    // Some at a time, as a line feed is a byte here and much more as a line.
    while input.count - start > Self.batch {
      let batch = UnsafeRawBufferPointer(rebasing: input[start..<(start + Self.batch)])
      try take(batch, isEnd: false, into: &output)
      start += Self.batch
    }
    try take(UnsafeRawBufferPointer(rebasing: input[start...]), isEnd: isEnd, into: &output)
    return input.count
  }

  private func take(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) {
    var lines: [SourceLine] = []
    splitter.split(input, isEnd: isEnd, into: &lines)
    for index in rules.indices {
      var ready: [SourceLine] = []
      for line in lines { rules[index].take(line, into: &ready) }
      if isEnd { rules[index].finish(into: &ready) }
      lines = ready
    }
    for line in lines { composer.take(line, into: &output) }
    if isEnd { composer.finish(into: &output) }
    try logOmissions()
  }

  private func logOmissions() throws(StreamError) {
    for omission in composer.omissions {
      counts[omission.reason, default: 0] += 1
      try log?.write(omission.text, reason: omission.reason, file: name, line: omission.line)
    }
    composer.omissions.removeAll(keepingCapacity: true)
  }

  /// What was done to the document, ready for diagnostics, at its end.
  package var reports: [String] {
    var reports: [String] = []
    let lines = DropReason.allCases.filter { $0 != .clause && counts[$0] != nil }
    var parts: [String] = []
    if !lines.isEmpty {
      let total = lines.reduce(0) { $0 + (counts[$1] ?? 0) }
      let list = lines.map { counted(counts[$0] ?? 0, $0.noun, plural: $0.plural) }
      parts.append(
        "dropped \(counted(total, "line")): \(list.joined(separator: ", "))")
    }
    if let clauses = counts[.clause] {
      parts.append("removed \(counted(clauses, "clause"))")
    }
    if splitter.invisibleCount > 0 {
      let count = splitter.invisibleCount
      parts.append(
        "removed \(counted(count, "invisible character"))")
    }
    if !parts.isEmpty { reports.append(parts.joined(separator: "; ")) }
    if unwraps { reports.append(unwrapReport) }
    return reports
  }

  private var unwrapReport: String {
    guard composer.joinedCount > 0 else { return "not hard-wrapped, no lines joined" }
    let lines = composer.joinedCount + composer.paragraphCount
    let paragraphs = counted(composer.paragraphCount, "paragraph")
    return "joined \(counted(lines, "hard-wrapped line")) to \(paragraphs)"
  }
}
