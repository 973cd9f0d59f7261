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
  /// The characters of all tokens, and how often each occurs in the text.
  private let characters: TokenTable

  private var isCharacterKept: [Bool] = []
  private var isWordKept: [Bool] = []
  /// How often each row is in the encoded text.
  private var characterCounts: [Int] = []
  private var byteCounts = [Int](repeating: 0, count: 256)

  init(counts: borrowing TokenCounts) {
    let tokens = counts.tokens()
    var characters = TokenTable()
    kinds = tokens.counts.enumerated().map { type, occurrences in
      tokens.withBytes(of: type) { token in
        if case .byte(let byte)? = ReservedToken(token) { return .byte(byte) }
        var unitCount = 0
        forEachUnit(of: token) { unit in
          unitCount += 1
          if case .byte = unit.content { return }
          characters.add(TokenKey(unit.bytes), times: occurrences)
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
    chooseCharacters(room, coverage: limits.characterCoverage)
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

  private mutating func chooseCharacters(_ room: Int, coverage: Double) {
    // All of them when all are wanted, whatever rounding does to a product.
    guard room < characters.count || coverage < 1 else {
      isCharacterKept = Array(repeating: true, count: characters.count)
      report.characterRows = characters.count
      return
    }
    isCharacterKept = Array(repeating: false, count: characters.count)
    var candidates = CountedTokens(minimumCapacity: characters.count)
    for index in 0..<UInt32(characters.count) {
      characters.withBytes(of: index) {
        candidates.append($0, count: characters.occurrences(of: index))
      }
    }
    let total = Double(candidates.counts.reduce(0, +))
    var covered = 0
    for index in candidates.order().prefix(room) {
      if coverage < 1, Double(covered) >= coverage * total { break }
      covered += candidates.counts[index]
      isCharacterKept[index] = true
      report.characterRows += 1
    }
  }

  /// Counts how often each row is in the encoded text.
  mutating func countRows() {
    characterCounts = Array(repeating: 0, count: characters.count)
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
    forEachUnit(of: token) { unit in
      let index = characters.index(of: TokenKey(unit.bytes)).map(Int.init)
      if let index, isCharacterKept[index] {
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
    for index in isCharacterKept.indices where isCharacterKept[index] {
      characters.withBytes(of: UInt32(index)) { rows.append($0, count: characterCounts[index]) }
    }
    for type in isWordKept.indices where isWordKept[type] {
      tokens.withBytes(of: type) { rows.append($0, count: tokens.counts[type]) }
    }
    // Most rows take less.
    var text = VocabularyText(minimumCapacity: 16 * (ReservedToken.count + rows.counts.count))
    for id in 0..<UInt32(ReservedToken.count) {
      let token = ReservedToken(id: id)
      let count =
        switch token {
        case .byte(let byte)?: byteCounts[Int(byte)]
        case .special(3)?: sentenceCount
        case .special(4)?: paragraphCount
        default: 0
        }
      (token?.bytes ?? []).withUnsafeBytes { text.addRow($0, count) }
    }
    for index in rows.order() {
      rows.withBytes(of: index) { text.addRow($0, rows.counts[index]) }
    }
    return text.bytes
  }
}

/// The rows of a vocabulary as they are written.
private struct VocabularyText {
  private(set) var bytes: [UInt8] = []

  init(minimumCapacity: Int) { bytes.reserveCapacity(minimumCapacity) }

  mutating func addRow(_ token: UnsafeRawBufferPointer, _ count: Int) {
    bytes.append(contentsOf: token)
    bytes.append(0x09)
    let start = bytes.count
    var rest = count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
    bytes.append(0x0A)
  }
}

/// Calls `body` with each character of a token that was checked before.
private func forEachUnit(of token: UnsafeRawBufferPointer, _ body: (TokenUnit) -> Void) {
  var units = TokenUnits(token)
  while let unit = (try? units.next()) ?? nil { body(unit) }
}
