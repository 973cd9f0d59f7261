/// Chooses the words of a dictionary that a sentence is made of.
///
/// Of all sets of its words that do not overlap, it is the one
///
/// 1. that covers the most characters;
/// 2. of those, that of the fewest words;
/// 3. of those, that with the greatest product of weights;
/// 4. of those, that whose words begin first, and are longest.
///
/// With counts as weights, 3 is the most likely of equally long sequences under a model that knows
/// how often each word comes. Time is linear in the text and in the places where words are found.
struct WordPath: ~Copyable {
  /// What the first three of the rules compare.
  private struct Score {
    /// The characters covered, times 2²⁴, less the number of words.
    var coverage: Int = 0
    var logarithmOfWeights: Double = 0

    static func > (_ left: Score, _ right: Score) -> Bool {
      left.coverage > right.coverage
        || left.coverage == right.coverage && left.logarithmOfWeights > right.logarithmOfWeights
    }

    /// The score with the word of a state more.
    func adding(_ word: StateTable.State) -> Score {
      Score(
        coverage: coverage + Int(word.characterCount) << 24 - 1,
        logarithmOfWeights: logarithmOfWeights + Double(word.logarithmOfWeight))
    }
  }

  let automaton: WordAutomaton

  /// The best scores of the text from a place on, for the places that a word can reach.
  private let scores: UnsafeMutablePointer<Score>
  /// One less than the number of ``scores``, a power of two.
  private let mask: Int
  /// For each place in the text how long the word is that begins there; 0 for none.
  private var lengths: UnsafeMutablePointer<UInt16>
  private var capacity: Int

  /// Creates a path for the words of an automaton.
  init(_ automaton: WordAutomaton) {
    self.automaton = automaton
    var count = 1
    while count <= automaton.longestLength { count *= 2 }
    mask = count - 1
    scores = .allocate(capacity: count)
    scores.initialize(repeating: Score(), count: count)
    capacity = automaton.isEmpty ? 1 : 4_096
    lengths = .allocate(capacity: capacity)
  }

  deinit {
    scores.deallocate()
    lengths.deallocate()
  }

  /// Finds the words of a sentence.
  ///
  /// - Parameters:
  ///   - text: A text that has the sentence.
  ///   - sentence: Its place.
  ///   - mayDivide: Whether a word may begin or end at a place inside the sentence.
  ///   - body: Takes the place of each word, in order.
  /// - Precondition: There are words.
  mutating func find(
    in text: UnsafeBufferPointer<UInt16>, _ sentence: Range<Int>, mayDivide: (Int) -> Bool,
    _ body: (Range<Int>) -> Void
  ) {
    if capacity < sentence.count {
      lengths.deallocate()
      capacity = max(sentence.count, 2 * capacity)
      lengths = .allocate(capacity: capacity)
    }
    var hasWords = false
    automaton.withReader {
      hasWords = choose(in: text, sentence, $0, mayDivide: mayDivide)
    }
    guard hasWords else { return }
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      let length = Int(lengths[index - sentence.lowerBound])
      if length > 0 { body(index..<index + length) }
      index += max(length, 1)
    }
  }

  /// Fills ``lengths``.
  ///
  /// - Returns: Whether there are words.
  @inline(__always)
  private func choose(
    in text: UnsafeBufferPointer<UInt16>, _ sentence: Range<Int>,
    _ automaton: WordAutomaton.Reader, mayDivide: (Int) -> Bool
  ) -> Bool {
    var hasWords = false
    var best = Score()
    scores[sentence.upperBound & mask] = best
    var state: UInt32 = 0
    var index = sentence.upperBound
    while index > sentence.lowerBound {
      index -= 1
      state = automaton.state(after: state, text[index])
      var length: UInt16 = 0
      var found = state
      if automaton.states[Int(found)].length > 0, index == sentence.lowerBound || mayDivide(index) {
        while found != 0 {
          let word = automaton.states[Int(found)]
          found = word.shorter
          let end = index + Int(word.length)
          guard end == sentence.upperBound || mayDivide(end) else { continue }
          let score = scores[end & mask].adding(word)
          // A word goes before none, and a longer one before a shorter one.
          if score > best || length == 0 && !(best > score) {
            best = score
            length = word.length
          }
        }
        if length > 0 { hasWords = true }
      }
      lengths[index - sentence.lowerBound] = length
      scores[index & mask] = best
    }
    return hasWords
  }
}
