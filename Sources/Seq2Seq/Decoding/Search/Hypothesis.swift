/// A sentence that may yet come of what was chosen so far.
struct Hypothesis: Sendable {
  /// The sentence, as far as it goes.
  private(set) var sentence = WrittenSentence()
  private(set) var spelling = ByteSpelling()
  /// The last token, which the model is fed next.
  private(set) var last = ReservedID.start
  /// What changes the chances of the next token, each knowing the tokens before.
  private(set) var processors: [any LogitsProcessor]

  init(_ processors: [any LogitsProcessor]) { self.processors = processors }

  /// Adds a token.
  ///
  /// - Parameters:
  ///   - id: The token.
  ///   - logProbability: ln p of it.
  ///   - attention: Over the source, or nothing.
  ///   - maximumLength: The most tokens of a sentence.
  /// - Returns: The sentence, if it is finished.
  mutating func append(
    _ id: UInt32, logProbability: Double, attention: [Float]?, maximumLength: Int
  ) -> WrittenSentence? {
    if isFull(maximumLength) && !Self.isEnd(id) { return finished(.cut) }
    sentence.logProbability += logProbability
    if let attention { sentence.attention.append(attention) }
    if Self.isEnd(id) { return finished(id == ReservedID.paragraph ? .paragraph : .sentence) }
    spelling.append(id)
    for place in processors.indices { processors[place].append(id) }
    sentence.ids.append(id)
    last = id
    return nil
  }

  /// Whether a token ends the sentence.
  static func isEnd(_ id: UInt32) -> Bool {
    id == ReservedID.end || id == ReservedID.paragraph
  }

  /// Whether the sentence is as long as it may be, so that what does not end it breaks it off.
  func isFull(_ maximumLength: Int) -> Bool {
    sentence.ids.count >= maximumLength && !spelling.isInsideCharacter
  }

  /// The sentence as it is, with an ending; the bytes of a character that nothing finishes are left
  /// out.
  func finished(_ ending: WrittenSentence.Ending) -> WrittenSentence {
    var sentence = sentence
    sentence.ending = ending
    guard ending == .stuck else { return sentence }
    sentence.ids.removeLast(spelling.begunCount)
    sentence.attention.removeLast(min(spelling.begunCount, sentence.attention.count))
    return sentence
  }
}
