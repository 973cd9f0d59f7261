/// How often each token was seen, as a visitor of token lines.
///
/// What the memory has no room for goes to disk as sorted runs; a token may then be in several.
struct TokenCounts: ~Copyable, TokenLineVisitor {
  /// Lines that are not empty.
  var sentenceCount = 0
  /// Such lines that an empty one follows.
  var paragraphCount = 0

  /// Tokens of up to 8 bytes, and those of them that are counted here until they are asked for.
  var shortTokens = ShortTokenTable()
  let frequentTokens = FrequentTokens()
  var longTokens = TokenTable()
  /// Short tokens looked up in the table since it was last asked which are frequent.
  var lookupCount = 0
  var ends = TokenEnds()
  let tables = PieceTables()
  /// The short tokens of a piece that are not frequent.
  let words = UnsafeMutablePointer<UInt64>.allocate(capacity: TokenEnds.pieceSize + 1)
  var isLineEmpty = true
  var wasLineEmpty = true

  /// How many bytes the tables may take.
  private let byteCount: Int
  private let runs: TokenRuns?

  /// Creates counts of nothing.
  ///
  /// - Parameter memory: Half of it is for the tables; `nil` for no limit.
  init(memory: CountingMemory? = nil) {
    byteCount = memory?.half ?? .max
    runs = memory.map { TokenRuns(order: .bytes, memory: $0) }
  }

  deinit {
    words.deallocate()
    tables.deallocate()
  }

  mutating func beginStream() {
    isLineEmpty = true
    wasLineEmpty = true
  }

  mutating func visit(_ token: TokenKey) throws(TokenLineFailure) {
    isLineEmpty = false
    if token.bytes.count <= 8 ? shortTokens.addKnown(token.word) : longTokens.addKnown(token) {
      return
    }
    do { try checkNew(token.bytes) } catch { throw .token(error) }
    do { try addNew(token, times: 1) } catch { throw .stream(error) }
  }

  /// Counts a token some times more.
  ///
  /// - Parameters:
  ///   - token: A token that is well formed and not a special one.
  ///   - times: How often, 0 for a token that is only known.
  /// - Throws: ``StreamError`` if a temporary file cannot be made or written.
  mutating func add(_ token: UnsafeRawBufferPointer, times: Int) throws(StreamError) {
    let key = TokenKey(token)
    if token.count <= 8 {
      if shortTokens.addKnown(key.word, times: UInt64(times)) { return }
    } else if longTokens.index(of: key) != nil {
      longTokens.add(key, times: times)
      return
    }
    try addNew(key, times: times)
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
  func checkNew(_ token: UnsafeRawBufferPointer) throws(TokenError) {
    if case .special(let id)? = ReservedToken(token) { throw .special(id) }
    _ = try TokenEscapes.characterCount(token)
  }

  /// Counts a token that is in no table, once there is room for it.
  private mutating func addNew(_ token: TokenKey, times: Int) throws(StreamError) {
    if isFull { try spill() }
    if token.bytes.count <= 8 {
      shortTokens.insert(token.word, times: UInt64(times))
    } else {
      longTokens.add(token, times: times)
    }
  }
}

// MARK: - In order

extension TokenCounts {
  /// Puts the tokens in order; nothing can be counted any more.
  ///
  /// - Throws: ``StreamError`` if a temporary file fails.
  mutating func finish() throws(StreamError) {
    frequentTokens.empty(into: shortTokens)
    guard let runs, !runs.isEmpty else {
      sortTables()
      return
    }
    try spill()
    // Their memory is needed no more.
    shortTokens = ShortTokenTable()
    longTokens = TokenTable()
    try runs.reduce()
  }

  /// Calls `body` with each token by ascending bytes, byte tokens among them, and its count.
  ///
  /// It can be called several times, after ``finish()``.
  ///
  /// - Throws: ``StreamError`` if a temporary file cannot be read, or what `body` throws.
  borrowing func forEachToken(
    _ body: (UnsafeRawBufferPointer, Int) throws(StreamError) -> Void
  ) throws(StreamError) {
    if let runs, !runs.isEmpty {
      try runs.forEach(body)
    } else {
      try forEachInTables(body)
    }
  }

  /// Whether the tables have no room for all the tokens that a piece may have.
  var isFull: Bool {
    let (strings, bytes) = (
      TokenEnds.pieceSize / 2, TokenEnds.pieceSize + LineTokens.maximumTokenLength
    )
    return shortTokens.peakByteCount(adding: strings)
      + longTokens.peakByteCount(adding: strings, bytes: bytes) > byteCount
      && shortTokens.count + longTokens.count > 0
  }

  /// Writes the tables out as a sorted run, and empties them.
  private mutating func spill() throws(StreamError) {
    guard let runs, shortTokens.count + longTokens.count > 0 else { return }
    frequentTokens.empty(into: shortTokens)
    sortTables()
    var run = try runs.begin()
    try forEachInTables { (token, count) throws(StreamError) in try run.append(token, count) }
    try runs.end(run)
    frequentTokens.removeAll()
    shortTokens.removeAll()
    longTokens.removeAll()
    lookupCount = 0
  }

  private mutating func sortTables() {
    shortTokens.sort()
    longTokens.sort()
  }

  /// Calls `body` with each token of the tables, which are sorted.
  private borrowing func forEachInTables(
    _ body: (UnsafeRawBufferPointer, Int) throws(StreamError) -> Void
  ) throws(StreamError) {
    var long = 0
    for short in 0..<shortTokens.count {
      let slot = shortTokens.sorted(short)
      // A short token that has as many first bytes in common comes before the long one.
      let front = slot.word.byteSwapped
      while long < longTokens.count, longTokens.sortedFront(long) < front {
        try passLong(long, to: body)
        long += 1
      }
      try ShortTokenTable.withBytes(of: slot.word) { (token) throws(StreamError) in
        try body(token, Int(truncatingIfNeeded: slot.count))
      }
    }
    while long < longTokens.count {
      try passLong(long, to: body)
      long += 1
    }
  }

  private borrowing func passLong(
    _ place: Int, to body: (UnsafeRawBufferPointer, Int) throws(StreamError) -> Void
  ) throws(StreamError) {
    let index = longTokens.sorted(place)
    let count = longTokens.occurrences(of: index)
    try longTokens.withBytes(of: index) { (token) throws(StreamError) in try body(token, count) }
  }
}
