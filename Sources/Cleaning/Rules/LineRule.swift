/// A step on a line's way, which may keep lines back until it knows enough.
///
/// How many it keeps back is bounded.
protocol LineRule {
  /// Takes a line and appends those that are ready.
  mutating func take(_ line: SourceLine, into lines: inout [SourceLine])

  /// Appends those that were kept back, as none follow.
  mutating func finish(into lines: inout [SourceLine])
}

extension SourceLine {
  /// Marks a line as left out.
  mutating func drop(_ reason: DropReason) { fate = .dropped(reason) }

  /// Marks a line as left out if it is a part of the text.
  mutating func dropIfVisible(_ reason: DropReason) {
    if isVisible { drop(reason) }
  }
}
