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
  /// For each place in the sentence how long the word is that begins there; 0 for none.
  private var lengths: UnsafeMutablePointer<UInt16>
  /// Where the sentence begins in its text.
  private var sentenceStart = 0
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
  /// - Precondition: There are words.
  mutating func find(
    in text: UnsafeBufferPointer<UInt16>, _ sentence: Range<Int>, mayDivide: (Int) -> Bool
  ) {
    if capacity < sentence.count {
      lengths.deallocate()
      capacity = max(sentence.count, 2 * capacity)
      lengths = .allocate(capacity: capacity)
    }
    sentenceStart = sentence.lowerBound
    automaton.withReader { choose(in: text, sentence, $0, mayDivide: mayDivide) }
  }

  /// Returns the length of the word that begins at a place of the sentence.
  ///
  /// - Parameter place: The start of the sentence, the end of a word, or the place behind one at
  ///   which no word begins.
  /// - Returns: Its units; 0 if no word begins there.
  @inline(__always)
  func length(ofWordAt place: Int) -> Int { Int(lengths[place &- sentenceStart]) }

  /// Fills ``lengths``.
  @inline(__always)
  private func choose(
    in text: UnsafeBufferPointer<UInt16>, _ sentence: Range<Int>,
    _ automaton: WordAutomaton.Reader, mayDivide: (Int) -> Bool
  ) {
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
      }
      lengths[index - sentence.lowerBound] = length
      scores[index & mask] = best
    }
  }
}
