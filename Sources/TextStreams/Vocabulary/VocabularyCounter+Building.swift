internal import Glibc

extension VocabularyCounter {
  /// Makes the vocabulary of what was counted.
  ///
  /// Characters come before words where ``VocabularyLimits/maximumSize`` leaves no room for all. A
  /// row's count is how often its id is in the text once that is encoded.
  ///
  /// - Parameter limits: What to keep.
  /// - Returns: The vocabulary and what it covers.
  /// - Precondition: A maximum size leaves room for the reserved rows.
  package func vocabulary(
    limits: VocabularyLimits = VocabularyLimits()
  ) -> (vocabulary: Vocabulary, report: VocabularyReport) {
    var builder = VocabularyBuilder(counts: counts)
    builder.choose(limits)
    builder.countRows()
    return (builder.vocabulary(), builder.report)
  }
}

/// Chooses the rows of a vocabulary and counts them.
private struct VocabularyBuilder {
  private enum Kind {
    case byte(UInt8)
    case character
    case word
  }

  private(set) var report = VocabularyReport()

  private let counts: TokenCounts
  private let kinds: [Kind]
  /// The characters of all tokens, and how often each occurs in the text.
  private var characters: TokenTable
  private var characterOccurrences: [Int]

  private var isCharacterKept: [Bool] = []
  private var isWordKept: [Bool] = []
  /// How often each row is in the encoded text.
  private var characterCounts: [Int] = []
  private var byteCounts = [Int](repeating: 0, count: 256)

  init(counts: TokenCounts) {
    self.counts = counts
    var characters = TokenTable()
    var occurrences: [Int] = []
    kinds = counts.occurrences.indices.map { type in
      counts.table.withBytes(of: UInt32(type)) { token in
        if case .byte(let byte)? = ReservedToken(token) { return .byte(byte) }
        var unitCount = 0
        forEachUnit(of: token) { unit in
          unitCount += 1
          if case .byte = unit.content { return }
          let (index, isNew) = characters.insert(TokenKey(unit.bytes))
          if isNew { occurrences.append(0) }
          occurrences[Int(index)] += counts.occurrences[type]
        }
        return unitCount == 1 ? .character : .word
      }
    }
    self.characters = characters
    characterOccurrences = occurrences
    report.tokens = counts.tokenCount
    report.types = kinds.count
  }

  /// Chooses the rows: the most frequent characters, then the most frequent words.
  mutating func choose(_ limits: VocabularyLimits) {
    let room = limits.maximumSize.map { $0 - ReservedToken.count } ?? .max
    precondition(room >= 0, "no room for the reserved rows")
    isCharacterKept = Array(repeating: false, count: characters.count)
    let total = Double(characterOccurrences.reduce(0, +))
    var covered = 0
    for index in order(characters, characterOccurrences).prefix(room) {
      // All of them when all are wanted, whatever rounding does to the product.
      if limits.characterCoverage < 1, Double(covered) >= limits.characterCoverage * total {
        break
      }
      covered += characterOccurrences[Int(index)]
      isCharacterKept[Int(index)] = true
      report.characterRows += 1
    }
    isWordKept = Array(repeating: false, count: kinds.count)
    let words = order(counts.table, counts.occurrences) { type in
      guard case .word = kinds[Int(type)] else { return false }
      return counts.occurrences[Int(type)] >= limits.minimumCount
    }
    for type in words.prefix(room - report.characterRows) {
      isWordKept[Int(type)] = true
      report.wordRows += 1
    }
  }

  /// Counts how often each row is in the encoded text.
  mutating func countRows() {
    characterCounts = Array(repeating: 0, count: characters.count)
    for (type, occurrences) in counts.occurrences.enumerated() {
      switch kinds[type] {
      case .byte(let byte):
        byteCounts[Int(byte)] += occurrences
        report.coveredTokens += occurrences
      case .word where isWordKept[type]:
        report.coveredTokens += occurrences
      case .character, .word:
        let isCovered = counts.table.withBytes(of: UInt32(type)) { spell($0, occurrences) }
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

  /// Returns the vocabulary of the rows.
  func vocabulary() -> Vocabulary {
    var rows = TokenTable(minimumCapacity: report.characterRows + report.wordRows)
    var rowCounts: [Int] = []
    for index in isCharacterKept.indices where isCharacterKept[index] {
      characters.withBytes(of: UInt32(index)) { _ = rows.insert(TokenKey($0)) }
      rowCounts.append(characterCounts[index])
    }
    for type in isWordKept.indices where isWordKept[type] {
      counts.table.withBytes(of: UInt32(type)) { _ = rows.insert(TokenKey($0)) }
      rowCounts.append(counts.occurrences[type])
    }
    var text = VocabularyText()
    for id in 0..<UInt32(ReservedToken.count) {
      let token = ReservedToken(id: id)
      let count =
        switch token {
        case .byte(let byte)?: byteCounts[Int(byte)]
        case .special(3)?: counts.sentenceCount
        case .special(4)?: counts.paragraphCount
        default: 0
        }
      (token?.bytes ?? []).withUnsafeBytes { text.add($0, count) }
    }
    for index in order(rows, rowCounts) {
      rows.withBytes(of: index) { text.add($0, rowCounts[Int(index)]) }
    }
    return text.vocabulary()
  }
}

/// The rows of a vocabulary as they are written.
private struct VocabularyText {
  private var table = TokenTable()
  private var counts: [Int] = []
  private var characterCounts: [UInt16] = []
  private var text: [UInt8] = []

  mutating func add(_ token: UnsafeRawBufferPointer, _ count: Int) {
    _ = table.insert(TokenKey(token))
    counts.append(count)
    // Every token was checked when it was first seen.
    characterCounts.append(UInt16(clamping: (try? TokenEscapes.characterCount(token)) ?? 0))
    text.append(contentsOf: token)
    text.append(0x09)
    text.append(contentsOf: String(count).utf8)
    text.append(0x0A)
  }

  func vocabulary() -> Vocabulary {
    Vocabulary(table: table, counts: counts, characterCounts: characterCounts, text: text)
  }
}

/// Returns the numbers of the strings by descending count, ties by ascending bytes.
private func order(
  _ table: TokenTable, _ counts: [Int], where isWanted: (UInt32) -> Bool = { _ in true }
) -> [UInt32] {
  let bytes = table.bytes
  return bytes.withUnsafeBytes { bytes in
    (0..<UInt32(table.count)).filter(isWanted).sorted { left, right in
      let (leftCount, rightCount) = (counts[Int(left)], counts[Int(right)])
      if leftCount != rightCount { return leftCount > rightCount }
      return precedes(bytes[table.range(of: left)], bytes[table.range(of: right)])
    }
  }
}

/// Returns whether some bytes sort before others, as `LC_ALL=C sort` has it.
private func precedes(
  _ left: Slice<UnsafeRawBufferPointer>, _ right: Slice<UnsafeRawBufferPointer>
) -> Bool {
  let left = UnsafeRawBufferPointer(rebasing: left)
  let right = UnsafeRawBufferPointer(rebasing: right)
  guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
    return left.count < right.count
  }
  let difference = memcmp(leftStart, rightStart, min(left.count, right.count))
  return difference == 0 ? left.count < right.count : difference < 0
}

/// Calls `body` with each character of a token that was checked before.
private func forEachUnit(of token: UnsafeRawBufferPointer, _ body: (TokenUnit) -> Void) {
  var units = TokenUnits(token)
  while let unit = (try? units.next()) ?? nil { body(unit) }
}
