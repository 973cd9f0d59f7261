/// Counts the tokens of token lines, to make a ``Vocabulary`` of them.
package struct VocabularyCounter: ~Copyable {
  var counts: TokenCounts
  let memory: CountingMemory?
  /// The counts of the special tokens in vocabularies that were added.
  private var addedSpecialCounts = [Int](repeating: 0, count: ReservedToken.specialNames.count)

  /// Creates a counter.
  ///
  /// - Parameter memory: How much it may take; `nil` for no limit.
  package init(memory: CountingMemory? = nil) {
    counts = TokenCounts(memory: memory)
    self.memory = memory
  }

  /// Counts the tokens of a stream; paragraphs do not go on from one stream to the next.
  ///
  /// - Parameter file: Token lines.
  /// - Throws: ``StreamError`` at the first line that is wrong, or if a temporary file fails.
  package mutating func count(_ file: consuming InputFile) throws(StreamError) {
    var scanner = TokenLineScanner(file)
    counts.beginStream()
    try scanner.scan(&counts)
  }

  /// Adds a vocabulary's counts, as if each row were a token of a text.
  ///
  /// - Parameter vocabulary: Any vocabulary.
  /// - Throws: ``StreamError`` if a temporary file fails.
  package mutating func add(_ vocabulary: Vocabulary) throws(StreamError) {
    for id in 0..<UInt32(vocabulary.count) {
      let count = vocabulary.counts[Int(id)]
      if id < addedSpecialCounts.count {
        addedSpecialCounts[Int(id)] += count
      } else if id >= ReservedToken.count || count > 0 {
        try vocabulary.tokenBytes(id).withUnsafeBufferPointer { (token) throws(StreamError) in
          try counts.add(UnsafeRawBufferPointer(token), times: count)
        }
      }
    }
  }

  /// How often each special token is in the text once that is encoded.
  var specialCounts: [Int] {
    var all = addedSpecialCounts
    all[3] += counts.sentenceCount
    all[4] += counts.paragraphCount
    return all
  }
}
