/// What a first look at all tokens tells: enough to choose the rows of a vocabulary.
struct TokenSurvey: ~Copyable {
  /// Tokens of the text, and how many different ones.
  private(set) var tokens = 0
  private(set) var types = 0
  /// Byte tokens among them.
  private(set) var byteTokens = 0
  /// The characters of all tokens, and how often each occurs in the text.
  private(set) var characters = TokenTable()
  /// How often each of them is a token by itself.
  private(set) var aloneCounts: [Int] = []
  /// How often tokens of several characters occur.
  private(set) var words = CountHistogram()

  /// Looks at a token.
  ///
  /// - Parameters:
  ///   - token: A token that was checked.
  ///   - occurrences: How often it is in the text.
  mutating func add(_ token: UnsafeRawBufferPointer, _ occurrences: Int) {
    tokens += occurrences
    types += 1
    if case .byte? = ReservedToken(token) {
      byteTokens += occurrences
      return
    }
    var unitCount = 0
    var lastCharacter: UInt32?
    forEachUnit(of: token) { unit in
      unitCount += 1
      lastCharacter = nil
      if case .byte = unit.content { return }
      let character = characters.add(TokenKey(unit.bytes), times: occurrences)
      lastCharacter = character
      if character == aloneCounts.count { aloneCounts.append(0) }
    }
    if unitCount > 1 {
      words.add(occurrences)
    } else if let lastCharacter {
      aloneCounts[Int(lastCharacter)] += occurrences
    }
  }

  /// Returns the most frequent characters, ties by ascending bytes.
  ///
  /// - Parameters:
  ///   - maximum: How many at most.
  ///   - coverage: The share of all characters that they make up together.
  /// - Returns: Their numbers, the most frequent first.
  borrowing func frequentCharacters(_ maximum: Int, coverage: Double = 1) -> [UInt32] {
    var candidates = CountedTokens(minimumCapacity: characters.count)
    for index in 0..<UInt32(characters.count) {
      characters.withBytes(of: index) {
        candidates.append($0, count: characters.occurrences(of: index))
      }
    }
    let total = Double(candidates.counts.reduce(0, +))
    var covered = 0
    var chosen: [UInt32] = []
    for index in candidates.order().prefix(maximum) {
      // All of them when all are wanted, whatever rounding does to a product.
      if coverage < 1, Double(covered) >= coverage * total { break }
      covered += candidates.counts[index]
      chosen.append(UInt32(index))
    }
    return chosen
  }
}

/// Calls `body` with each character of a token that was checked before.
func forEachUnit(of token: UnsafeRawBufferPointer, _ body: (TokenUnit) -> Void) {
  var units = TokenUnits(token)
  while let unit = (try? units.next()) ?? nil { body(unit) }
}
