/// Sorted runs of tokens on disk, and the one sorted list that they make together.
final class TokenRuns {
  /// How many times runs were merged into fewer, longer ones.
  private(set) var passCount = 0

  private let order: TokenOrder
  private let memory: CountingMemory
  private var file: ScratchFile?
  /// Where in the file each run is.
  private var ranges: [Range<Int>] = []

  /// Creates an empty list; there is no file before the first run.
  init(order: TokenOrder, memory: CountingMemory) {
    self.order = order
    self.memory = memory
  }

  var isEmpty: Bool { ranges.isEmpty }

  /// Begins a run, whose tokens are appended in order.
  ///
  /// - Returns: Where to append them; it goes back to ``end(_:)``.
  /// - Throws: ``StreamError`` with the problem `uncreatable`.
  func begin() throws(StreamError) -> RunWriter {
    if let file { return RunWriter(file) }
    let created = try ScratchFile(in: memory.directory)
    file = created
    return RunWriter(created)
  }

  /// Ends the run that was begun last.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`, on a full disk say.
  func end(_ run: RunWriter) throws(StreamError) {
    let start = ranges.last?.upperBound ?? 0
    ranges.append(start..<start + run.byteCount)
    try file?.writer.flush()
  }

  /// Merges runs until they are so few that they can all be read at once.
  ///
  /// - Throws: ``StreamError`` if a temporary file cannot be made, written or read.
  func reduce() throws(StreamError) {
    while let file, ranges.count > memory.fanIn {
      let merged = TokenRuns(order: order, memory: memory)
      for start in stride(from: 0, to: ranges.count, by: memory.fanIn) {
        let end = min(start + memory.fanIn, ranges.count)
        var merge = try RunMerge(file, ranges[start..<end], order: order)
        var run = try merged.begin()
        while try merge.next() { try run.append(merge.token, merge.count) }
        try merged.end(run)
      }
      self.file = merged.file
      ranges = merged.ranges
      passCount += 1
    }
  }

  /// Calls `body` with each token and its count, in order; after ``reduce()``, as often as wanted.
  ///
  /// - Parameters:
  ///   - limit: How many at most, the first ones.
  ///   - body: Takes a token and its count.
  /// - Throws: ``StreamError`` if the file cannot be read, or what `body` throws.
  func forEach(
    limit: Int = .max, _ body: (UnsafeRawBufferPointer, Int) throws(StreamError) -> Void
  ) throws(StreamError) {
    guard let file else { return }
    var merge = try RunMerge(file, ranges[...], order: order)
    var passed = 0
    while passed < limit, try merge.next() {
      try body(merge.token, merge.count)
      passed += 1
    }
  }
}
