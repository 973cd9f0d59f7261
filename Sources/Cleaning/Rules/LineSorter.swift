/// Tells of each line by itself whether it is text, a heading, or to be left out.
struct LineSorter: LineRule {
  private let headings: HeadingReader
  private let notices: NoticeReader

  init(headings: HeadingReader, notices: NoticeReader) {
    self.headings = headings
    self.notices = notices
  }

  mutating func take(_ line: SourceLine, into lines: inout [SourceLine]) {
    guard line.fate == .text, !line.isPiece else {
      lines.append(line)
      return
    }
    var line = line
    sort(&line)
    if line.fate == .text, let rest = notices.remainder(of: line.text) {
      let whole = line.text
      (line.text, line.removed) = (rest.text, rest.removed)
      if rest.text.isEmpty { line.drop(.advertisement) } else { sort(&line) }
      if line.fate == .text, notices.isAdvertisement(line.text) { line.drop(.advertisement) }
      if !line.isVisible { (line.text, line.removed) = (whole, []) }
    } else if line.fate == .text, notices.isAdvertisement(line.text) {
      line.drop(.advertisement)
    }
    lines.append(line)
  }

  mutating func finish(into lines: inout [SourceLine]) {}

  /// Tells what a line is that is drawn, a heading, or a site's but no advertisement.
  private func sort(_ line: inout SourceLine) {
    if Ornaments.isRule(line.text) {
      line.drop(.rule)
    } else if let heading = headings.heading(in: line.text) {
      line.fate = .heading
      line.text = heading.text
      line.mark = heading.mark
      if let prefix = heading.prefix { line.removed.append(prefix) }
    } else if let finding = notices.finding(in: line.text) {
      line.drop(finding.reason)
      line.sign = finding.sign
    } else if notices.isIntroduction(line.text) {
      line.sign = .introduction
    }
  }
}
