internal import Seq2Seq
internal import TextStreams

/// How far a passage has come in its plan.
struct PassageProgress {
  private let plan: PassagePlan
  private let mostSentences: Int?
  private var (sentences, paragraphs, characters) = (0, 0, 0)
  /// The names that have not appeared.
  private var missingNames: [[UInt8]]
  /// Whether the first sentence has not all of what it was to begin with.
  private var lacksPrefix = false
  /// How many sentences begin with what they were to begin with.
  private var beginnings = 0
  /// What other answers lack that were written in place of this.
  private var ofAlternatives = PassageShortfall()

  init(_ plan: PassagePlan, prompt number: Int) {
    (self.plan, missingNames) = (plan, plan.names)
    mostSentences = plan.sentences(ofPrompt: number)
  }

  /// What is missing of the plan, if the passage ends here.
  var shortfall: PassageShortfall {
    var shortfall = ofAlternatives
    shortfall += PassageShortfall(
      names: missingNames, prefixes: lacksPrefix ? 1 : 0,
      beginnings: plan.beginnings.count - beginnings)
    return shortfall
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
    for other in alternatives.dropFirst() {
      var progress = self
      _ = progress.count(other)
      ofAlternatives = progress.shortfall
    }
    let bringsName = count(sentence)
    return !isStopped && !sentence.ids.isEmpty && sentences < mostSentences ?? .max
      && paragraphs < plan.paragraphs ?? .max
      && (characters < plan.characters ?? .max || isNameToCome(bringsName))
  }

  /// Counts a sentence and what it has.
  ///
  /// - Returns: Whether a name that was missing is in it.
  private mutating func count(_ sentence: WrittenSentence) -> Bool {
    let bringsName = read(sentence.ids)
    if !sentence.ids.isEmpty { sentences += 1 }
    if sentence.endsParagraph { paragraphs += 1 }
    if plan.characters != nil {
      characters += sentence.ids.reduce(0) { $0 + plan.vocabulary.characterCount($1) }
    }
    return bringsName
  }

  /// Looks in the next sentence's text for what the plan asks of it, if that is anything.
  ///
  /// - Returns: As for the sentence.
  private mutating func read(_ ids: [UInt32]) -> Bool {
    let prefix = sentences == 0 ? plan.prefix : nil
    let beginning = plan.beginnings.dropFirst(sentences).first
    guard prefix != nil || beginning != nil || !missingNames.isEmpty else { return false }
    let text = SentenceText(ids.map(plan.vocabulary.text(of:)))
    if let prefix { lacksPrefix = !text.bytes.starts(with: prefix) }
    if let beginning, SentenceBeginnings.begins(text.bytes, with: beginning) { beginnings += 1 }
    let before = missingNames.count
    missingNames = missingNames.filter { !text.has($0, outside: plan.covers[$0]) }
    return missingNames.count < before
  }

  /// Whether the passage has to go on for a name.
  ///
  /// Each sentence asks for one more. When all have been asked for, a sentence without any shows
  /// that no more will come.
  private func isNameToCome(_ bringsName: Bool) -> Bool {
    !missingNames.isEmpty && (bringsName || sentences < plan.names.count)
  }
}
