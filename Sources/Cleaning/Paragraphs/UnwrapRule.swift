/// Finds the lines of hard-wrapped text that go on with the next.
///
/// What becomes of a line depends on it and on the ``reach`` lines before and behind it, blank and
/// dropped ones counted.
struct UnwrapRule: LineRule {
  private static let reach = 64

  private struct Entry {
    var line: SourceLine
    var shape: LineShape?
    var evidence: WrapEvidence.Item?
  }

  /// Lines that are decided on, those to be decided on, and those behind.
  private var window: [Entry] = []
  /// Where the next line to be decided on is in the window.
  private var position = 0
  /// Where the last line is that was not dropped.
  private var last: Int?
  private var evidence = WrapEvidence()

  mutating func take(_ line: SourceLine, into lines: inout [SourceLine]) {
    var shape: LineShape?
    if line.fate == .text, !line.isPiece {
      shape = LineShape(of: line.text, indent: line.indent)
    }
    window.append(Entry(line: line, shape: shape))
    if line.isVisible || line.fate == .blank {
      if let last, last >= position - Self.reach { judge(last, before: window.count - 1) }
      last = window.count - 1
    }
    if window.count - position > Self.reach { decide(into: &lines) }
  }

  mutating func finish(into lines: inout [SourceLine]) {
    while position < window.count { decide(into: &lines) }
  }

  /// Adds what a line says about the width, as the line behind it is known.
  private mutating func judge(_ index: Int, before next: Int) {
    guard window[index].line.fate == .text else { return }
    var item = WrapEvidence.Item()
    let nextLine = window[next].line
    item.isLong = window[index].shape == nil
    item.isBlank = nextLine.fate == .blank && !item.isLong
    if nextLine.fate == .text, let shape = window[index].shape {
      item.width = shape.width
      let isIndented = nextLine.indent > window[index].line.indent
      item.nextIndent = isIndented ? nextLine.indent : nil
      item.isOpen = !isIndented && Self.isOpen(shape, before: window[next].shape)
    }
    evidence.add(item)
    window[index].evidence = item
  }

  /// Whether a line ends in the middle of a sentence, as far as one can see.
  private static func isOpen(_ shape: LineShape, before next: LineShape?) -> Bool {
    guard !shape.hasColumns else { return false }
    if shape.lastIsWide { return shape.end == .open && shape.hasMark }
    return shape.end != .sentence && next?.beginsSmall == true
  }

  private mutating func decide(into lines: inout [SourceLine]) {
    let leaving = position - Self.reach - 1
    if leaving >= 0, let item = window[leaving].evidence { evidence.remove(item) }
    var line = window[position].line
    if window[position].shape != nil, let width = evidence.width {
      line.isWrapped = true
      line.glue = glue(width: width)
    }
    lines.append(line)
    window[position].line.text = []
    position += 1
    if position > 16 * Self.reach { forget() }
  }

  /// Forgets the lines that decide on nothing any more.
  private mutating func forget() {
    let count = position - Self.reach - 1
    window.removeFirst(count)
    position -= count
    last = last.flatMap { $0 >= count ? $0 - count : nil }
  }

  /// What joins the line at the place with the next; `nil` if it ends a paragraph.
  private func glue(width: Int) -> [UInt8]? {
    let entry = window[position]
    guard let shape = entry.shape, let next = follower(), let nextShape = window[next].shape,
      window[next].line.indent <= entry.line.indent
    else { return nil }
    let isSpaced = !shape.lastIsWide && !nextShape.firstIsWide
    let isFull =
      isSpaced
      ? shape.width + nextShape.firstWord >= width - WrapEvidence.slack / 2
      : shape.width >= width - WrapEvidence.slack
    guard isFull else { return nil }
    if shape.end != .open, shape.width > width + WrapEvidence.slack { return nil }
    if shape.end == .sentence, !goesOn(behind: shape.width, next: next, width: width) { return nil }
    return isSpaced && !(shape.endsInHyphen && nextShape.beginsSmall) ? [0x20] : []
  }

  /// Whether a paragraph goes on behind a sentence that ends where its line does.
  ///
  /// It does if paragraphs have other marks there. If they have none, in a text that is hard-wrapped
  /// throughout, few of them end in a line as wide as this.
  private func goesOn(behind columns: Int, next: Int, width: Int) -> Bool {
    if evidence.startsParagraphs(window[next].line.indent) { return false }
    if evidence.indents >= 2 || evidence.indents == 0 && evidence.blanks >= 2 { return true }
    return evidence.indents == 0 && evidence.isWhole && columns >= width - 2
  }

  /// The line of text that follows the one at the place without a blank line between.
  ///
  /// Blank lines around the header of a page are the page's.
  private func follower() -> Int? {
    var (isBlank, isPage) = (false, false)
    for next in (position + 1)..<max(window.count, position + 1) {
      let line = window[next].line
      switch line.fate {
      case .dropped: isPage = isPage || line.isPageFurniture
      case .blank: isBlank = true
      case .heading: return nil
      case .text:
        return !isBlank || isPage && window[position].shape?.end != .sentence ? next : nil
      }
    }
    return nil
  }
}
