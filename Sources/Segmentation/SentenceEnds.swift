internal import CICU

/// Where the sentences of a paragraph end.
///
/// Most paragraphs have none of the characters that make it hard to tell: full stops, which may end
/// an abbreviation, and what is invisible or combines with what is before it. For the others four of
/// the standard's rules are left, which are followed here; ICU's iterator, which follows all, takes
/// five times as long. It is asked everywhere in a locale that has rules of its own, such as Greek.
///
/// Source: Unicode Standard Annex 29, Unicode Text Segmentation, table 4, rules SB8a to SB11.
struct SentenceEnds: ~Copyable {
  /// What a character is to the rules; what ends nothing by itself comes first.
  private enum Class {
    static let plain: UInt8 = 0
    /// A bracket or a quote.
    static let close: UInt8 = 1
    static let space: UInt8 = 2
    /// A comma and its like.
    static let continuation: UInt8 = 3
    static let terminator: UInt8 = 4
    /// What these rules are not enough for.
    static let hard: UInt8 = 5
    /// It has not been asked for.
    static let unknown: UInt8 = 6
  }

  /// ICU's iterator for sentences.
  let iterator: BreakIterator

  /// The class of each UTF-16 unit that was met.
  private let classes: UnsafeMutablePointer<UInt8>
  private var ends: [Int] = []
  private var position = 0
  private var isFound = false
  /// Whether the locale has the standard's rules and no others.
  private let isStandard: Bool

  /// Opens ICU's iterator.
  ///
  /// - Parameter locale: By whose rules sentences end.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  init(locale: TextLocale) throws(ICUError) {
    let iterator = try BreakIterator(.sentence, locale: locale)
    let (rules, standardRules) = (iterator.rules, try BreakIterator(.sentence, locale: .root).rules)
    isStandard = rules != nil && rules == standardRules
    self.iterator = iterator
    classes = .allocate(capacity: 0x1_0000)
    classes.initialize(repeating: Class.unknown, count: 0x1_0000)
  }

  deinit { classes.deallocate() }

  /// Starts anew with a text.
  ///
  /// - Parameter text: UTF-16 that stays where it is until the last ``next()``.
  mutating func find(in text: UnsafeBufferPointer<UInt16>) {
    ends.removeAll(keepingCapacity: true)
    position = 0
    isFound = isStandard && findSimple(in: text)
    if !isFound { iterator.setText(text) }
  }

  /// Starts anew with a text that is one sentence.
  ///
  /// - Parameter count: Its UTF-16 units.
  mutating func takeWhole(_ count: Int) {
    ends.removeAll(keepingCapacity: true)
    position = 0
    isFound = true
    ends.append(count)
  }

  /// Returns the next end, the text's own last, or `nil` past it.
  mutating func next() -> Int? {
    guard isFound else { return iterator.next() }
    guard position < ends.count else { return nil }
    position += 1
    return ends[position - 1]
  }

  /// Finds the ends in a text without hard characters, and returns whether it is one.
  private mutating func findSimple(in text: UnsafeBufferPointer<UInt16>) -> Bool {
    var index = 0
    while index < text.count {
      var unitClass = classes[Int(text[index])]
      if unitClass >= Class.terminator {
        if unitClass == Class.unknown { unitClass = classify(text[index]) }
        if unitClass == Class.hard { return false }
      }
      index += 1
      if unitClass == Class.terminator, !passEnd(in: text, &index) { return false }
    }
    if !text.isEmpty { ends.append(text.count) }
    return true
  }

  /// Passes what follows a terminator and adds the end that may come of it.
  ///
  /// - Returns: Whether there are no hard characters.
  private mutating func passEnd(
    in text: UnsafeBufferPointer<UInt16>, _ index: inout Int
  ) -> Bool {
    var isSpaced = false
    while index < text.count {
      var unitClass = classes[Int(text[index])]
      if unitClass == Class.unknown { unitClass = classify(text[index]) }
      switch unitClass {
      case Class.hard: return false
      case Class.terminator: isSpaced = false
      case Class.space: isSpaced = true
      case Class.close where !isSpaced: break
      case Class.continuation: return true
      default:
        ends.append(index)
        return true
      }
      index += 1
    }
    return true
  }

  /// Asks for the class of a unit.
  private func classify(_ unit: UInt16) -> UInt8 {
    classes[Int(unit)] = Self.classOf(unit)
    return classes[Int(unit)]
  }

  private static func classOf(_ unit: UInt16) -> UInt8 {
    // Half of a pair says nothing of the character.
    if unit & 0xF800 == 0xD800 { return Class.hard }
    switch cicu_sentence_break(UChar32(unit)) {
    case U_SB_OTHER, U_SB_LOWER, U_SB_NUMERIC, U_SB_OLETTER, U_SB_UPPER: return Class.plain
    case U_SB_CLOSE: return Class.close
    case U_SB_SP: return Class.space
    case U_SB_SCONTINUE: return Class.continuation
    case U_SB_STERM: return Class.terminator
    default: return Class.hard
    }
  }
}
