/// Holds the front of a document until it is known what belongs to the text.
///
/// What a site's template puts before the text goes where the template proves itself: its title or its
/// "about this book" comes first, and a line that says that the text begins ends it. Headers of pages
/// go from where they first were.
struct FrontRule: LineRule {
  /// The front has so many bytes or lines.
  static let mostBytes = 262_144
  private static let mostLines = 8_192
  /// What stands before the text is among the first lines.
  private static let longestMatter = 200

  private let mostBytes: Int
  private var held: [SourceLine] = []
  private var heldBytes = 0
  private var isOpen = true
  private var hasEnded = false
  private var headers = PageHeaders()

  init(mostBytes: Int = FrontRule.mostBytes) { self.mostBytes = mostBytes }

  mutating func take(_ line: SourceLine, into lines: inout [SourceLine]) {
    guard isOpen else {
      pass(line, into: &lines)
      return
    }
    held.append(line)
    heldBytes += line.text.count + 1
    if heldBytes >= mostBytes || held.count >= Self.mostLines { close(into: &lines) }
  }

  mutating func finish(into lines: inout [SourceLine]) {
    if isOpen { close(into: &lines) }
  }

  private mutating func close(into lines: inout [SourceLine]) {
    isOpen = false
    dropMatter()
    headers.learn(from: held)
    for line in held { pass(line, into: &lines) }
    held = []
  }

  private mutating func pass(_ line: SourceLine, into lines: inout [SourceLine]) {
    var line = line
    if hasEnded {
      line.dropIfVisible(.boilerplate)
    } else if headers.isHeader(line) {
      line.drop(.pageHeader)
    }
    if line.sign == .end { hasEnded = true }
    lines.append(line)
  }

  /// Drops what is before the text, if there is proof that it is.
  private mutating func dropMatter() {
    let sure = held.firstIndex { $0.sign == .sureStart }
    let front = held.prefix(Self.longestMatter)
    var end = sure
    if end == nil, let start = front.firstIndex(where: { $0.sign == .start }),
      front[..<start].contains(where: { $0.sign == .title || $0.sign == .introduction }),
      !front[..<start].contains(where: { $0.fate == .heading })
    {
      end = start
    }
    guard let end else { return }
    for index in 0..<end { held[index].dropIfVisible(.frontMatter) }
  }
}
