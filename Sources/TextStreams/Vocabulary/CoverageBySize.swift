extension VocabularyCounter {
  /// How many tokens of the text a vocabulary of some size would have ids for.
  package struct Size: Equatable, Sendable {
    /// The most rows, the reserved ones among them.
    package var rows: Int
    /// Tokens that are not spelled then.
    package var coveredTokens: Int
  }

  /// Finds what vocabularies of several sizes would cover.
  ///
  /// The sizes are 1, 2 and 5 times a power of ten, from the first above the reserved rows to the
  /// last below all rows; then the size that has all rows.
  ///
  /// - Returns: The sizes, ascending, and how many tokens the text has.
  /// - Throws: ``StreamError`` if a temporary file fails.
  package consuming func coverageBySize() throws(StreamError) -> (sizes: [Size], tokens: Int) {
    try counts.finish()
    var survey = TokenSurvey()
    try counts.forEachToken { token, occurrences in survey.add(token, occurrences) }
    let characters = survey.frequentCharacters(.max).map { survey.aloneCounts[Int($0)] }
    let words = survey.words.descending
    let full = ReservedToken.count + characters.count + survey.words.total
    var coverage = RunningCoverage(covered: survey.byteTokens, characters: characters, words: words)
    let sizes = usualSizes(below: full) + [full]
    return (
      sizes.map { size in
        Size(rows: size, coveredTokens: coverage.covered(rows: size - ReservedToken.count))
      }, survey.tokens
    )
  }
}

/// The tokens that growing numbers of rows cover: first characters, then words.
private struct RunningCoverage {
  /// What the rows taken so far cover.
  private var covered: Int
  private var rows = 0
  private var characters: ArraySlice<Int>
  private var words: ArraySlice<(count: Int, tokens: Int)>

  init(covered: Int, characters: [Int], words: [(count: Int, tokens: Int)]) {
    self.covered = covered
    self.characters = characters[...]
    self.words = words[...]
  }

  /// Returns what some rows cover, at least as many as the last time.
  mutating func covered(rows wanted: Int) -> Int {
    while rows < wanted, let count = characters.popFirst() {
      covered += count
      rows += 1
    }
    while rows < wanted, let first = words.first {
      let taken = min(first.tokens, wanted - rows)
      covered += taken * first.count
      rows += taken
      if taken == first.tokens {
        words.removeFirst()
      } else {
        words[words.startIndex].tokens -= taken
      }
    }
    return covered
  }
}

/// Returns 1, 2 and 5 times the powers of ten between the reserved rows and a limit.
private func usualSizes(below limit: Int) -> [Int] {
  var sizes: [Int] = []
  var power = 100
  while power < limit {
    for size in [power, 2 * power, 5 * power] where size > ReservedToken.count && size < limit {
      sizes.append(size)
    }
    power *= 10
  }
  return sizes
}
