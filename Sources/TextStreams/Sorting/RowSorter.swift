/// Puts the rows of a vocabulary in their order: by descending count, ties by ascending bytes.
///
/// What is more than half of the memory goes to disk, sorted.
struct RowSorter: ~Copyable {
  private var rows: CountedTokens
  private let byteCount: Int
  private let runs: TokenRuns?

  /// Creates an empty sorter.
  ///
  /// - Parameters:
  ///   - memory: How much there is; `nil` for no limit.
  ///   - minimumCapacity: How many rows there will be.
  init(memory: CountingMemory?, minimumCapacity: Int) {
    byteCount = memory?.half ?? .max
    runs = memory.map { TokenRuns(order: .count, memory: $0) }
    // Not more than is there when rows are sorted.
    rows = CountedTokens(minimumCapacity: min(minimumCapacity, byteCount / 128))
  }

  /// Adds a row that is not there yet.
  ///
  /// - Throws: ``StreamError`` if a temporary file cannot be made or written.
  mutating func add(_ token: UnsafeRawBufferPointer, count: Int) throws(StreamError) {
    rows.append(token, count: count)
    if rows.sortingByteCount > byteCount { try spill() }
  }

  /// Calls `body` with each row in order.
  ///
  /// - Parameters:
  ///   - limit: How many rows at most, the first ones.
  ///   - body: Takes a token and its count.
  /// - Throws: ``StreamError`` if a temporary file fails, or what `body` throws.
  mutating func forEach(
    limit: Int = .max, _ body: (UnsafeRawBufferPointer, Int) throws(StreamError) -> Void
  ) throws(StreamError) {
    guard let runs, !runs.isEmpty else {
      for index in rows.order().prefix(limit) {
        try rows.withBytes(of: index) { (token) throws(StreamError) in
          try body(token, rows.counts[index])
        }
      }
      return
    }
    try spill()
    rows = CountedTokens(minimumCapacity: 0)
    try runs.reduce()
    try runs.forEach(limit: limit, body)
  }

  private mutating func spill() throws(StreamError) {
    guard let runs, !rows.counts.isEmpty else { return }
    var run = try runs.begin()
    for index in rows.order() {
      try rows.withBytes(of: index) { (token) throws(StreamError) in
        try run.append(token, rows.counts[index])
      }
    }
    try runs.end(run)
    rows.removeAll()
  }
}
