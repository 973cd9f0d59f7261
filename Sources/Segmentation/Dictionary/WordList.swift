/// Words in UTF-16, one after the other.
struct WordList {
  private(set) var units: [UInt16] = []
  /// Where each word ends in ``units``.
  private(set) var ends: [Int] = []
  private(set) var weights: [Float] = []

  var count: Int { ends.count }

  /// Adds a word; of one that is there already the last weight holds.
  ///
  /// - Parameters:
  ///   - word: At least one unit.
  ///   - weight: Not negative.
  mutating func add(_ word: some Collection<UInt16>, weight: Float) {
    precondition(!word.isEmpty && weight >= 0, "\(word.count) units with weight \(weight)")
    units.append(contentsOf: word)
    ends.append(units.count)
    weights.append(weight)
  }

  /// The place of a word in ``units``.
  func range(of word: Int) -> Range<Int> {
    (word == 0 ? 0 : ends[word - 1])..<ends[word]
  }

  /// How many scalars some units are.
  static func characterCount(of units: some Sequence<UInt16>) -> Int {
    units.count { $0 & 0xFC00 != 0xDC00 }
  }
}
