/// A passage that is being written, sentence by sentence; the last are the source of the next.
struct Passage {
  /// The sentences before the one that is being written.
  private(set) var source: RollingSource
  private let settings: WritingSettings
  private var search: any SentenceSearch
  private var processors: [any LogitsProcessor]
  private var context: WritingContext

  init(after prompt: Prompt, settings: WritingSettings) {
    source = prompt.source
    self.settings = settings
    search = settings.search.init(settings: settings, prompt: prompt.number)
    processors = settings.processors
    context = WritingContext(
      prompt: prompt.number, history: prompt.source.ids.suffix(settings.historyLength))
  }

  /// How many texts of a model a passage needs at a time.
  static func width(of settings: WritingSettings) -> Int { settings.search.width(of: settings) }

  /// The last tokens of the hypotheses that go on.
  var lastTokens: [UInt32] { search.hypotheses.map(\.last) }

  /// Begins the next sentence.
  mutating func begin() { search.begin(with: Hypothesis(processors)) }

  /// Chooses the next tokens.
  ///
  /// - Parameter rows: What the model says of each hypothesis.
  /// - Returns: For each hypothesis that now goes on, the place of that before which it goes on
  ///   from; nothing when the sentence is finished.
  mutating func advance(_ rows: [StepRow]) -> [Int] {
    var rules = TokenRules(settings: settings, processors: processors, context: context)
    return search.advance(rows, under: &rules)
  }

  /// Takes the best sentence into the passage.
  ///
  /// - Returns: The alternatives, the best first.
  mutating func finish() -> [WrittenSentence] {
    let alternatives = search.sentences
    guard let sentence = alternatives.first, !sentence.ids.isEmpty else { return alternatives }
    source.append(sentence.ids)
    if sentence.endsParagraph { source.endParagraph() }
    context.append(sentence, historyLength: settings.historyLength)
    for place in processors.indices { processors[place].finish(sentence) }
    return alternatives
  }
}
