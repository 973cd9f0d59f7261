import Glibc
import TextStreams

/// Phrases by their definition, everything counted anew for every question.
///
/// For lines of ideographs, the marks `，` and `。`, and nothing else.
struct ReferencePhrases {
  private struct Place {
    var line: Int
    var offset: Int
  }

  private let lines: [[Character]]
  /// For each line, whether a token begins at a character, and at the line's end.
  private let begins: [[Bool]]
  private let limits: PhraseLimits
  /// How many ideographs there are.
  private let total: Double

  init(_ text: String, limits: PhraseLimits) {
    let tokens = text.split(separator: "\n").map { $0.split(separator: " ") }
    lines = tokens.map { $0.flatMap { Array($0) } }
    begins = tokens.map { line in
      line.flatMap { [true] + Array(repeating: false, count: $0.count - 1) } + [true]
    }
    self.limits = limits
    total = Double(lines.joined().count { !Self.isMark($0) })
  }

  /// The phrases, each with how often it occurs outside of longer ones.
  func phrases() -> [String: Int] {
    var found: [(phrase: [Character], free: Int)] = []
    for length in stride(from: limits.maximumLength, through: 2, by: -1) {
      let longer = found.map(\.phrase)
      for phrase in strings(length) {
        let places = places(of: phrase)
        guard places.count >= limits.minimumCount, isWhole(phrase, places.count) else { continue }
        let free = places.filter { !isCovered($0, length, by: longer) }
        let torn = free.filter { isTorn($0, length) }
        guard free.count >= limits.minimumCount, torn.count * 2 >= free.count else { continue }
        found.append((phrase, free.count))
      }
    }
    return Dictionary(uniqueKeysWithValues: found.map { (String($0.phrase), $0.free) })
  }

  private func isWhole(_ phrase: [Character], _ count: Int) -> Bool {
    let freedom = min(entropy(of: phrase, before: true), entropy(of: phrase, before: false))
    guard freedom > limits.minimumEntropy - 1e-7 else { return false }
    let discounted = Double(count - limits.minimumCount + 1)
    for split in 1..<phrase.count {
      let (left, right) = (Array(phrase[..<split]), Array(phrase[split...]))
      if phrase.count > 2 {
        let inside = min(entropy(of: left, before: false), entropy(of: right, before: true))
        guard inside < freedom - 1e-10 else { return false }
      }
      let chance = Double(places(of: left).count * places(of: right).count)
      guard log2(discounted * total / chance) >= limits.threshold * log2(total / Double(count))
      else { return false }
    }
    return true
  }

  /// The different strings of ideographs that are so long.
  private func strings(_ length: Int) -> Set<[Character]> {
    var strings: Set<[Character]> = []
    for line in lines where line.count >= length {
      for start in 0...line.count - length {
        let string = Array(line[start..<start + length])
        if !string.contains(where: Self.isMark) { strings.insert(string) }
      }
    }
    return strings
  }

  private func places(of string: [Character]) -> [Place] {
    lines.enumerated().flatMap { number, line in
      line.indices.filter { line[$0...].starts(with: string) }.map {
        Place(line: number, offset: $0)
      }
    }
  }

  private func entropy(of string: [Character], before: Bool) -> Double {
    var counts: [Character: Int] = [:]
    let places = places(of: string)
    for place in places {
      let line = ["\n"] + lines[place.line] + ["\n"]
      counts[line[place.offset + (before ? 0 : string.count + 1)], default: 0] += 1
    }
    return counts.values.sorted().reduce(0) { sum, count in
      let share = Double(count) / Double(places.count)
      return sum - share * log2(share)
    }
  }

  private func isCovered(_ place: Place, _ length: Int, by longer: [[Character]]) -> Bool {
    let line = lines[place.line]
    return longer.contains { phrase in
      (max(0, place.offset + length - phrase.count)...place.offset).contains {
        line[$0...].starts(with: phrase)
      }
    }
  }

  private func isTorn(_ place: Place, _ length: Int) -> Bool {
    let (line, begins) = (lines[place.line], begins[place.line])
    func isEdge(_ offset: Int) -> Bool {
      begins[offset] || Self.isMark(line[offset]) || Self.isMark(line[offset - 1])
    }
    return isEdge(place.offset) && isEdge(place.offset + length)
      && begins[(place.offset + 1)..<(place.offset + length)].contains(true)
  }

  private static func isMark(_ character: Character) -> Bool { "，。".contains(character) }
}
