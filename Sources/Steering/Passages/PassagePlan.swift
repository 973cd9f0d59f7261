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
  /// The passage ends with the sentence that reaches so many characters.
  package var characters: Int?
  /// The passage ends before the first of these.
  package var stops: StopStrings
  /// What should have appeared.
  package var names: [[UInt8]] = []
  /// How many sentences have their beginnings given; a passage should have as many.
  package var beginnings = 0
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

/// What passages should have had and do not.
package struct PassageShortfall: Equatable, Sendable {
  /// Names that did not appear.
  package var names = 0
  /// Sentences that were to begin with given text and were not written.
  package var beginnings = 0

  package init(names: Int = 0, beginnings: Int = 0) {
    (self.names, self.beginnings) = (names, beginnings)
  }

  package static func += (sum: inout Self, more: Self) {
    sum.names += more.names
    sum.beginnings += more.beginnings
  }
}

/// How far a passage has come in its plan.
struct PassageProgress {
  private let plan: PassagePlan
  private let mostSentences: Int?
  private var (sentences, paragraphs, characters) = (0, 0, 0)
  /// The names that have not appeared.
  private var missingNames: [[UInt8]]

  init(_ plan: PassagePlan, prompt number: Int) {
    (self.plan, missingNames) = (plan, plan.names)
    mostSentences = plan.sentences(ofPrompt: number)
  }

  /// What is missing of the plan, if the passage ends here.
  var shortfall: PassageShortfall {
    PassageShortfall(
      names: missingNames.count, beginnings: max(0, plan.beginnings - sentences))
  }

  /// Takes a sentence into the passage.
  ///
  /// - Parameter alternatives: The sentence and others that it might have been, which are cut where
  ///   the plan has them end.
  /// - Returns: Whether the passage goes on.
  mutating func take(_ alternatives: inout [WrittenSentence]) -> Bool {
    var isStopped = false
    for place in alternatives.indices {
      guard let cut = plan.stops.cut(alternatives[place]) else { continue }
      alternatives[place] = cut
      if place == 0 { isStopped = true }
    }
    guard let sentence = alternatives.first else { return false }
    if !sentence.ids.isEmpty { sentences += 1 }
    if sentence.endsParagraph { paragraphs += 1 }
    if plan.characters != nil {
      characters += sentence.ids.reduce(0) { $0 + plan.vocabulary.characterCount($1) }
    }
    if !missingNames.isEmpty {
      let text = plan.vocabulary.text(of: sentence.ids)
      missingNames.removeAll { place(of: $0, in: text) != nil }
    }
    return !isStopped && !sentence.ids.isEmpty && sentences < mostSentences ?? .max
      && paragraphs < plan.paragraphs ?? .max && characters < plan.characters ?? .max
  }
}
