import TextStreams

/// Merges as the definition has them: every pair is counted again before each merge.
struct ReferenceMerges {
  typealias Word = [[UInt8]]

  /// The two parts of each merge, the first merge first.
  private(set) var merges: [(left: [UInt8], right: [UInt8])] = []

  init(_ lines: [UInt8], limit: Int, minimumFrequency: Int) {
    var words: [Word: Int] = [:]
    for token in lines.split(whereSeparator: { $0 == 0x0A || $0 == 0x20 }) {
      for word in Self.words(of: Array(token)) { words[word, default: 0] += 1 }
    }
    while merges.count < limit, let best = Self.best(of: words, minimumFrequency) {
      merges.append((best[0], best[1]))
      var joined: [Word: Int] = [:]
      for (word, count) in words {
        joined[Self.join(word, best[0], best[1]), default: 0] += count
      }
      words = joined
    }
  }

  /// Returns the pieces of a token.
  func pieces(of token: [UInt8]) -> Word {
    Self.words(of: token, keepingBytes: true).flatMap { word in
      merges.reduce(word) { Self.join($0, $1.left, $1.right) }
    }
  }

  /// Divides a token into its units, and into several words at bytes that are no characters.
  private static func words(of token: [UInt8], keepingBytes: Bool = false) -> [Word] {
    if token.withUnsafeBytes({ ReservedToken($0) }) != nil { return keepingBytes ? [[token]] : [] }
    var words: [Word] = [[]]
    for unit in ReferenceVocabulary.units(token) {
      guard unit.starts(with: Array("\\x".utf8)) else {
        words[words.count - 1].append(unit)
        continue
      }
      words += keepingBytes ? [[unit], []] : [[]]
    }
    return words
  }

  private static func best(of words: [Word: Int], _ minimumFrequency: Int) -> Word? {
    var counts: [Word: Int] = [:]
    for (word, count) in words {
      for (left, right) in zip(word, word.dropFirst()) {
        counts[[left, right], default: 0] += count
      }
    }
    return counts.filter { pair, count in
      count >= minimumFrequency && (pair[0] + pair[1]).withUnsafeBytes { ReservedToken($0) } == nil
    }.min { first, second in
      if first.value != second.value { return first.value > second.value }
      let (left, right) = (first.key, second.key)
      return left[0] == right[0]
        ? left[1].lexicographicallyPrecedes(right[1])
        : left[0].lexicographicallyPrecedes(right[0])
    }?.key
  }

  private static func join(_ word: Word, _ left: [UInt8], _ right: [UInt8]) -> Word {
    var joined: Word = []
    var index = 0
    while index < word.count {
      if index + 1 < word.count, word[index] == left, word[index + 1] == right {
        joined.append(left + right)
        index += 2
      } else {
        joined.append(word[index])
        index += 1
      }
    }
    return joined
  }
}
