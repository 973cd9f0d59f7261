internal import Glibc

/// Finds what a text uses as one word though its tokens tear it apart: names, above all.
///
/// A string of units is a phrase if
///
/// 1. it occurs often enough, and most often as several whole tokens, so that tokens neither have it
///    as one already nor go beyond its ends;
/// 2. its parts are found together far more often than chance would have it, wherever it is divided:
///    its cohesion, the pointwise mutual information as a share of what the phrase tells, is the
///    threshold or more
///
///        I = min over divisions w = l r of  log2 ((c(w) - d) N / (c(l) c(r)))
///        cohesion = I / log2 (N / c(w))
///
///    with c the count of a string, N the number of units, and d, one less than the least count, the
///    discount by which rare strings gain less;
/// 3. what stands before it and behind it varies: the lesser of the two entropies is the least that
///    is asked for or more. A mark of punctuation is as good a neighbour as a character, so that
///    what always stands before a colon is no phrase;
/// 4. it is freer at its ends than inside, unless it has two units: of each division, what follows l or
///    what precedes r varies less than that. So a word with any neighbour of it is no phrase;
/// 5. it occurs often enough outside of longer phrases.
///
/// Source: the discount is that of Mikolov et al. (2013), section 4; the normalisation that of Bouma
/// (2009); entropy that rises at the ends of words that of Jin and Tanaka-Ishii (2006).
package struct PhraseFinder: ~Copyable {
  private var text = UnitText()

  package init() {}

  /// Reads a text; no phrase goes on from one to the next.
  ///
  /// - Parameter file: Token lines.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package mutating func read(_ file: consuming InputFile) throws(StreamError) {
    var scanner = TokenLineScanner(file)
    try scanner.scan(&text)
  }

  /// Finds the phrases of the texts read.
  ///
  /// - Parameter limits: What counts as a phrase.
  /// - Returns: Phrases by falling weight, equal weights by rising bytes, and how many there are.
  package consuming func phrases(
    limits: PhraseLimits = PhraseLimits()
  ) -> (phrases: [Phrase], report: PhraseReport) {
    text.endLines(limits.maximumLength + 1)
    let grams = NGrams(
      of: text, maximumLength: limits.maximumLength, minimumCount: limits.minimumCount)
    var report = PhraseReport()
    report.tokens = text.tokenCount
    var found: [Phrase] = []
    var cover = PhraseCover(placeCount: text.codes.count)
    for length in stride(from: limits.maximumLength, through: 2, by: -1) {
      var accepted: [NGrams.Entry] = []
      for entry in grams.entries(ofLength: length) {
        report.recurring += 1
        guard let phrase = judge(entry, length, of: grams, outside: cover, limits) else { continue }
        found.append(phrase)
        accepted.append(entry)
      }
      for entry in accepted {
        for place in grams.places(of: entry) { cover.add(Int(place), length) }
      }
    }
    let sorted = Self.sorted(found).prefix(limits.maximumSize ?? .max)
    report.phrases = sorted.count
    return (Array(sorted), report)
  }

  /// Returns a string as a phrase if it is one.
  private borrowing func judge(
    _ entry: NGrams.Entry, _ length: Int, of grams: NGrams, outside cover: PhraseCover,
    _ limits: PhraseLimits
  ) -> Phrase? {
    // Less a little, so that the rounding of equal entropies decides nothing.
    let freedom = min(entry.entropyBefore, entry.entropyBehind) - 1e-9
    guard freedom >= limits.minimumEntropy - 2e-9, let first = grams.places(of: entry).first else {
      return nil
    }
    let total = Double(text.partCount)
    let discounted = Double(entry.count - limits.minimumCount + 1)
    var information = Double.infinity
    for split in 1..<length {
      let left = grams.entry(at: Int(first), length: split)
      let right = grams.entry(at: Int(first) + split, length: length - split)
      guard length == 2 || min(left.entropyBehind, right.entropyBefore) < freedom else {
        return nil
      }
      information = min(
        information, log2(discounted * total / (Double(left.count) * Double(right.count))))
    }
    let selfInformation = log2(total / Double(entry.count))
    let surplus = information - limits.threshold * selfInformation
    guard surplus >= 0 else { return nil }
    let (freeCount, tornCount) = occurrences(grams.places(of: entry), length, outside: cover)
    guard freeCount >= limits.minimumCount, tornCount * 2 >= freeCount else { return nil }
    return Phrase(
      bytes: text.bytes(Int(first)..<Int(first) + length), count: entry.count,
      freeCount: freeCount, tornCount: tornCount, information: information,
      cohesion: information / selfInformation, entropyBefore: entry.entropyBefore,
      entropyBehind: entry.entropyBehind,
      weight: max(1, Int((Double(freeCount) * surplus).rounded())))
  }

  /// Counts the places outside of longer phrases, and those of them with several whole tokens.
  private borrowing func occurrences(
    _ places: ArraySlice<UInt32>, _ length: Int, outside cover: PhraseCover
  ) -> (free: Int, torn: Int) {
    var (free, torn) = (0, 0)
    for place in places {
      let (start, end) = (Int(place), Int(place) + length)
      if cover.covers(start, length) { continue }
      free += 1
      guard text.isTokenEdge(start), text.isTokenEdge(end) else { continue }
      if text.beginsToken[(start + 1)..<end].contains(true) { torn += 1 }
    }
    return (free, torn)
  }

  private static func sorted(_ phrases: [Phrase]) -> [Phrase] {
    var weighted = CountedTokens(minimumCapacity: phrases.count)
    for phrase in phrases {
      phrase.bytes.withUnsafeBytes { weighted.append($0, count: phrase.weight) }
    }
    return weighted.order().map { phrases[$0] }
  }
}

/// What of a text the phrases found so far take up.
private struct PhraseCover {
  /// Where the longest-reaching phrase that a place is in ends; 0 for a place in none.
  private var ends: [UInt32]

  init(placeCount: Int) { ends = Array(repeating: 0, count: placeCount) }

  /// Adds an occurrence of a phrase.
  mutating func add(_ place: Int, _ length: Int) {
    let end = UInt32(place + length)
    for index in place..<place + length { ends[index] = max(ends[index], end) }
  }

  /// Whether a string lies in a phrase as a whole.
  func covers(_ place: Int, _ length: Int) -> Bool { Int(ends[place]) >= place + length }
}
