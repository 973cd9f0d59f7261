extension VocabularyCounter {
  /// Writes the vocabulary of what was counted.
  ///
  /// Characters come before words where ``VocabularyLimits/maximumSize`` leaves no room for all. A
  /// row's count is how often its id is in the text once that is encoded.
  ///
  /// - Parameters:
  ///   - writer: Where to; the caller flushes it.
  ///   - limits: What to keep.
  /// - Returns: What the vocabulary covers.
  /// - Throws: ``StreamError`` if the output or a temporary file fails.
  /// - Precondition: A maximum size leaves room for the reserved rows.
  package consuming func write(
    to writer: ByteWriter, limits: VocabularyLimits = VocabularyLimits()
  ) throws(StreamError) -> VocabularyReport {
    try counts.finish()
    var builder = VocabularyBuilder()
    try builder.survey(counts)
    builder.choose(limits)
    var rows = RowSorter(memory: memory, minimumCapacity: builder.rowCount)
    try builder.countRows(counts, into: &rows)
    try builder.write(&rows, specialCounts: specialCounts, to: writer)
    return builder.report
  }
}

/// Chooses the rows of a vocabulary and counts them, in two passes over the tokens.
private struct VocabularyBuilder: ~Copyable {
  private(set) var report = VocabularyReport()

  private var surveyed = TokenSurvey()
  private var isCharacterKept: [Bool] = []
  private var words = WordChoice(CountHistogram(), minimumCount: 0, maximum: 0)
  /// How often each row is in the encoded text.
  private var characterCounts: [Int] = []
  private var byteCounts = [Int](repeating: 0, count: 256)

  /// How many rows there are beside the reserved ones.
  var rowCount: Int { report.characterRows + report.wordRows }

  /// Looks at all tokens.
  mutating func survey(_ counts: borrowing TokenCounts) throws(StreamError) {
    try counts.forEachToken { token, occurrences in surveyed.add(token, occurrences) }
    report.tokens = surveyed.tokens
    report.types = surveyed.types
  }

  /// Chooses the rows: the most frequent characters, then the most frequent words.
  mutating func choose(_ limits: VocabularyLimits) {
    let room = limits.maximumSize.map { $0 - ReservedToken.count } ?? .max
    precondition(room >= 0, "no room for the reserved rows")
    let characterCount = surveyed.characters.count
    let isLimited = room < characterCount || limits.characterCoverage < 1
    isCharacterKept = Array(repeating: !isLimited, count: characterCount)
    report.characterRows = characterCount
    if isLimited {
      let kept = surveyed.frequentCharacters(room, coverage: limits.characterCoverage)
      for index in kept { isCharacterKept[Int(index)] = true }
      report.characterRows = kept.count
    }
    words = WordChoice(
      surveyed.words, minimumCount: limits.minimumCount, maximum: room - report.characterRows)
    report.wordRows = words.total
  }

  /// Counts how often each row is in the encoded text, and adds the rows that are not reserved.
  mutating func countRows(
    _ counts: borrowing TokenCounts, into rows: inout RowSorter
  ) throws(StreamError) {
    characterCounts = Array(repeating: 0, count: surveyed.characters.count)
    try counts.forEachToken { (token, occurrences) throws(StreamError) in
      if case .byte(let byte)? = ReservedToken(token) {
        byteCounts[Int(byte)] += occurrences
        report.coveredTokens += occurrences
      } else if isCharacter(token) {
        if spell(token, occurrences) { report.coveredTokens += occurrences }
      } else if words.takes(occurrences) {
        try rows.add(token, count: occurrences)
        report.coveredTokens += occurrences
      } else {
        _ = spell(token, occurrences)
      }
    }
    for index in isCharacterKept.indices where isCharacterKept[index] {
      let count = characterCounts[index]
      try surveyed.characters.withBytes(of: UInt32(index)) { (character) throws(StreamError) in
        try rows.add(character, count: count)
      }
    }
  }

  /// Counts the rows that spell a token, and returns whether none of them is a byte's.
  private mutating func spell(_ token: UnsafeRawBufferPointer, _ occurrences: Int) -> Bool {
    var hasBytes = false
    forEachUnit(of: token) { unit in
      let index = surveyed.characters.index(of: TokenKey(unit.bytes)).map(Int.init)
      if let index, isCharacterKept[index] {
        characterCounts[index] += occurrences
      } else {
        hasBytes = true
        unit.content.forEachByte { byteCounts[Int($0)] += occurrences }
      }
    }
    return !hasBytes
  }

  /// Writes all rows.
  mutating func write(
    _ rows: inout RowSorter, specialCounts: [Int], to writer: ByteWriter
  ) throws(StreamError) {
    var text = VocabularyText(writer)
    try text.addReservedRows(byteCounts: byteCounts, specialCounts: specialCounts)
    try rows.forEach { (token, count) throws(StreamError) in try text.addRow(token, count) }
    try text.finish()
    report.byteCount = text.byteCount
  }
}

/// Whether a token is one character, or one byte that is written as an escape.
private func isCharacter(_ token: UnsafeRawBufferPointer) -> Bool {
  var units = TokenUnits(token)
  _ = try? units.next()
  return units.offset == token.count
}
