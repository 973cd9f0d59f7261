internal import CICU

/// Where the tokens of a text begin: where ICU has them begin, but for the words of a dictionary.
///
/// Nothing begins inside of such a word, and a token does at its start and its end. A word is not
/// found where it is part of what the rules for words hold together without a dictionary, as `art`
/// is of `start`, nor where a mark behind it combines with its last character.
struct TokenPlaces: ~Copyable {
  private var path: WordPath
  /// Whether a token of ICU's begins at each unit of the text, or ends at its end.
  private var isBoundary: UnsafeMutablePointer<Bool>
  private var capacity: Int

  /// Creates places for texts without words, or with those of a dictionary.
  init(_ dictionary: UserDictionary?) {
    path = WordPath(dictionary?.automaton ?? WordAutomaton(WordList()))
    capacity = dictionary == nil ? 1 : 4_096
    isBoundary = .allocate(capacity: capacity)
  }

  deinit { isBoundary.deallocate() }

  /// Whether there are words.
  var hasWords: Bool { !path.automaton.isEmpty }

  /// Starts anew with a text.
  ///
  /// - Parameters:
  ///   - count: How many units it has.
  ///   - iterator: Has the text, from its start on.
  ///   - end: The place that no token has to be known behind.
  mutating func begin(_ count: Int, _ iterator: borrowing BreakIterator, upTo end: Int) {
    if capacity <= count {
      isBoundary.deallocate()
      capacity = max(count + 1, 2 * capacity)
      isBoundary = .allocate(capacity: capacity)
    }
    isBoundary.initialize(repeating: false, count: count + 1)
    while let boundary = iterator.next(), boundary <= end { isBoundary[boundary] = true }
  }

  /// Finds the words of a sentence.
  ///
  /// - Parameters:
  ///   - text: The text begun with.
  ///   - sentence: The sentence's place in it.
  mutating func findWords(of text: UnsafeBufferPointer<UInt16>, in sentence: Range<Int>) {
    let isBoundary = isBoundary
    path.find(in: text, sentence) { place in
      isBoundary[place] || isBetweenWords(text, place, since: sentence.lowerBound)
    }
  }

  /// Returns the token that begins at a place.
  ///
  /// - Parameters:
  ///   - start: The start of the sentence that words were found of, or the end of a token.
  ///   - end: The end of the sentence.
  /// - Returns: Where the token ends, at most at `end`, and whether it is a word of the dictionary.
  @inline(__always)
  func token(at start: Int, upTo end: Int) -> (end: Int, isWord: Bool) {
    let length = path.length(ofWordAt: start)
    if length > 0 { return (start &+ length, true) }
    var place = start &+ 1
    while place < end, !isBoundary[place], path.length(ofWordAt: place) == 0 { place &+= 1 }
    return (place, false)
  }

  /// Returns where the last token begins that no text behind can change, or 0.
  ///
  /// - Parameter count: How many units the text has, whose words were found as those of a sentence.
  /// - Returns: A place before which all words of the dictionary have ended; the start of the last
  ///   token if they are too long for that.
  func lastCertainStart(_ count: Int) -> Int {
    var (certain, last, place) = (0, 0, 0)
    while place < count {
      last = place
      // A word that begins before the place and goes on behind the text would reach over it.
      if place + path.automaton.longestLength <= count { certain = place }
      place = token(at: place, upTo: count).end
    }
    return certain > 0 ? certain : last
  }
}

/// Returns whether a token may end at a place by the rules for words, dictionaries aside.
///
/// Between two characters that are no letters, digits or marks it may; so between those of scripts
/// without spaces, which ICU has dictionaries for.
///
/// Source: Unicode Standard Annex 29, Unicode Text Segmentation, section 4.1, rules WB3c to WB999.
///
/// - Parameters:
///   - text: UTF-16.
///   - place: Somewhere inside of it.
///   - start: Where to stop looking back.
/// - Returns: Whether it may.
private func isBetweenWords(
  _ text: UnsafeBufferPointer<UInt16>, _ place: Int, since start: Int
) -> Bool {
  let next = text[place]
  // Nearly every place asked for in Chinese; two of these are always others to the rules.
  let ideographs: ClosedRange<UInt16> = 0x4E00...0x9FFF
  if place > start, ideographs.contains(next), ideographs.contains(text[place - 1]) { return true }
  guard next & 0xFC00 != 0xDC00 else { return false }
  var scalar = UInt32(next)
  if next & 0xFC00 == 0xD800, place + 1 < text.count {
    scalar = surrogatePair(next, text[place + 1])
  }
  guard isAlone(cicu_word_break(UChar32(scalar))) else { return false }
  var index = place
  while index > start {
    index -= 1
    scalar = UInt32(text[index])
    if text[index] & 0xFC00 == 0xDC00, index > start {
      index -= 1
      scalar = surrogatePair(text[index], text[index + 1])
    }
    switch cicu_word_break(UChar32(scalar)) {
    case U_WB_ZWJ where index + 1 == place: return false
    case U_WB_EXTEND, U_WB_FORMAT, U_WB_ZWJ: continue
    case let property: return isAlone(property)
    }
  }
  return false
}

/// Whether a character with this property makes words with none beside it but by a dictionary.
private func isAlone(_ property: UWordBreakValues) -> Bool {
  property == U_WB_OTHER || property == U_WB_KATAKANA
}

private func surrogatePair(_ high: UInt16, _ low: UInt16) -> UInt32 {
  0x1_0000 + (UInt32(high) & 0x3FF) << 10 + UInt32(low) & 0x3FF
}
