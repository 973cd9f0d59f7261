package import Seq2Seq

extension PassageWriter {
  /// Writes a passage after each prompt, as far as a plan has it.
  ///
  /// - Parameters:
  ///   - prompts: What to go on from.
  ///   - plan: When passages end.
  ///   - onSentence: Gets the prompt's place in the list and a sentence as soon as it is there, the
  ///     best of its alternatives first, and whether the passage ends with it. Empty is one before
  ///     which the passage was stopped, or that could not begin.
  /// - Returns: What the passages lack.
  package func write(
    after prompts: [Prompt], to plan: PassagePlan,
    onSentence: (_ prompt: Int, _ alternatives: [WrittenSentence], _ isLast: Bool) throws -> Void
  ) rethrows -> PassageShortfall {
    var progress = prompts.map { PassageProgress(plan, prompt: $0.number) }
    try write(after: prompts) { prompt, alternatives in
      var alternatives = alternatives
      let goesOn = progress[prompt].take(&alternatives)
      try onSentence(prompt, alternatives, !goesOn)
      return goesOn
    }
    return progress.reduce(into: PassageShortfall()) { $0 += $1.shortfall }
  }
}
