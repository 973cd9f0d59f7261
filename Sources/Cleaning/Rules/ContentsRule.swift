/// Drops tables of contents.
///
/// Where headings follow each other with no text between and the first of them comes again, all before
/// that are a table of contents; so are headings under the word "contents".
struct ContentsRule: LineRule {
  /// Fewer headings are no table.
  private static let fewest = 5
  private static let mostLines = 30_000
  private static let mostBytes = 1_048_576
  private static let titles = Set(
    ["目录", "目錄", "目次", "总目", "總目", "contents", "tableofcontents"].map { Array($0.utf8) })

  private var held: [SourceLine] = []
  private var heldBytes = 0
  /// Where the headings are among the lines held.
  private var places: [Int] = []
  private var hasTitle = false

  mutating func take(_ line: SourceLine, into lines: inout [SourceLine]) {
    let isTitle = line.fate == .text && Self.isTitle(line.text)
    if line.isVisible, line.fate != .heading {
      // The title of a table is held only where it begins one.
      release(into: &lines)
      guard isTitle else {
        lines.append(line)
        return
      }
      hasTitle = true
    }
    guard line.fate == .heading || isTitle || !held.isEmpty else {
      lines.append(line)
      return
    }
    if line.fate == .heading { places.append(held.count) }
    held.append(line)
    heldBytes += line.text.count
    if held.count > Self.mostLines || heldBytes > Self.mostBytes { release(into: &lines) }
  }

  mutating func finish(into lines: inout [SourceLine]) { release(into: &lines) }

  /// Appends the lines held, those of a table as dropped.
  private mutating func release(into lines: inout [SourceLine]) {
    guard !held.isEmpty else { return }
    for index in 0..<endOfTable() { held[index].dropIfVisible(.contents) }
    lines += held
    held.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    heldBytes = 0
    hasTitle = false
  }

  /// How many of the lines held are a table of contents.
  private func endOfTable() -> Int {
    guard places.count >= Self.fewest else { return 0 }
    if let restart = restart() { return restart }
    return hasTitle ? places[places.count - 1] + 1 : 0
  }

  /// Where the first heading comes again, or the first with a number.
  private func restart() -> Int? {
    let marks = places.map { held[$0].mark }
    for first in [0, marks.firstIndex { $0?.number != nil } ?? 0] {
      guard let again = marks.lastIndex(of: marks[first]), again >= first + Self.fewest - 1 else {
        continue
      }
      return places[again]
    }
    return nil
  }

  private static func isTitle(_ text: [UInt8]) -> Bool {
    guard text.count <= 64 else { return false }
    let bare = Blanks.removed(from: Array(text[Ornaments.core(of: text)]))
    return titles.contains(bare.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
  }
}
