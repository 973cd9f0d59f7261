internal import Seq2Seq
package import TextStreams

/// When passages end, and what they should have had by then.
package struct PassagePlan: Sendable {
  /// The most sentences.
  package var sentences: Int?
  /// The most sentences by a prompt's number; it has precedence.
  package var sentencesOfPrompts: [Int]?
  /// The passage ends with so many paragraphs; what a prompt has begun is one.
  package var paragraphs: Int?
  /// The passage ends with the sentence that reaches so many characters, but names that are yet to
  /// come have sentences of their own.
  package var characters: Int?
  /// The passage ends before the first of these.
  package var stops: StopStrings
  /// What should have appeared.
  package var names: [[UInt8]] = [] { didSet { covers = NameCovers(names) } }
  private(set) var covers = NameCovers([])
  /// What the first sentence should begin with.
  package var prefix: [UInt8]?
  /// What sentence after sentence should begin with.
  package var beginnings: [[UInt8]] = []
  let vocabulary: Vocabulary

  /// Plans passages without an end.
  package init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    stops = StopStrings([], vocabulary: vocabulary)
  }

  /// The most sentences of the passage after a prompt.
  func sentences(ofPrompt number: Int) -> Int? {
    guard let sentencesOfPrompts else { return sentences }
    return sentencesOfPrompts.indices.contains(number) ? sentencesOfPrompts[number] : 1
  }
}
