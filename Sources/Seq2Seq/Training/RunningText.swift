/// Lines of ids that are collected in memory, for text that comes from a pipe.
///
/// `@unchecked Sendable`: once pairs have been made, the ids are only read.
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

  /// Adds a line.
  package func appendLine(_ ids: [UInt32]) {
    ids.forEach(append)
    endLine()
  }

  /// The ids of a line.
  package subscript(line: Int) -> UnsafeBufferPointer<UInt32> {
    let start = line == 0 ? 0 : ends[line - 1]
    return UnsafeBufferPointer(rebasing: memory[start..<ends[line]])
  }

  /// The pairs of documents, given as ranges of lines; no sentence is cut.
  ///
  /// - Parameters:
  ///   - documents: The documents.
  ///   - contextSentences: How many sentences before the target are its source.
  /// - Returns: The pairs.
  package func pairs(documents: [Range<Int>], contextSentences: Int = 1) -> PairList {
    isSealed = true
    var pairs = PairList(
      maximumLength: PairList.unlimited, owner: self, contextSentences: contextSentences)
    for document in documents {
      pairs.startDocument()
      for line in document { pairs.append(self[line]) }
    }
    return pairs
  }

  /// The pairs of lines that are a source and its target by turns.
  ///
  /// - Parameters:
  ///   - range: The numbers of the pairs to take; pair n is lines 2n and 2n + 1.
  ///   - maximumLength: The longest source or target.
  /// - Returns: The pairs.
  package func givenPairs(_ range: Range<Int>, maximumLength: Int) -> PairList {
    isSealed = true
    var pairs = PairList(maximumLength: maximumLength, owner: self)
    for number in range { pairs.append(source: self[2 * number], target: self[2 * number + 1]) }
    return pairs
  }
}
