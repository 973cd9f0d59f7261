extension VocabularyCounter {
  /// Writes a vocabulary of characters and of the pieces that merges of them make.
  ///
  /// Merges never go beyond a token. A row's count is how often its id is in the text once that is
  /// encoded; a row that a merge makes has the merge's rank as well.
  ///
  /// - Parameters:
  ///   - writer: Where to; the caller flushes it.
  ///   - limits: What to keep.
  /// - Returns: What became of the text.
  /// - Throws: ``StreamError`` if the output or a temporary file fails.
  /// - Precondition: The size leaves room for the reserved rows.
  package consuming func writePieces(
    to writer: ByteWriter, limits: PieceLimits = PieceLimits()
  ) throws(StreamError) -> PieceReport {
    try counts.finish()
    var builder = PieceVocabularyBuilder()
    try builder.chooseCharacters(of: counts, limits)
    try builder.addWords(of: counts)
    builder.learn(limits)
    try builder.write(specialCounts: specialCounts, to: writer)
    return builder.report
  }
}

/// What of a text becomes a vocabulary of pieces.
package struct PieceLimits: Equatable, Sendable {
  /// The most rows, reserved ones among them.
  package var size = 8000
  /// How often two pieces must stand side by side to become one.
  package var minimumFrequency = 2
  /// The share of all characters that the characters kept make up; the rest become bytes.
  package var characterCoverage = 1.0

  package init() {}
}

/// What became of the tokens of a text that was cut into pieces.
package struct PieceReport: Equatable, Sendable {
  /// Tokens of the text, and how many different ones.
  package var tokens = 0
  package var types = 0
  /// Different characters of the text, and how many of them have a row.
  package var characters = 0
  package var characterRows = 0
  /// Rows that merges make.
  package var mergeRows = 0
  /// Ids of the encoded text.
  package var ids = 0
}

/// Chooses the rows of a vocabulary of pieces and counts them.
private struct PieceVocabularyBuilder: ~Copyable {
  private(set) var report = PieceReport()

  private var survey = TokenSurvey()
  /// The symbol of each character of the survey; ``SymbolChain/none`` of one that is not kept.
  private var symbols: [UInt32] = []
  private var learner = MergeLearner(characters: [])
  private var byteCounts = [Int](repeating: 0, count: 256)

  /// Looks at all tokens and chooses the characters that become rows.
  mutating func chooseCharacters(
    of counts: borrowing TokenCounts, _ limits: PieceLimits
  ) throws(StreamError) {
    let room = limits.size - ReservedToken.count
    precondition(room >= 0, "no room for the reserved rows")
    try counts.forEachToken { token, occurrences in survey.add(token, occurrences) }
    report.tokens = survey.tokens
    report.types = survey.types
    report.characters = survey.characters.count
    let kept = survey.frequentCharacters(room, coverage: limits.characterCoverage)
    report.characterRows = kept.count
    symbols = Array(repeating: SymbolChain.none, count: survey.characters.count)
    var strings: [[UInt8]] = []
    for character in kept {
      symbols[Int(character)] = UInt32(strings.count)
      survey.characters.withBytes(of: character) { strings.append(Array($0)) }
    }
    learner = MergeLearner(characters: strings)
  }

  /// Divides the tokens into words of characters that are kept, with bytes between them.
  mutating func addWords(of counts: borrowing TokenCounts) throws(StreamError) {
    var word: [UInt32] = []
    try counts.forEachToken { token, occurrences in
      if case .byte(let byte)? = ReservedToken(token) {
        byteCounts[Int(byte)] += occurrences
        return
      }
      forEachUnit(of: token) { unit in
        if let symbol = symbol(of: unit) {
          word.append(symbol)
        } else {
          unit.content.forEachByte { byteCounts[Int($0)] += occurrences }
          learner.addWord(word, count: occurrences)
          word.removeAll(keepingCapacity: true)
        }
      }
      learner.addWord(word, count: occurrences)
      word.removeAll(keepingCapacity: true)
    }
  }

  /// Learns as many merges as there is room for.
  mutating func learn(_ limits: PieceLimits) {
    learner.learn(
      atMost: limits.size - ReservedToken.count - report.characterRows,
      minimumCount: limits.minimumFrequency)
    report.mergeRows = learner.merges.count
  }

  /// Writes all rows.
  mutating func write(specialCounts: [Int], to writer: ByteWriter) throws(StreamError) {
    let counts = learner.symbolCounts()
    report.ids = counts.reduce(0, +) + byteCounts.reduce(0, +)
    var text = VocabularyText(writer)
    try text.addReservedRows(byteCounts: byteCounts, specialCounts: specialCounts)
    var rows = CountedTokens(minimumCapacity: counts.count)
    for (string, count) in zip(learner.strings, counts) {
      string.withUnsafeBytes { rows.append($0, count: count) }
    }
    for index in rows.order() {
      let rank = index - report.characterRows + 1
      try rows.withBytes(of: index) { (token) throws(StreamError) in
        try text.addRow(token, rows.counts[index], rank: rank > 0 ? rank : nil)
      }
    }
    try text.finish()
  }

  private borrowing func symbol(of unit: TokenUnit) -> UInt32? {
    guard let character = survey.characters.index(of: TokenKey(unit.bytes)) else { return nil }
    let symbol = symbols[Int(character)]
    return symbol == SymbolChain.none ? nil : symbol
  }
}
