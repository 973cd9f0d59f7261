internal import TextStreams

/// Takes boxes apart: a rule, lines with bars on both sides, and a rule.
///
/// Of a box around a heading the heading is left, in one line with the title that is on the lines
/// below it. A box around a site's notice goes. Of others the text is left.
struct BoxRule: LineRule {
  /// A box has no more lines.
  private static let mostLines = 60

  private let headings: HeadingReader
  private let notices: NoticeReader
  private var held: [SourceLine] = []

  init(headings: HeadingReader, notices: NoticeReader) {
    self.headings = headings
    self.notices = notices
  }

  mutating func take(_ line: SourceLine, into lines: inout [SourceLine]) {
    let isEdge = line.fate == .text && !line.isPiece && Ornaments.isEdge(line.text)
    if isEdge {
      if held.count > 1 { takeApart() }
      lines += held
      // The lower edge of a box may be the upper one of the next.
      held = [line]
    } else if !held.isEmpty, held.count < Self.mostLines, isBarred(line) {
      held.append(line)
    } else {
      lines += held
      held.removeAll(keepingCapacity: true)
      lines.append(line)
    }
  }

  mutating func finish(into lines: inout [SourceLine]) {
    lines += held
    held = []
  }

  private func isBarred(_ line: SourceLine) -> Bool {
    line.fate == .text && !line.isPiece && Bars.inside(of: line.text) != nil
  }

  /// Makes of the lines of a box what is left of them.
  private mutating func takeApart() {
    var isBare = true
    for index in held.indices.dropFirst() {
      guard let inside = Bars.inside(of: held[index].text) else { continue }
      if inside.isEmpty {
        held[index].drop(.rule)
      } else {
        held[index].text = Array(held[index].text[inside])
        isBare = false
      }
    }
    held[0].drop(.rule)
    guard !isBare else { return }
    if held.contains(where: { $0.isVisible && notices.isNotice($0.text) }) {
      for index in held.indices { held[index].dropIfVisible(.advertisement) }
    } else {
      joinHeading()
    }
  }

  /// Puts the lines below a heading without a title behind it.
  private mutating func joinHeading() {
    let shown = held.indices.filter { held[$0].isVisible }
    guard let place = shown.firstIndex(where: { headings.heading(in: held[$0].text) != nil })
    else { return }
    let titles = shown[(place + 1)...]
    guard !titles.isEmpty, titles.count <= 3 else { return }
    var text = held[shown[place]].text
    for title in titles { text += [0x20] + held[title].text }
    guard headings.heading(in: text) != nil else { return }
    held[shown[place]].text = text
    for title in titles.reversed() { held.remove(at: title) }
  }
}

/// The bars on both sides of a line.
private enum Bars {
  /// Where the text between the bars is; `nil` if there are none.
  static func inside(of text: [UInt8]) -> Range<Int>? {
    text.withUnsafeBytes { bytes in
      guard bytes.count >= 2 else { return nil }
      let first = decodeScalar(bytes)
      var last = bytes.count - 1
      while last > 0, bytes[last] & 0xC0 == 0x80 { last -= 1 }
      let lastScalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[last...]))
      guard last >= first.length, let left = first.value, let right = lastScalar.value,
        isBar(left), isBar(right)
      else { return nil }
      let middle = UnsafeRawBufferPointer(rebasing: bytes[first.length..<last])
      let before = Blanks.leading(in: middle).length
      guard before < middle.count else {
        return middle.isEmpty ? nil : first.length..<first.length
      }
      let behind = Blanks.trailing(in: middle)
      guard before > 0 || isDrawn(left), behind > 0 || isDrawn(right) else { return nil }
      return (first.length + before)..<(last - behind)
    }
  }

  private static func isDrawn(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2016, 0x2500...0x257F, 0x2588...0x2590, 0xFF5C: true
    default: false
    }
  }

  private static func isBar(_ scalar: UInt32) -> Bool {
    if isDrawn(scalar) { return true }
    guard scalar < 0x80 || (0xFF01...0xFF5E).contains(scalar) else {
      return (0x25A0...0x27BF).contains(scalar)
    }
    let ascii = UInt8(truncatingIfNeeded: scalar < 0x80 ? scalar : scalar - 0xFEE0)
    return bars.contains(ascii)
  }

  private static let bars = Set("*|=#+-~!lI:/".utf8)
}
