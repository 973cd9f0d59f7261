/// A line of the source on its way through the rules.
///
/// A line that is dropped goes on with its reason, so that those behind it know where it was and
/// the log is in the order of the source.
struct SourceLine {
  /// What becomes of a line.
  enum Fate: Equatable {
    case text
    case heading
    case blank
    case dropped(DropReason)
  }

  /// What a line says of those around it.
  enum Sign: Equatable {
    /// Title and author, as a site's template has them.
    case title
    /// "About this book".
    case introduction
    /// The text begins behind it.
    case start
    /// The text begins behind it, whatever is before.
    case sureStart
    /// Nothing behind it is text.
    case end
  }

  /// Its number in the source, counted from 1.
  var number: Int
  /// What there is of it, without the blanks around it.
  var text: [UInt8]
  /// The blanks before and behind it, where they are kept.
  var lead: [UInt8] = []
  var trail: [UInt8] = []
  /// How many columns the blanks before it take.
  var indent = 0
  var fate = Fate.text
  /// Whether this is the rest of a line that came in pieces, and whether more of it follows.
  var isContinued = false
  var goesOn = false
  var endsInLineFeed = true
  /// What a heading counts.
  var mark: HeadingMark?
  var sign: Sign?
  /// Whether it is of hard-wrapped text, and what joins it to the next line if that goes on.
  var isWrapped = false
  var glue: [UInt8]?
  /// The clauses that were taken out of it.
  var removed: [[UInt8]] = []

  /// Whether it is a part of a line too long to be looked at.
  var isPiece: Bool { isContinued || goesOn }
  /// Whether it is a part of the text.
  var isVisible: Bool { fate == .text || fate == .heading }
  /// Whether it interrupts the text where a page of paper ended.
  var isPageFurniture: Bool { fate == .dropped(.pageHeader) || fate == .dropped(.pageNumber) }
}
