/// What the lines around a place say about the width at which they were broken.
///
/// Text that was broken at a width has lines that end in the middle of a sentence and are nearly as wide
/// as each other, and few others of that width. Text that was not, verse and dialogue among it, ends
/// its lines where sentences and clauses end.
struct WrapEvidence {
  /// What a line adds to the evidence, once what follows it is known.
  struct Item {
    /// Its width in columns, if text follows it on the next line.
    var width: Int?
    /// Whether it ends in the middle of a sentence.
    var isOpen = false
    /// The indent of the next line if that is indented more.
    var nextIndent: Int?
    /// Whether a blank line follows a line that is not too long.
    var isBlank = false
    /// Whether the line is too long to be one of hard-wrapped text.
    var isLong = false
  }

  /// Fewer lines with an open end say nothing.
  private static let fewest = 5
  /// How much narrower than the width a full line may be, in columns: a word that did not fit, a mark
  /// that may not begin a line, an indent that was lost.
  static let slack = 10
  private static let narrowest = 30

  /// How many lines there are of each width, and how many of them have an open end.
  private var all = [Int](repeating: 0, count: LineShape.widest + 1)
  private var open = [Int](repeating: 0, count: LineShape.widest + 1)
  private var openCount = 0
  /// How often a line that is indented more has each indent.
  private var starts = [Int](repeating: 0, count: LineShape.widest + 1)
  /// How often a line is indented more than the one before.
  private(set) var indents = 0
  /// How often a blank line follows a line.
  private(set) var blanks = 0
  private var longs = 0
  /// Whether all of the text is hard-wrapped, and not a passage of it.
  var isWhole: Bool { longs == 0 && openCount >= 20 }

  /// Whether an indent is one at which paragraphs start.
  func startsParagraphs(_ indent: Int) -> Bool { starts[min(indent, LineShape.widest)] >= 2 }

  mutating func add(_ item: Item) { count(item, 1) }

  mutating func remove(_ item: Item) { count(item, -1) }

  private mutating func count(_ item: Item, _ change: Int) {
    if let indent = item.nextIndent {
      indents += change
      starts[min(indent, LineShape.widest)] += change
    }
    if item.isBlank { blanks += change }
    if item.isLong { longs += change }
    guard let width = item.width else { return }
    all[width] += change
    guard item.isOpen, width >= Self.narrowest else { return }
    open[width] += change
    openCount += change
  }

  /// The width at which the lines were broken, or `nil` if they were not.
  var width: Int? {
    guard openCount >= Self.fewest else { return nil }
    var (width, most) = (0, 0)
    for candidate in Self.narrowest...LineShape.widest where open[candidate] > 0 {
      let count = sum(open, (candidate - Self.slack)...candidate)
      if count >= most { (width, most) = (candidate, count) }
    }
    let full = sum(all, (width - Self.slack)...width)
    let wider = sum(all, min(width + 5, LineShape.widest)...LineShape.widest)
    // Three fifths of the open ends at the width, a third of the lines there open, few wider.
    guard most >= Self.fewest, most * 5 >= openCount * 3, most * 3 >= full, wider * 2 <= full
    else { return nil }
    return width
  }

  private func sum(_ counts: [Int], _ widths: ClosedRange<Int>) -> Int {
    counts[widths].reduce(0, +)
  }
}
