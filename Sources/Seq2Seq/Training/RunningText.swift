/// Lines of ids that are collected in memory, for text that comes from a pipe.
///
/// `@unchecked Sendable`: once ``pairs(documents:)`` has been called, the ids are only read.
package final class RunningText: @unchecked Sendable {
  private var memory = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 1 << 16)
  private var idCount = 0
  private var isSealed = false
  /// Where each line ends in the memory.
  private var ends: [Int] = []

  package init() {}

  deinit { memory.deallocate() }

  package var lineCount: Int { ends.count }

  /// Adds an id to the line that is being made.
  ///
  /// - Precondition: No pairs have been made yet, as they would lose their memory.
  package func append(_ id: UInt32) {
    precondition(!isSealed, "a line is added to a text whose pairs are in use")
    if idCount == memory.count {
      let larger = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 2 * memory.count)
      _ = larger.update(fromContentsOf: memory)
      memory.deallocate()
      memory = larger
    }
    memory[idCount] = id
    idCount += 1
  }

  /// Ends the line that is being made.
  package func endLine() { ends.append(idCount) }

  /// The ids of a line.
  package subscript(line: Int) -> UnsafeBufferPointer<UInt32> {
    let start = line == 0 ? 0 : ends[line - 1]
    return UnsafeBufferPointer(rebasing: memory[start..<ends[line]])
  }

  /// The pairs of documents, given as ranges of lines; no sentence is cut.
  package func pairs(documents: [Range<Int>]) -> PairList {
    isSealed = true
    var pairs = PairList(maximumLength: PairList.unlimited, owner: self)
    for document in documents {
      pairs.startDocument()
      for line in document { pairs.append(self[line]) }
    }
    return pairs
  }
}
