internal import TextStreams

/// The form of a verse: clauses of so many letters, with punctuation between them and at the end.
package struct VerseForm: Equatable, Sendable {
  /// Letters of each clause.
  package let clauses: [Int]

  /// Reads `7,7`, say.
  ///
  /// - Returns: Nothing unless the text is numbers from 1 to 1,000 with commas between them.
  package init?(_ text: String) {
    clauses = text.split(separator: ",", omittingEmptySubsequences: false).map { number in
      number.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(number) ?? 0 : 0
    }
    guard clauses.allSatisfy((1...1000).contains) else { return nil }
  }

  /// How far a verse has come.
  struct Place: Hashable {
    /// The clause, counted from 0.
    fileprivate(set) var clause = 0
    /// Letters of it.
    fileprivate(set) var letters = 0
    /// Whether punctuation has followed them.
    fileprivate(set) var hasPunctuation = false
    /// Whether a bracket has.
    fileprivate(set) var hasBracket = false
  }

  /// Passes a character.
  ///
  /// - Returns: Whether it may stand there.
  func pass(_ character: CharacterClass, _ place: inout Place) -> Bool {
    let isWhole = place.letters == clauses[place.clause]
    let isLast = place.clause + 1 == clauses.count
    let isParted = place.hasPunctuation || place.hasBracket
    switch character {
    case .letter where !isWhole: place.letters += 1
    case .letter where isParted && !isLast: place = Place(clause: place.clause + 1, letters: 1)
    case .combining where place.letters > 0 && !isParted: break
    case .pause where isWhole && !place.hasPunctuation && !isLast: place.hasPunctuation = true
    case .punctuation where isWhole && !place.hasPunctuation: place.hasPunctuation = true
    case .closing where isWhole && !place.hasBracket: place.hasBracket = true
    case .opening where isWhole && !place.hasBracket && !isLast: place.hasBracket = true
    default: return false
    }
    return true
  }

  /// Where the verse is after some text; nothing if the text does not fit.
  ///
  /// - Parameters:
  ///   - text: What comes next, of whole characters.
  ///   - start: Where the verse was before it.
  /// - Returns: Where it then is.
  func place(after text: ArraySlice<UInt8>, from start: Place = Place()) -> Place? {
    var place = start
    for character in CharacterClass.classes(of: text) where !pass(character, &place) { return nil }
    return place
  }

  /// Whether the sentence may end there.
  func isComplete(_ place: Place) -> Bool {
    place.clause + 1 == clauses.count && place.letters == clauses[place.clause]
  }

  /// The letters left in a clause, that after it where it is whole.
  private func room(_ place: Place) -> Int {
    guard place.letters == clauses[place.clause] else {
      return clauses[place.clause] - place.letters
    }
    return place.clause + 1 < clauses.count ? clauses[place.clause + 1] : 0
  }

  /// Whether a name may stand in what is left of the clause.
  func hasRoom(for name: [UInt8], at place: Place) -> Bool {
    Self.letterCount(of: name) <= room(place)
  }

  /// Whether one of some names may stand in this clause and in none after it.
  func isLastChance(of names: [[UInt8]], at place: Place) -> Bool {
    let next = place.letters == clauses[place.clause] ? place.clause + 2 : place.clause + 1
    let most = clauses.dropFirst(next).max() ?? 0
    return names.contains { Self.letterCount(of: $0) > most }
  }

  private static func letterCount(of text: [UInt8]) -> Int {
    CharacterClass.classes(of: text[...]).count { $0 == .letter }
  }

  /// Whether a verse may begin with some text.
  package func canBegin(with text: [UInt8]) -> Bool { place(after: text[...]) != nil }

  /// Whether some text may stand in one of the clauses.
  package func canHold(_ text: [UInt8]) -> Bool {
    let classes = CharacterClass.classes(of: text[...])
    return classes.first == .letter && classes.allSatisfy { $0 == .letter || $0 == .combining }
      && Self.letterCount(of: text) <= clauses.max() ?? 0
  }
}
