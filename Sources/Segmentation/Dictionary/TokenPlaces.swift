internal import CICU

/// Where the tokens of a text begin: where ICU has them begin, but for the words of a dictionary.
///
/// Nothing begins inside of such a word, and a token does at its start and its end. A word is not
/// found where it is part of what the rules for words hold together without a dictionary, as `art`
/// is of `start`, nor where a mark behind it combines with its last character.
struct TokenPlaces: ~Copyable {
  private enum Place {
    static let none: UInt8 = 0
    static let token: UInt8 = 1
    static let word: UInt8 = 2
  }

  private var path: WordPath
  /// What is before each unit of the text, and at its end.
  private var places: UnsafeMutablePointer<UInt8>
  private var capacity: Int

  /// Creates places for texts without words, or with those of a dictionary.
  init(_ dictionary: UserDictionary?) {
    path = WordPath(dictionary?.automaton ?? WordAutomaton(WordList()))
    capacity = dictionary == nil ? 1 : 4_096
    places = .allocate(capacity: capacity)
  }

  deinit { places.deallocate() }

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
      places.deallocate()
      capacity = max(count + 1, 2 * capacity)
      places = .allocate(capacity: capacity)
    }
    places.initialize(repeating: Place.none, count: count + 1)
    while let boundary = iterator.next(), boundary <= end { places[boundary] = Place.token }
  }

  /// Finds the words of a sentence.
  ///
  /// - Parameters:
  ///   - text: The text begun with.
  ///   - sentence: The sentence's place in it.
  mutating func keepWords(of text: UnsafeBufferPointer<UInt16>, in sentence: Range<Int>) {
    let places = places
    path.find(in: text, sentence) { place in
      places[place] != Place.none || isBetweenWords(text, place, since: sentence.lowerBound)
    } _: { word in
      places[word.lowerBound] = Place.word
      for inside in (word.lowerBound + 1)..<word.upperBound { places[inside] = Place.none }
      if places[word.upperBound] == Place.none { places[word.upperBound] = Place.token }
    }
  }

  /// Returns whether a word of the dictionary begins at a place.
  func beginsWord(_ place: Int) -> Bool { places[place] == Place.word }

  /// Returns where the token that begins at a place ends.
  ///
  /// - Parameters:
  ///   - start: The place.
  ///   - end: The end of its sentence.
  /// - Returns: At most `end`.
  func end(ofTokenAt start: Int, upTo end: Int) -> Int {
    var place = start + 1
    while place < end, places[place] == Place.none { place += 1 }
    return place
  }

  /// Returns where the last token begins that no text behind can change, or 0.
  ///
  /// - Parameter count: How many units the text has that was begun with.
  /// - Returns: A place before which all words of the dictionary have ended; the start of the last
  ///   token if they are too long for that.
  func lastCertainStart(_ count: Int) -> Int {
    var last = 0
    for place in stride(from: count - 1, to: 0, by: -1) where places[place] != Place.none {
      if last == 0 { last = place }
      // A word that begins before the place and goes on behind the text would reach over it.
      if place + path.automaton.longestLength <= count { return place }
    }
    return last
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
