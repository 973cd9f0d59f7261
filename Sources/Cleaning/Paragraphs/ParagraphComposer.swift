/// Writes the lines that are left.
///
/// What becomes of a blank line depends on the ``paragraphs`` before and behind it, as far as they are
/// among the ``reach`` lines to either side.
struct ParagraphComposer {
  private static let paragraphs = 8
  private static let reach = 256

  /// Something that was left out.
  struct Omission {
    var line: Int
    var reason: DropReason
    var text: [UInt8]
  }

  /// What was left out since they were last taken, in the order of the source.
  var omissions: [Omission] = []
  /// How many lines were joined to those before them, and to how many paragraphs.
  private(set) var joinedCount = 0
  private(set) var paragraphCount = 0

  private let cleans: Bool
  /// Lines written, those to be written, and those behind.
  private var window: [SourceLine] = []
  /// Where the next line to be written is in the window.
  private var position = 0

  private var hasBegun = false
  /// Whether there were blank lines since the last line was written.
  private var owesBlank = false
  /// How the last line ended that was written.
  private var lastEnd = LineEnd.sentence
  private var endsInWrappedText = false
  private var isJoining = false

  init(cleans: Bool) { self.cleans = cleans }

  /// Takes the next line, and writes those for which nothing has to be waited for.
  mutating func take(_ line: SourceLine, into output: inout [UInt8]) {
    window.append(line)
    while position < window.count, !waits { writeNext(into: &output) }
  }

  /// Whether it takes more lines to tell if a blank line stays.
  private var waits: Bool {
    owesBlank && window[position].isVisible && window.count - position <= Self.reach
  }

  /// Writes the lines that are left.
  mutating func finish(into output: inout [UInt8]) {
    while position < window.count { writeNext(into: &output) }
  }

  private mutating func writeNext(into output: inout [UInt8]) {
    let line = window[position]
    switch line.fate {
    case .dropped(let reason):
      omissions.append(Omission(line: line.number, reason: reason, text: line.text))
    case .blank: writeBlank(line, into: &output)
    case .text, .heading: write(line, into: &output)
    }
    window[position].text = []
    position += 1
    if position > 8 * Self.reach {
      window.removeFirst(position - Self.reach)
      position = Self.reach
    }
  }

  private mutating func write(_ line: SourceLine, into output: inout [UInt8]) {
    if owesBlank, keepsBlank() { output.append(0x0A) }
    owesBlank = false
    for text in line.removed {
      omissions.append(Omission(line: line.number, reason: .clause, text: text))
    }
    if !isJoining { output += line.lead }
    output += line.text
    hasBegun = true
    lastEnd = LineEnd(of: line.text)
    endsInWrappedText = line.isWrapped
    if line.goesOn { return }
    if let glue = line.glue {
      output += glue
      joinedCount += 1
      if !isJoining { paragraphCount += 1 }
      isJoining = true
      return
    }
    isJoining = false
    output += line.trail
    if line.endsInLineFeed { output.append(0x0A) }
  }

  private mutating func writeBlank(_ line: SourceLine, into output: inout [UInt8]) {
    if cleans {
      owesBlank = hasBegun
    } else if endsInWrappedText {
      // In hard-wrapped text the first of them has ended the paragraph already.
      endsInWrappedText = false
    } else {
      output += line.lead + line.trail
      if line.endsInLineFeed { output.append(0x0A) }
    }
  }
}

extension ParagraphComposer {
  /// Whether the blank line before the place stays, as one line.
  ///
  /// It does before a heading, and where most paragraphs have none before them.
  private func keepsBlank() -> Bool {
    if window[position].fate == .heading { return true }
    var before = position - 1
    var isPage = false
    while before >= 0, !window[before].isVisible {
      isPage = isPage || window[before].isPageFurniture
      before -= 1
    }
    guard before >= 0 else { return true }
    if window[before].fate == .heading || endsInWrappedText { return false }
    if isPage, lastEnd != .sentence { return false }
    let (behind, ahead) = (spacing(from: before, by: -1), spacing(from: position, by: 1))
    return (1 + behind.spaced + ahead.spaced) * 2 <= 1 + behind.all + ahead.all
  }

  /// How many of the next paragraphs in a direction have a blank line between them and the one before.
  private func spacing(from index: Int, by step: Int) -> (spaced: Int, all: Int) {
    var (spaced, all) = (0, 0)
    var isBlank = false
    var last = index
    var next = index + step
    while window.indices.contains(next), abs(next - index) < Self.reach, all < Self.paragraphs {
      let line = window[next]
      if line.fate == .blank { isBlank = true }
      if line.isVisible, !line.isContinued {
        // The lines of a paragraph are no paragraphs.
        let isJoined = window[min(last, next)].glue != nil
        if window[last].fate == .text, line.fate == .text, !isJoined {
          all += 1
          if isBlank { spaced += 1 }
        }
        (last, isBlank) = (next, false)
      }
      next += step
    }
    return (spaced, all)
  }
}
