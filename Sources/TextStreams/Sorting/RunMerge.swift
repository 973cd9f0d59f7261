/// The order of the tokens in a sorted run.
enum TokenOrder {
  /// By ascending bytes.
  case bytes
  /// By descending count, ties by ascending bytes: the order of a vocabulary's rows.
  case count
}

/// Merges sorted runs into one; a token that several have comes once, its counts added up.
struct RunMerge: ~Copyable {
  /// What most often decides which of two runs comes first, and the run.
  private struct Head {
    var first: UInt64
    var second: UInt64
    var reader: Int
  }

  /// The token that ``next()`` moved to, valid until it is called again.
  var token: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: length) }
  private(set) var count = 0

  private let order: TokenOrder
  private let readers: [RunReader]
  /// A binary heap, the run with the least token first.
  private var heads: [Head] = []
  private let bytes: UnsafeMutableRawPointer
  private var length = 0

  /// Creates a merge of some runs in a file.
  init(_ file: ScratchFile, _ ranges: ArraySlice<Range<Int>>, order: TokenOrder)
    throws(StreamError)
  {
    self.order = order
    readers = ranges.map { RunReader(file, $0) }
    bytes = .allocate(byteCount: LineTokens.maximumTokenLength, alignment: 64)
    for index in readers.indices {
      guard try readers[index].advance() else { continue }
      heads.append(head(of: index))
      siftUp()
    }
  }

  deinit { bytes.deallocate() }

  /// Moves to the next token.
  ///
  /// - Returns: `false` at the end.
  /// - Throws: ``StreamError`` with the problem `unreadable`.
  mutating func next() throws(StreamError) -> Bool {
    guard let least = heads.first else { return false }
    let reader = readers[least.reader]
    count = reader.count
    length = reader.token.count
    if let start = reader.token.baseAddress { bytes.copyMemory(from: start, byteCount: length) }
    try advanceLeast()
    while let head = heads.first, areEqual(readers[head.reader].token, token) {
      count += readers[head.reader].count
      try advanceLeast()
    }
    return true
  }

  private func head(of index: Int) -> Head {
    let reader = readers[index]
    let front = TokenKey.front(of: reader.token)
    return switch order {
    case .bytes: Head(first: front, second: 0, reader: index)
    case .count:
      Head(first: ~UInt64(bitPattern: Int64(reader.count)), second: front, reader: index)
    }
  }

  /// Reads on in the run that has the least token, and finds the least of all again.
  private mutating func advanceLeast() throws(StreamError) {
    let index = heads[0].reader
    if try readers[index].advance() {
      heads[0] = head(of: index)
    } else {
      let last = heads.removeLast()
      if heads.isEmpty { return }
      heads[0] = last
    }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < heads.count else { return }
      if child + 1 < heads.count, isBefore(heads[child + 1], heads[child]) { child += 1 }
      guard isBefore(heads[child], heads[place]) else { return }
      heads.swapAt(place, child)
      place = child
    }
  }

  /// Puts the last of the heap where it belongs.
  private mutating func siftUp() {
    var place = heads.count - 1
    while place > 0, isBefore(heads[place], heads[(place - 1) / 2]) {
      heads.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private func isBefore(_ left: Head, _ right: Head) -> Bool {
    if left.first != right.first { return left.first < right.first }
    if left.second != right.second { return left.second < right.second }
    return precedes(readers[left.reader].token, readers[right.reader].token)
  }
}
