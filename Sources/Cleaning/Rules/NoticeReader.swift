/// Finds what sites add to a text: lines of their own, and clauses in the lines of the text.
final class NoticeReader {
  /// What is left of a line when clauses were taken out of it.
  struct Remainder {
    var text: [UInt8]
    var removed: [[UInt8]]
  }

  /// What may be left of a line that is otherwise an advertisement.
  private static let longestRest = 12
  private static let longestTail = 20
  /// Advertisements in advertisements are looked for so often.
  private static let mostPasses = 16
  private static let joins = Set(",、".utf16)
  private static let sentenceMarks = Set("。!?…“”「」".utf16)

  private let text = FoldedText()
  /// The line that is in ``text``, and whether there is a word in it that advertisements have.
  private var folded: [UInt8] = []
  private var mayAdvertise = false
  private let words = AdvertisingWords()
  private let lines = LinePatterns()
  private let clauses = ClausePatterns()

  /// Returns what a line is if all of it is a site's, advertisements left out.
  ///
  /// - Parameter line: A line without blanks around it.
  /// - Returns: `nil` for a line of the text.
  func finding(in line: [UInt8]) -> LinePatterns.Finding? {
    read(line)
    return lines.finding(in: text, mayBeOfSite: mayAdvertise)
  }

  /// Whether all of a line is an advertisement.
  func isAdvertisement(_ line: [UInt8]) -> Bool {
    read(line)
    return mayAdvertise && lines.isAdvertisement(text)
  }

  /// Whether a line announces what the book is about.
  func isIntroduction(_ line: [UInt8]) -> Bool {
    read(line)
    return lines.isIntroduction(text)
  }

  /// Whether a line is an advertisement, or has the address of a page.
  func isNotice(_ line: [UInt8]) -> Bool {
    read(line)
    return mayAdvertise && (lines.isAdvertisement(text) || clauses.hasAddress(text))
  }

  /// Returns a line without the advertisements in it; `nil` if there are none.
  ///
  /// - Parameter line: A line without blanks around it.
  /// - Returns: The rest, without blanks around it; empty if the line is an advertisement.
  func remainder(of line: [UInt8]) -> Remainder? {
    read(line)
    guard mayAdvertise else { return nil }
    var rest = Remainder(text: line, removed: [])
    for _ in 0..<Self.mostPasses {
      let places = clauses.places(in: text)
      guard !places.isEmpty else { break }
      var kept: [UInt8] = []
      var start = 0
      for place in places {
        let bytes = text.bytes(of: place)
        kept += rest.text[start..<bytes.lowerBound]
        rest.removed.append(Array(rest.text[bytes]))
        start = bytes.upperBound
      }
      rest.text = Blanks.trimmed(kept + rest.text[start...])
      read(rest.text)
    }
    guard !rest.removed.isEmpty else { return nil }
    if isScrap() { rest.text = [] }
    return rest
  }

  /// Folds a line, unless it is the last once more.
  private func read(_ line: [UInt8]) {
    guard line != folded else { return }
    folded = line
    text.fold(line)
    mayAdvertise = words.occur(in: text)
  }

  /// Whether what is left has nothing of a sentence.
  private func isScrap() -> Bool {
    // The end of an advertisement whose beginning was taken out.
    if let first = text.units.first, Self.joins.contains(first), text.count <= Self.longestTail {
      return true
    }
    guard text.count <= Self.longestRest else { return false }
    var letters = 0
    for unit in text.units {
      guard let scalar = Unicode.Scalar(unit), scalar.properties.isAlphabetic else { continue }
      letters += 1
    }
    return letters == 0 || !text.units.contains { Self.sentenceMarks.contains($0) }
  }
}
