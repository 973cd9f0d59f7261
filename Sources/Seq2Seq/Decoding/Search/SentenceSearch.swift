/// What a step of the model says about the next token of one text.
struct StepRow {
  /// ln p of every token, but for a constant; may be overwritten.
  let logits: UnsafeMutableBufferPointer<Float>
  /// Over the tokens of the source; empty without attention, and where nobody reads it.
  let attention: UnsafeBufferPointer<Float>
}

/// Finds sentences by choosing token after token.
///
/// It stays with a passage from sentence to sentence.
protocol SentenceSearch {
  /// Prepares to search for the sentences of a prompt's passage.
  init(settings: WritingSettings, prompt: Int)

  /// The most hypotheses there are at a time.
  static func width(of settings: WritingSettings) -> Int

  /// The hypotheses that go on, each of which is a text of the model.
  var hypotheses: [Hypothesis] { get }
  /// What was found when no hypothesis goes on, the best first; at least one.
  var sentences: [WrittenSentence] { get }

  /// Begins a sentence, with one hypothesis for the model's first step.
  mutating func begin(with hypothesis: Hypothesis)

  /// Chooses the next tokens.
  ///
  /// - Parameters:
  ///   - rows: What the model says of each hypothesis.
  ///   - rules: What may be chosen.
  /// - Returns: For each hypothesis that now goes on, the place of that before which it goes on from.
  mutating func advance(_ rows: [StepRow], under rules: inout TokenRules) -> [Int]
}

extension WritingSettings {
  /// How sentences are found.
  var search: any SentenceSearch.Type {
    guard let beam else { return SampledSentences.self }
    return beam.isStochastic ? StochasticBeam.self : BeamSearch.self
  }
}
