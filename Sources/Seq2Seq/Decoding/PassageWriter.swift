internal import Kernels

/// Writes passages after prompts, as many at a time as the model has texts.
///
/// A passage depends on its prompt, the prompt's number and the seed, not on what else is written.
package struct PassageWriter<Model: StepFunction> {
  private let model: Model
  private let sampler: Sampler
  private let maximumLength: Int
  private let maximumSourceLength: Int
  private let seed: UInt64

  /// Prepares to write.
  ///
  /// - Parameters:
  ///   - model: What gives the tokens' chances.
  ///   - sampler: How tokens are chosen.
  ///   - maximumLength: The most tokens of a sentence.
  ///   - maximumSourceLength: The most tokens of a source; what is before is not seen.
  ///   - seed: Decides the choices, together with each prompt's number.
  package init(
    _ model: Model, sampler: Sampler, maximumLength: Int, maximumSourceLength: Int, seed: UInt64
  ) {
    self.model = model
    self.sampler = sampler
    self.maximumLength = maximumLength
    self.maximumSourceLength = maximumSourceLength
    self.seed = seed
  }

  /// A passage that one of the model's texts is used for.
  private struct Place {
    let prompt: Int
    var passage: Passage
    var sentencesLeft: Int
  }

  /// Writes a passage of some sentences after each prompt.
  ///
  /// - Parameters:
  ///   - prompts: What to go on from.
  ///   - sentences: Sentences of a passage.
  ///   - onSentence: Gets the prompt's place in the list and a sentence as soon as it is there.
  package func write(
    after prompts: [Prompt], sentences: Int,
    onSentence: (_ prompt: Int, _ sentence: WrittenSentence) throws -> Void
  ) rethrows {
    var next = 0
    var places = [Place?](repeating: nil, count: model.textCount)
    func fill(_ text: Int) -> Bool {
      guard next < prompts.count else { return false }
      places[text] = Place(
        prompt: next, passage: Passage(after: prompts[next], seed: seed),
        sentencesLeft: sentences)
      next += 1
      return true
    }
    var waiting = places.indices.filter(fill)  // their next sentence is yet to be begun
    var active: [Int] = []
    while !active.isEmpty || !waiting.isEmpty {
      // Several sources are encoded in little more time than one.
      if 4 * waiting.count >= active.count {
        model.start(
          waiting,
          sources: waiting.map {
            (places[$0]?.passage.source.ids ?? []).suffix(maximumSourceLength)
          })
        active += waiting
        waiting.removeAll()
      }
      let logits = model.step(active, tokens: active.map { places[$0]?.passage.last ?? 0 })
      var stillActive: [Int] = []
      for (row, text) in active.enumerated() {
        let chances = UnsafeMutableBufferPointer(start: logits.row(row), count: logits.columns)
        guard
          let sentence = places[text]?.passage.advance(
            chances, sampler: sampler, maximumLength: maximumLength)
        else {
          stillActive.append(text)
          continue
        }
        try onSentence(places[text]?.prompt ?? 0, sentence)
        places[text]?.sentencesLeft -= 1
        if places[text]?.sentencesLeft ?? 0 > 0 || fill(text) { waiting.append(text) }
      }
      active = stillActive
    }
  }
}
