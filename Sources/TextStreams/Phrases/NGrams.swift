internal import Glibc

/// The strings of units that occur often in a text, up to some length.
///
/// The places of a text are sorted by what begins there, to a depth that is the longest string's
/// length and one more: a suffix array cut off there. The occurrences of a string lie side by side
/// in it. Memory and time are linear in the text, the time in the length too.
struct NGrams {
  struct Entry {
    /// Where in the sorted places its occurrences begin.
    fileprivate let first: Int
    let count: Int
    /// The entropy of the units that stand before it and behind it, in bits.
    let entropyBefore: Double
    let entropyBehind: Double
  }

  /// The strings of each length, from 1 on.
  private var entries: [[Entry]] = []
  /// For each length but the last, the number of the entry that occurs at a place.
  private var numbers: [[UInt32]] = []
  private let places: [UInt32]

  /// Finds the strings of a text that has an end of line more than the longest string at its end.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - maximumLength: The length of the longest strings, at most 255.
  ///   - minimumCount: How often a string must occur, at least 2.
  init(of text: borrowing UnitText, maximumLength: Int, minimumCount: Int) {
    places = Self.sortedPlaces(of: text, depth: maximumLength + 1)
    let codes = text.codes
    let shared = Self.sharedLengths(places, of: text, atMost: maximumLength)
    var tally = NeighbourTally(unitCount: text.unitCount)
    for length in 1...maximumLength {
      var found: [Entry] = []
      var numbers = [UInt32](
        repeating: 0, count: length < maximumLength ? codes.count : 0)
      var first = 0
      while first < places.count {
        var end = first + 1
        while end < places.count, shared[end] >= length { end += 1 }
        if end - first >= minimumCount {
          if length < maximumLength {
            for place in places[first..<end] { numbers[Int(place)] = UInt32(found.count) }
          }
          for place in places[first..<end] { tally.add(codes[Int(place) - 1]) }
          let entropyBefore = tally.takeEntropy()
          for place in places[first..<end] { tally.add(codes[Int(place) + length]) }
          found.append(
            Entry(
              first: first, count: end - first, entropyBefore: entropyBefore,
              entropyBehind: tally.takeEntropy()))
        }
        first = end
      }
      entries.append(found)
      self.numbers.append(numbers)
    }
  }

  /// The strings that are so long.
  func entries(ofLength length: Int) -> [Entry] { entries[length - 1] }

  /// The places at which a string occurs, in no order that means anything.
  func places(of entry: Entry) -> ArraySlice<UInt32> {
    places[entry.first..<entry.first + entry.count]
  }

  /// The string at a place.
  ///
  /// - Precondition: It is part of a string that is here, and shorter.
  func entry(at place: Int, length: Int) -> Entry {
    entries[length - 1][Int(numbers[length - 1][place])]
  }

  /// Sorts the places where a phrase may begin by the units from there on, as many as `depth`.
  private static func sortedPlaces(of text: borrowing UnitText, depth: Int) -> [UInt32] {
    let codes = text.codes
    var places: [UInt32] = []
    places.reserveCapacity(text.partCount)
    for place in codes.indices where text.isPart(at: place) { places.append(UInt32(place)) }
    sortPlaces(&places, in: codes, codeCount: text.unitCount, depth: depth)
    return places
  }

  /// Returns how many units of a phrase a place has in common with the one sorted before it.
  private static func sharedLengths(
    _ places: [UInt32], of text: borrowing UnitText, atMost maximum: Int
  ) -> [UInt8] {
    let codes = text.codes
    var lengths = [UInt8](repeating: 0, count: places.count)
    for index in places.indices.dropFirst() {
      let (left, right) = (Int(places[index - 1]), Int(places[index]))
      var length = 0
      while length < maximum, codes[left + length] == codes[right + length],
        text.isPart(at: left + length)
      {
        length += 1
      }
      lengths[index] = UInt8(length)
    }
    return lengths
  }
}

/// Counts the units on one side of a string.
private struct NeighbourTally {
  private var counts: [Int]
  /// The units that were counted, each once.
  private var seen: [UInt32] = []
  private var total = 0

  init(unitCount: Int) { counts = Array(repeating: 0, count: unitCount) }

  @inline(__always)
  mutating func add(_ unit: UInt32) {
    if counts[Int(unit)] == 0 { seen.append(unit) }
    counts[Int(unit)] += 1
    total += 1
  }

  /// Returns the entropy of what was counted, in bits, and forgets it.
  ///
  ///     H = log2 n - (1/n) Σ m log2 m
  mutating func takeEntropy() -> Double {
    var sum = 0.0
    for unit in seen {
      let m = Double(counts[Int(unit)])
      if m > 1 { sum += m * log2(m) }
      counts[Int(unit)] = 0
    }
    let n = Double(total)
    seen.removeAll(keepingCapacity: true)
    total = 0
    return log2(n) - sum / n
  }
}
