/// How many tokens occur how often, in memory for the different counts alone.
///
/// Texts of n tokens have at most √(2n) different counts.
struct CountHistogram {
  /// How many tokens there are.
  private(set) var total = 0

  private var small = [Int](repeating: 0, count: 4096)
  private var large: [Int: Int] = [:]

  /// Takes a token that occurs `count` times.
  mutating func add(_ count: Int) {
    total += 1
    if count < small.count {
      small[count] += 1
    } else {
      large[count, default: 0] += 1
    }
  }

  /// The counts that occur, descending, and how many tokens have each.
  var descending: [(count: Int, tokens: Int)] {
    var all: [(count: Int, tokens: Int)] = []
    for (count, tokens) in large.sorted(by: { $0.key > $1.key }) { all.append((count, tokens)) }
    for count in small.indices.reversed() where small[count] > 0 {
      all.append((count, small[count]))
    }
    return all
  }
}

/// Which words are kept: the most frequent ones, of equally frequent ones those with lesser bytes.
struct WordChoice {
  /// How many are kept.
  let total: Int
  /// The least count of a word that is kept.
  private let leastCount: Int
  /// How many more words with this count are kept.
  private var room: Int

  /// Chooses.
  ///
  /// - Parameters:
  ///   - words: How often words occur.
  ///   - minimumCount: How often a word must occur.
  ///   - maximum: How many words there may be.
  init(_ words: CountHistogram, minimumCount: Int, maximum: Int) {
    var total = 0
    for (count, tokens) in words.descending where count >= minimumCount {
      if tokens > maximum - total {
        self.total = maximum
        leastCount = count
        room = maximum - total
        return
      }
      total += tokens
    }
    self.total = total
    leastCount = minimumCount
    room = .max
  }

  /// Decides on a word; they are to come by ascending bytes, each once.
  mutating func takes(_ count: Int) -> Bool {
    if count != leastCount { return count > leastCount }
    guard room > 0 else { return false }
    room -= 1
    return true
  }
}
