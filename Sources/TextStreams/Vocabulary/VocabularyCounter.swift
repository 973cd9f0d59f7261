/// Counts the tokens of token lines, to make a ``Vocabulary`` of them.
package struct VocabularyCounter: ~Copyable {
  private(set) var counts = TokenCounts()

  package init() {}

  /// How many tokens were counted.
  package var tokenCount: Int { counts.tokenCount }

  /// Counts the tokens of a stream; paragraphs do not go on from one stream to the next.
  ///
  /// - Parameter file: Token lines.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package mutating func count(_ file: consuming InputFile) throws(StreamError) {
    var scanner = TokenLineScanner(file)
    counts.beginStream()
    try scanner.scan(&counts)
  }
}

/// How often each token was seen, as a visitor of token lines.
struct TokenCounts: ~Copyable, TokenLineVisitor {
  /// The tokens that were seen, byte tokens among them.
  private(set) var table = TokenTable()
  /// Lines that are not empty.
  private(set) var sentenceCount = 0
  /// Such lines that an empty one follows.
  private(set) var paragraphCount = 0

  private var isLineEmpty = true
  private var wasLineEmpty = true

  /// How many tokens were seen.
  var tokenCount: Int {
    (0..<UInt32(table.count)).reduce(0) { $0 + table.occurrences(of: $1) }
  }

  mutating func beginStream() {
    isLineEmpty = true
    wasLineEmpty = true
  }

  @inline(__always)
  mutating func visit(_ token: TokenKey) throws(TokenLineFailure) {
    isLineEmpty = false
    if table.add(token) != nil {
      do { try checkNew(token.bytes) } catch { throw .token(error) }
    }
  }

  mutating func endLine() {
    if isLineEmpty {
      if !wasLineEmpty { paragraphCount += 1 }
    } else {
      sentenceCount += 1
    }
    wasLineEmpty = isLineEmpty
    isLineEmpty = true
  }

  /// Checks a token when it is first seen: once for all the times it comes.
  private func checkNew(_ token: UnsafeRawBufferPointer) throws(TokenError) {
    if case .special(let id)? = ReservedToken(token) { throw .special(id) }
    _ = try TokenEscapes.characterCount(token)
  }
}
