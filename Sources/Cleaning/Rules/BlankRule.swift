/// Leaves one of several blank lines, dropped lines between them or not.
struct BlankRule: LineRule {
  private var isBlank = false

  mutating func take(_ line: SourceLine, into lines: inout [SourceLine]) {
    let wasBlank = isBlank
    if line.fate == .blank {
      isBlank = true
      if wasBlank { return }
    } else if line.isVisible {
      isBlank = false
    }
    lines.append(line)
  }

  mutating func finish(into lines: inout [SourceLine]) {}
}
