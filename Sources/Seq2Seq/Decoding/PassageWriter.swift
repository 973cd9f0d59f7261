internal import Kernels

/// Writes passages after prompts, as many at a time as the model has texts.
///
/// A passage depends on its prompt, the prompt's number and the seed, not on what else is written.
package struct PassageWriter<Model: StepFunction> {
  private let model: Model
  private let settings: WritingSettings

  /// Prepares to write.
  ///
  /// - Precondition: The model has texts enough for one passage.
  package init(_ model: Model, settings: WritingSettings) {
    precondition(
      model.textCount >= Self.textCount(of: settings),
      "a passage needs \(Self.textCount(of: settings)) texts, there are \(model.textCount)")
    self.model = model
    self.settings = settings
  }

  /// How many texts of a model a passage needs.
  package static func textCount(of settings: WritingSettings) -> Int {
    Passage.width(of: settings)
  }

  /// A passage, and the texts of the model that it uses.
  private struct Place {
    let prompt: Int
    var passage: Passage
    let texts: Range<Int>
    /// The text of each hypothesis.
    var active: [Int] = []

    mutating func begin() {
      passage.begin()
      active = [texts.lowerBound]
    }

    /// Gives hypotheses their texts: the first that goes on from one keeps its text.
    ///
    /// - Parameter parents: For each hypothesis that goes on, the place of that before.
    /// - Returns: What the model has to copy.
    mutating func distribute(_ parents: [Int]) -> [TextCopy] {
      if parents == Array(active.indices) { return [] }
      var copies: [TextCopy] = []
      var isKept = Array(repeating: false, count: active.count)
      var free = Set(texts)
      for parent in parents { free.remove(active[parent]) }
      var unused = free.sorted()[...]
      active = parents.map { parent in
        let text = active[parent]
        guard isKept[parent] else {
          isKept[parent] = true
          return text
        }
        let other = unused.removeFirst()
        copies.append(TextCopy(from: text, to: other))
        return other
      }
      return copies
    }
  }

  /// Writes a passage after each prompt.
  ///
  /// - Parameters:
  ///   - prompts: What to go on from.
  ///   - onSentence: Gets the prompt's place in the list and a sentence as soon as it is there, the
  ///     best of its alternatives first; says whether the passage goes on.
  package func write(
    after prompts: [Prompt],
    onSentence: (_ prompt: Int, _ alternatives: [WrittenSentence]) throws -> Bool
  ) rethrows {
    var next = 0
    let width = Self.textCount(of: settings)
    var places = [Place?](repeating: nil, count: model.textCount / width)
    func fill(_ place: Int) -> Bool {
      guard next < prompts.count else { return false }
      places[place] = Place(
        prompt: next, passage: Passage(after: prompts[next], settings: settings),
        texts: place * width..<(place + 1) * width)
      next += 1
      return true
    }
    var waiting = places.indices.filter(fill)  // their next sentence is yet to be begun
    var active: [Int] = []
    while !active.isEmpty || !waiting.isEmpty {
      // Several sources are encoded in little more time than one.
      if 4 * waiting.count >= active.count {
        begin(waiting, in: &places)
        active += waiting
        waiting.removeAll()
      }
      let finished = advance(active, in: &places)
      for place in finished {
        guard let prompt = places[place]?.prompt,
          let alternatives = places[place]?.passage.finish()
        else { continue }
        let goesOn = try onSentence(prompt, alternatives)
        if goesOn && alternatives.first?.ids.isEmpty == false || fill(place) {
          waiting.append(place)
        }
      }
      if !finished.isEmpty { active.removeAll(where: Set(finished).contains) }
    }
  }

  /// Begins the next sentence of each of these places.
  private func begin(_ numbers: [Int], in places: inout [Place?]) {
    for number in numbers { places[number]?.begin() }
    let begun = numbers.compactMap { places[$0] }
    model.start(begun.map(\.texts.lowerBound), sources: begun.map(\.passage.source))
  }

  /// Advances the sentences of these places by a token.
  ///
  /// - Returns: Those whose sentence is finished.
  private func advance(_ numbers: [Int], in places: inout [Place?]) -> [Int] {
    let texts = numbers.flatMap { places[$0]?.active ?? [] }
    let logits = model.step(
      texts, tokens: numbers.flatMap { places[$0]?.passage.lastTokens ?? [] })
    var (row, copies): (Int, [TextCopy]) = (0, [])
    var finished: [Int] = []
    for number in numbers {
      let count = places[number]?.active.count ?? 0
      let rows = (row..<row + count).map {
        StepRow(
          logits: UnsafeMutableBufferPointer(start: logits.row($0), count: logits.columns),
          attention: settings.readsAttention
            ? model.attention(row: $0) : UnsafeBufferPointer(start: nil, count: 0))
      }
      row += count
      let parents = places[number]?.passage.advance(rows) ?? []
      if parents.isEmpty { finished.append(number) }
      copies += places[number]?.distribute(parents) ?? []
    }
    if !copies.isEmpty { model.copy(copies) }
    return finished
  }
}

extension PassageWriter {
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
    var left = [Int](repeating: sentences, count: prompts.count)
    try write(after: prompts) { prompt, alternatives in
      guard let sentence = alternatives.first else { return false }
      try onSentence(prompt, sentence)
      left[prompt] -= 1
      return left[prompt] > 0
    }
  }
}
