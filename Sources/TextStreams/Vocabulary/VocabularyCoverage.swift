/// How a vocabulary fits a text.
package struct VocabularyCoverage: Equatable, Sendable {
  /// Tokens of the text, and how many different ones.
  package private(set) var tokens = 0
  package private(set) var types = 0
  /// Those that have an id of their own.
  package private(set) var coveredTokens = 0
  package private(set) var coveredTypes = 0
  /// Tokens that are spelled: as characters alone, and with bytes among them.
  package private(set) var characterSpelledTokens = 0
  package private(set) var byteSpelledTokens = 0
  /// Ids of the encoded text, and the characters of the text that they stand for.
  package private(set) var ids = 0
  package private(set) var characters = 0

  /// Adds a token of the text, and how often it occurs.
  fileprivate mutating func add(_ token: EncodedToken, _ occurrences: Int) {
    tokens += occurrences
    types += 1
    ids += token.ids.count * occurrences
    characters += token.characterCount * occurrences
    if !token.isSpelled {
      coveredTokens += occurrences
      coveredTypes += 1
    } else if token.hasBytes {
      byteSpelledTokens += occurrences
    } else {
      characterSpelledTokens += occurrences
    }
  }
}

/// Counts how a vocabulary fits texts, each by itself and all of them together.
package struct CoverageCounter: ~Copyable {
  private let vocabulary: Vocabulary
  private let memory: CountingMemory?
  private var all: TokenCounts

  /// Creates a counter of nothing.
  ///
  /// - Parameters:
  ///   - vocabulary: What gives tokens their ids.
  ///   - memory: How much counting may take; `nil` for no limit.
  package init(vocabulary: Vocabulary, memory: CountingMemory? = nil) {
    self.vocabulary = vocabulary
    // Each text is counted beside what was counted of all.
    self.memory = memory?.halved
    all = TokenCounts(memory: memory?.halved)
  }

  /// Counts a text.
  ///
  /// - Parameter file: Token lines.
  /// - Returns: How the vocabulary fits it.
  /// - Throws: ``StreamError`` at the first line that is wrong, or if a temporary file fails.
  package mutating func count(
    _ file: consuming InputFile
  ) throws(StreamError) -> VocabularyCoverage {
    var counts = TokenCounts(memory: memory)
    var scanner = TokenLineScanner(file)
    try scanner.scan(&counts)
    try counts.finish()
    var encoded = EncodedToken(vocabulary)
    var coverage = VocabularyCoverage()
    try counts.forEachToken { (token, occurrences) throws(StreamError) in
      encoded.encode(token)
      coverage.add(encoded, occurrences)
      try all.add(token, times: occurrences)
    }
    return coverage
  }

  /// Ends the counting.
  ///
  /// - Parameters:
  ///   - limit: How many of the most frequent tokens that are spelled to look at.
  ///   - body: Takes such a token, how often it occurs, and the ids that spell it.
  /// - Returns: How the vocabulary fits all texts together.
  /// - Throws: ``StreamError`` if a temporary file fails, or what `body` throws.
  package mutating func finish(
    mostFrequentSpelled limit: Int = 0,
    _ body: (UnsafeRawBufferPointer, Int, [UInt32]) throws(StreamError) -> Void = { _, _, _ in }
  ) throws(StreamError) -> VocabularyCoverage {
    try all.finish()
    var encoded = EncodedToken(vocabulary)
    var coverage = VocabularyCoverage()
    var spelled = RowSorter(memory: memory, minimumCapacity: 0)
    try all.forEachToken { (token, occurrences) throws(StreamError) in
      encoded.encode(token)
      coverage.add(encoded, occurrences)
      if limit > 0, encoded.isSpelled { try spelled.add(token, count: occurrences) }
    }
    guard limit > 0 else { return coverage }
    try spelled.forEach(limit: limit) { (token, occurrences) throws(StreamError) in
      encoded.encode(token)
      try body(token, occurrences, encoded.ids)
    }
    return coverage
  }
}

/// A token as ids.
private struct EncodedToken {
  /// Its own id, or those that spell it.
  private(set) var ids: [UInt32] = []
  private(set) var isSpelled = false
  private let vocabulary: Vocabulary

  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// Takes a token that was checked before.
  mutating func encode(_ token: UnsafeRawBufferPointer) {
    ids.removeAll(keepingCapacity: true)
    isSpelled = (try? vocabulary.encode(token, into: &ids)) ?? false
  }

  /// Whether a byte is among what spells it.
  var hasBytes: Bool { ids.contains { $0 < ReservedToken.count } }

  var characterCount: Int { ids.reduce(0) { $0 + vocabulary.characterCount($1) } }
}
