/// What a heading counts: the third chapter, say.
struct HeadingMark: Equatable {
  /// What is counted, such as `回` or `chapter`, or the heading's name if it counts nothing.
  var unit: String
  var number: Int?
}

/// A line that is the heading of a part of a book.
struct Heading {
  /// What the heading is once its blanks are in order.
  var text: [UInt8]
  var mark: HeadingMark
  /// What a site's template put before it.
  var prefix: [UInt8]?
}

/// Tells headings from other lines.
///
/// Between the parts of a heading there is one space, in its number none: `第 一 回　甲　乙` is
/// `第一回 甲 乙`.
final class HeadingReader {
  /// Headings have no more units than these.
  private static let longest = 90

  private let text = FoldedText(capacity: 1_024)

  // 1 a template's prefix, 2 a volume, 3 the mark, 4 its number, 5 its unit, 6 blanks, 7 the title
  private let numbered = RegularExpression(
    "((?:正文|正传)[ :]*)?"
      + "((?:(?:[上中下前后][卷部册篇集]|第 ?\(digit){1,9} ?[卷部集篇册])(?:[ :][^ ]{1,12})? +)?)"
      + "(第 ?(\(digit)(?: ?\(digit)){0,9}) ?([回章节卷部集篇折话幕讲季册]))( *)(.*)")
  private let volume = RegularExpression(
    "()()(卷 ?(\(digit){1,5})()[上中下]?)( *)(.*)")
  private let named = RegularExpression(
    "()()((?:楔子|引子|引言|序章|序言|序幕|自序|代序|后序|原序|前言|弁言|凡例|缘起|开篇|尾声|后记|终章|终幕|跋语"
      + "|番外篇|番外|附录|大结局|序|叙|跋)(?: ?(\(digit){1,4}))?())( *)(.*)")
  private let english = RegularExpression(
    "()()((?:chapter|part|book|volume|canto|act|letter|section) +(?:the +)?"
      + "([0-9]{1,4}|[ivxlcdm]{1,8}|\(englishNumbers))()(?![a-z0-9]))( *)(.*)")
  private let englishNamed = RegularExpression(
    "()()((?:prologue|epilogue|preface|foreword|afterword|introduction)()())( *)(.*)")

  /// Returns the heading that a line is.
  ///
  /// - Parameter line: A line without blanks around it.
  /// - Returns: `nil` if it is none.
  func heading(in line: [UInt8]) -> Heading? {
    guard line.count <= 4 * Self.longest else { return nil }
    let core = Ornaments.core(of: line)
    guard !core.isEmpty else { return nil }
    let bytes = Array(line[core])
    text.fold(bytes)
    guard text.count <= Self.longest else { return nil }
    return chinese(bytes, numbered, kind: .numbered) ?? chinese(bytes, volume, kind: .volume)
      ?? chinese(bytes, named, kind: .named) ?? english(bytes)
  }

  private enum Kind { case numbered, volume, named }

  private func chinese(
    _ bytes: [UInt8], _ pattern: RegularExpression, kind: Kind
  ) -> Heading? {
    guard pattern.matches(text.units), let mark = pattern.group(3), let title = pattern.group(7)
    else { return nil }
    let isApart = pattern.group(6)?.isEmpty == false
    let unit = kind == .numbered ? pattern.group(5) ?? mark : mark.prefix(1)
    guard isTitle(title, isApart: isApart, behind: text[unit.lowerBound], kind) else { return nil }
    var heading = Heading(
      text: Blanks.removed(from: part(mark, of: bytes)),
      mark: HeadingMark(unit: "", number: nil))
    let number = pattern.group(4).flatMap { range in Numerals.value(range.map { text[$0] }) }
    let name = kind == .named ? mark : unit
    heading.mark = HeadingMark(unit: String(decoding: units(name), as: UTF16.self), number: number)
    if kind == .named { heading.mark.number = nil }
    if let volume = pattern.group(2), !volume.isEmpty {
      heading.text = Blanks.collapsed(part(volume, of: bytes)) + heading.text
    }
    if let prefix = pattern.group(1), !prefix.isEmpty {
      heading.prefix = Blanks.trimmed(part(prefix, of: bytes))
    }
    append(title, of: bytes, isApart: isApart, to: &heading)
    return heading
  }

