extension VocabularyCounter {
  /// Makes a vocabulary of characters and of the pieces that merges of them make.
  ///
  /// Merges never go beyond a token. A row's count is how often its id is in the text once that is
  /// encoded; a row that a merge makes has the merge's rank as well.
  ///
  /// - Parameter limits: What to keep.
  /// - Returns: The vocabulary as it stands in a file, and what it covers.
  /// - Precondition: The size leaves room for the reserved rows.
  package consuming func pieceVocabularyText(
    limits: PieceLimits = PieceLimits()
  ) -> (text: [UInt8], report: PieceReport) {
    let builder = PieceVocabularyBuilder(counts: counts, limits: limits)
    return (builder.text(), builder.report)
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
private struct PieceVocabularyBuilder {
  private(set) var report = PieceReport()

  private let sentenceCount: Int
  private let paragraphCount: Int
  private let byteCounts: [Int]
  private let learner: MergeLearner

  init(counts: borrowing TokenCounts, limits: PieceLimits) {
    let room = limits.size - ReservedToken.count
    precondition(room >= 0, "no room for the reserved rows")
    sentenceCount = counts.sentenceCount
    paragraphCount = counts.paragraphCount
    let tokens = counts.tokens()
    let characters = Self.characters(of: tokens, atMost: room, limits.characterCoverage)
    var byteCounts = [Int](repeating: 0, count: 256)
    var learner = Self.learner(for: characters)
    // The inventory numbers the characters that are not kept too, the learner does not.
    var symbols: [UInt32] = []
    var symbolCount: UInt32 = 0
    for isKept in characters.isKept {
      symbols.append(symbolCount)
      symbolCount += isKept ? 1 : 0
    }
    for (type, occurrences) in tokens.counts.enumerated() {
      tokens.withBytes(of: type) { token in
        var word: [UInt32] = []
        Self.forEachPiece(of: token, characters) { piece in
          switch piece {
          case .character(let number): word.append(symbols[number])
          case .bytes(let bytes):
            for byte in bytes { byteCounts[Int(byte)] += occurrences }
            learner.addWord(word, count: occurrences)
            word.removeAll(keepingCapacity: true)
          }
        }
        learner.addWord(word, count: occurrences)
      }
    }
    learner.learn(
      atMost: room - characters.keptCount, minimumCount: limits.minimumFrequency)
    self.byteCounts = byteCounts
    self.learner = learner
    report.tokens = tokens.counts.reduce(0, +)
    report.types = tokens.counts.count
    report.characters = characters.table.count
    report.characterRows = characters.keptCount
    report.mergeRows = learner.merges.count
    report.ids = learner.symbolCounts().reduce(0, +) + byteCounts.reduce(0, +)
  }

  /// Returns the text of the rows.
  func text() -> [UInt8] {
    let counts = learner.symbolCounts()
    var rows = CountedTokens(minimumCapacity: counts.count)
    for (string, count) in zip(learner.strings, counts) {
      string.withUnsafeBytes { rows.append($0, count: count) }
    }
    var lines = VocabularyLines(
      byteCounts: byteCounts, sentenceCount: sentenceCount, paragraphCount: paragraphCount,
      rowCount: counts.count)
    for index in rows.order() {
      let rank = index - report.characterRows + 1
      rows.withBytes(of: index) {
        lines.addRow($0, count: rows.counts[index], rank: rank > 0 ? rank : nil)
      }
    }
    return lines.bytes
  }

  private static func characters(
    of tokens: CountedTokens, atMost room: Int, _ coverage: Double
  ) -> CharacterInventory {
    var characters = CharacterInventory()
    for (type, occurrences) in tokens.counts.enumerated() {
      tokens.withBytes(of: type) { token in
        if case .byte? = ReservedToken(token) { return }
        TokenUnits.forEach(of: token) { characters.add($0, times: occurrences) }
      }
    }
    characters.choose(atMost: room, coverage: coverage)
    return characters
  }

  private static func learner(for characters: borrowing CharacterInventory) -> MergeLearner {
    var strings: [[UInt8]] = []
    for index in characters.isKept.indices where characters.isKept[index] {
      characters.table.withBytes(of: UInt32(index)) { strings.append(Array($0)) }
    }
    return MergeLearner(characters: strings)
  }

  /// What a token is made of before anything is joined.
  private enum Piece {
    /// A character that has a row, by its number in the inventory.
    case character(Int)
    /// The bytes of a character that has none, or a byte that is no character.
    case bytes([UInt8])
  }

  private static func forEachPiece(
    of token: UnsafeRawBufferPointer, _ characters: borrowing CharacterInventory,
    _ body: (Piece) -> Void
  ) {
    if case .byte(let byte)? = ReservedToken(token) {
      body(.bytes([byte]))
      return
    }
    var units = TokenUnits(token)
    while let unit = (try? units.next()) ?? nil {
      if let number = characters.number(ofKept: unit) {
        body(.character(number))
      } else {
        var bytes: [UInt8] = []
        unit.content.forEachByte { bytes.append($0) }
        body(.bytes(bytes))
      }
    }
  }
}
