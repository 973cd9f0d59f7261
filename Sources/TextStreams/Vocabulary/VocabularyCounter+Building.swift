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
  package consuming func vocabulary(
    limits: VocabularyLimits = VocabularyLimits()
  ) -> (vocabulary: Vocabulary, report: VocabularyReport) {
    var builder = VocabularyBuilder(counts: counts)
    builder.choose(limits)
    builder.countRows()
    let report = builder.report
    return (builder.vocabulary(), report)
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

  private let counts: TokenCounts
  private let kinds: [Kind]
  /// The characters of all tokens, and how often each occurs in the text.
  private var characters: TokenTable

  private var isCharacterKept: [Bool] = []
  private var isWordKept: [Bool] = []
  /// How often each row is in the encoded text.
  private var characterCounts: [Int] = []
  private var byteCounts = [Int](repeating: 0, count: 256)

  init(counts: consuming TokenCounts) {
    var characters = TokenTable()
    kinds = (0..<UInt32(counts.table.count)).map { type in
      let occurrences = counts.table.occurrences(of: type)
      return counts.table.withBytes(of: type) { token in
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
    report.tokens = counts.tokenCount
    report.types = kinds.count
    self.characters = characters
    self.counts = counts
  }

  /// Chooses the rows: the most frequent characters, then the most frequent words.
  mutating func choose(_ limits: VocabularyLimits) {
    let room = limits.maximumSize.map { $0 - ReservedToken.count } ?? .max
    precondition(room >= 0, "no room for the reserved rows")
    isCharacterKept = Array(repeating: false, count: characters.count)
    let total = Double(
      (0..<UInt32(characters.count)).reduce(0) { $0 + characters.occurrences(of: $1) })
    var covered = 0
    for index in order(characters).prefix(room) {
      // All of them when all are wanted, whatever rounding does to the product.
      if limits.characterCoverage < 1, Double(covered) >= limits.characterCoverage * total {
        break
      }
      covered += characters.occurrences(of: index)
      isCharacterKept[Int(index)] = true
      report.characterRows += 1
    }
    isWordKept = Array(repeating: false, count: kinds.count)
    let words = order(counts.table) { type in
      guard case .word = kinds[Int(type)] else { return false }
      return counts.table.occurrences(of: type) >= limits.minimumCount
    }
    for type in words.prefix(room - report.characterRows) {
      isWordKept[Int(type)] = true
      report.wordRows += 1
    }
  }

  /// Counts how often each row is in the encoded text.
  mutating func countRows() {
    characterCounts = Array(repeating: 0, count: characters.count)
    for type in kinds.indices {
      let occurrences = counts.table.occurrences(of: UInt32(type))
      switch kinds[type] {
      case .byte(let byte):
        byteCounts[Int(byte)] += occurrences
        report.coveredTokens += occurrences
      case .word where isWordKept[type]:
        report.coveredTokens += occurrences
      case .character, .word:
        let token = counts.table.withBytes(of: UInt32(type)) { Array($0) }
        let isCovered = token.withUnsafeBytes { spell($0, occurrences) }
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
    for index in isCharacterKept.indices where isCharacterKept[index] {
      characters.withBytes(of: UInt32(index)) {
        _ = rows.add(TokenKey($0), times: characterCounts[index])
      }
    }
    for type in isWordKept.indices where isWordKept[type] {
      let occurrences = counts.table.occurrences(of: UInt32(type))
      counts.table.withBytes(of: UInt32(type)) {
        _ = rows.add(TokenKey($0), times: occurrences)
      }
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
    for index in order(rows) {
      rows.withBytes(of: index) { text.add($0, rows.occurrences(of: index)) }
    }
    return text.vocabulary()
  }
}

/// The rows of a vocabulary as they are written.
private struct VocabularyText: ~Copyable {
  private var table = TokenTable()
  private var characterCounts: [UInt16] = []
  private var text: [UInt8] = []

  mutating func add(_ token: UnsafeRawBufferPointer, _ count: Int) {
    table.add(TokenKey(token), times: count)
    // Every token was checked when it was first seen.
    characterCounts.append(UInt16(clamping: (try? TokenEscapes.characterCount(token)) ?? 0))
    text.append(contentsOf: token)
    text.append(0x09)
    text.append(contentsOf: String(count).utf8)
    text.append(0x0A)
  }

  consuming func vocabulary() -> Vocabulary {
    let (characterCounts, text) = (characterCounts, text)
    return Vocabulary(table: table, characterCounts: characterCounts, text: text)
  }
}

/// Returns the numbers of the strings by descending count, ties by ascending bytes.
private func order(
  _ table: borrowing TokenTable, where isWanted: (UInt32) -> Bool = { _ in true }
) -> [UInt32] {
  let bytes = table.bytes
  let counts = (0..<UInt32(table.count)).map { table.occurrences(of: $0) }
  let ranges = (0..<UInt32(table.count)).map { table.range(of: $0) }
  return bytes.withUnsafeBytes { bytes in
    counts.indices.map(UInt32.init).filter(isWanted).sorted { left, right in
      let (leftCount, rightCount) = (counts[Int(left)], counts[Int(right)])
      if leftCount != rightCount { return leftCount > rightCount }
      return precedes(bytes[ranges[Int(left)]], bytes[ranges[Int(right)]])
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
