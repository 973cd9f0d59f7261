extension VocabularyCounter {
  /// Makes the vocabulary of what was counted.
  ///
  /// Characters come before words where ``VocabularyLimits/maximumSize`` leaves no room for all. A
  /// row's count is how often its id is in the text once that is encoded.
  ///
  /// - Parameter limits: What to keep.
  /// - Returns: The vocabulary as it stands in a file, and what it covers.
  /// - Precondition: A maximum size leaves room for the reserved rows.
  package consuming func vocabularyText(
    limits: VocabularyLimits = VocabularyLimits()
  ) -> (text: [UInt8], report: VocabularyReport) {
    var builder = VocabularyBuilder(counts: counts)
    builder.choose(limits)
    builder.countRows()
    return (builder.text(), builder.report)
  }
}

/// Chooses the rows of a vocabulary and counts them.
private struct VocabularyBuilder: ~Copyable {
  private enum Kind {
    case byte(UInt8)
    case character
    case word
  }

  private(set) var report = VocabularyReport()

  private let sentenceCount: Int
  private let paragraphCount: Int
  private let tokens: CountedTokens
  private let kinds: [Kind]
  private var characters: CharacterInventory
  private var isWordKept: [Bool] = []
  /// How often each row is in the encoded text.
  private var characterCounts: [Int] = []
  private var byteCounts = [Int](repeating: 0, count: 256)

  init(counts: borrowing TokenCounts) {
    let tokens = counts.tokens()
    var characters = CharacterInventory()
    kinds = tokens.counts.enumerated().map { type, occurrences in
      tokens.withBytes(of: type) { token in
        if case .byte(let byte)? = ReservedToken(token) { return .byte(byte) }
        var unitCount = 0
        TokenUnits.forEach(of: token) { unit in
          unitCount += 1
          characters.add(unit, times: occurrences)
        }
        return unitCount == 1 ? .character : .word
      }
    }
    report.tokens = tokens.counts.reduce(0, +)
    report.types = kinds.count
    self.characters = characters
    self.tokens = tokens
    sentenceCount = counts.sentenceCount
    paragraphCount = counts.paragraphCount
  }

  /// Chooses the rows: the most frequent characters, then the most frequent words.
  mutating func choose(_ limits: VocabularyLimits) {
    let room = limits.maximumSize.map { $0 - ReservedToken.count } ?? .max
    precondition(room >= 0, "no room for the reserved rows")
    characters.choose(atMost: room, coverage: limits.characterCoverage)
    report.characterRows = characters.keptCount
    isWordKept = kinds.indices.map { type in
      guard case .word = kinds[type] else { return false }
      return tokens.counts[type] >= limits.minimumCount
    }
    let wordCount = isWordKept.count { $0 }
    report.wordRows = min(wordCount, room - report.characterRows)
    guard report.wordRows < wordCount else { return }
    let excess = tokens.order().filter { isWordKept[$0] }.dropFirst(report.wordRows)
    for type in excess { isWordKept[type] = false }
  }

  /// Counts how often each row is in the encoded text.
  mutating func countRows() {
    characterCounts = Array(repeating: 0, count: characters.table.count)
    let tokens = tokens
    for (type, occurrences) in tokens.counts.enumerated() {
      switch kinds[type] {
      case .byte(let byte):
        byteCounts[Int(byte)] += occurrences
        report.coveredTokens += occurrences
      case .word where isWordKept[type]:
        report.coveredTokens += occurrences
      case .character, .word:
        let isCovered = tokens.withBytes(of: type) { spell($0, occurrences) }
        if isCovered, case .character = kinds[type] { report.coveredTokens += occurrences }
      }
    }
  }

  /// Counts the rows that spell a token, and returns whether none of them is a byte's.
  private mutating func spell(_ token: UnsafeRawBufferPointer, _ occurrences: Int) -> Bool {
    var hasBytes = false
    TokenUnits.forEach(of: token) { unit in
      if let index = characters.number(ofKept: unit) {
        characterCounts[index] += occurrences
      } else {
        hasBytes = true
        unit.content.forEachByte { byteCounts[Int($0)] += occurrences }
      }
    }
    return !hasBytes
  }

  /// Returns the text of the rows.
  func text() -> [UInt8] {
    var rows = CountedTokens(minimumCapacity: report.characterRows + report.wordRows)
    for index in characters.isKept.indices where characters.isKept[index] {
      characters.table.withBytes(of: UInt32(index)) {
        rows.append($0, count: characterCounts[index])
      }
    }
    for type in isWordKept.indices where isWordKept[type] {
      tokens.withBytes(of: type) { rows.append($0, count: tokens.counts[type]) }
    }
    var lines = VocabularyLines(
      byteCounts: byteCounts, sentenceCount: sentenceCount, paragraphCount: paragraphCount,
      rowCount: rows.counts.count)
    for index in rows.order() {
      rows.withBytes(of: index) { lines.addRow($0, count: rows.counts[index]) }
    }
    return lines.bytes
  }
}