  private func english(_ bytes: [UInt8]) -> Heading? {
    for pattern in [english, englishNamed] {
      guard pattern.matches(text.units), let mark = pattern.group(3),
        let title = pattern.group(7), isEnglishTitle(title, of: bytes, pattern === english)
      else { continue }
      let name = mark.prefix { text[$0] != 0x20 }
      let number = pattern.group(4).flatMap { range in
        let units = range.map { text[$0] }
        return Numerals.value(units) ?? Numerals.romanValue(units)
      }
      var heading = Heading(
        text: Blanks.collapsed(part(mark, of: bytes)),
        mark: HeadingMark(unit: String(decoding: name.map { text[$0] }, as: UTF16.self)))
      heading.mark.number = number
      append(title, of: bytes, isApart: pattern.group(6)?.isEmpty == false, to: &heading)
      return heading
    }
    return nil
  }

  private func append(
    _ title: Range<Int>, of bytes: [UInt8], isApart: Bool, to heading: inout Heading
  ) {
    guard !title.isEmpty else { return }
    if isApart { heading.text.append(0x20) }
    heading.text += Blanks.collapsed(part(title, of: bytes))
  }

  private func part(_ range: Range<Int>, of bytes: [UInt8]) -> [UInt8] {
    Array(bytes[text.bytes(of: range)])
  }

  private func units(_ range: Range<Int>) -> [UInt16] {
    range.map { text[$0] }.filter { $0 != 0x20 }
  }

  // "In the third chapter it was told that …" is no heading.

  /// Whether what stands behind a mark is the title of a chapter and not the rest of a sentence.
  private func isTitle(
    _ title: Range<Int>, isApart: Bool, behind unit: UInt16, _ kind: Kind
  ) -> Bool {
    guard let first = title.first, let last = title.last else { return true }
    if title.contains(where: { text[$0] == Unit.fullStop }) { return false }
    if Unit.joins.contains(text[last]) { return false }
    // A running header has the number of a page there.
    if title.allSatisfy({ (0x30...0x39).contains(text[$0]) }) { return false }
    if isApart { return kind != .named || title.count <= 40 }
    if Unit.separators.contains(text[first]) { return kind != .named || title.count <= 40 }
    guard kind == .numbered, Unit.chapters.contains(unit), text.count <= 30 else { return false }
    return !Unit.verbs.contains(text[first])
      && !title.contains { Unit.sentenceMarks.contains(text[$0]) }
  }

  private func isEnglishTitle(
    _ title: Range<Int>, of bytes: [UInt8], _ isNumbered: Bool
  ) -> Bool {
    guard let first = title.first, let last = title.last else { return true }
    if Unit.englishSeparators.contains(text[first]) { return true }
    if text[last] == 0x2E || Unit.joins.contains(text[last]) { return false }
    let letter = bytes[text.bytes(of: first..<(first + 1))].first ?? 0
    return isNumbered && !(0x61...0x7A).contains(letter)
  }
}

/// Sets of units that tell titles from sentences.
private enum Unit {
  static let fullStop: UInt16 = 0x3002
  static let joins = Set(",;:、".utf16)
  static let separators = Set(":、.·,-—─–~(《【[〈“".utf16)
  static let englishSeparators = Set(".:-—–".utf16)
  static let chapters = Set("回章".utf16)
  static let sentenceMarks = Set(",!?;:“”\"…".utf16)
  static let verbs = Set("合中里内的是就也都才上下来去了有在又便之与和时所等把被将那这此以末前后说讲已还到为".utf16)
}

private let englishNumbers =
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
  + "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|(?:twenty|thirty|forty"
  + "|fifty|sixty)-(?:one|two|three|four|five|six|seven|eight|nine)|first|second|third|fourth|fifth"
  + "|sixth|seventh|eighth|ninth|tenth|last"

/// A digit of a number, as a pattern.
private let digit = Numerals.pattern
