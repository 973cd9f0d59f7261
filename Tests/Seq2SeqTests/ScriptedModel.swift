import Glibc
import Kernels
import Seq2Seq

/// A model whose probabilities are given, for every source and beginning of a sentence.
final class ScriptedModel: StepFunction {
  /// What is written at a place.
  struct Text {
    var source: [UInt32] = []
    var sentence: [UInt32] = []
  }

  static let vocabularySize = 266

  let textCount: Int
  /// p of every token that is possible.
  private let chances: (Text) -> [UInt32: Double]
  private let attention: (Text) -> [Float]
  private var texts: [Text]
  private let arena = Arena<Float>()
  private var weights: [UnsafeBufferPointer<Float>] = []
  private(set) var stepCount = 0

  init(
    textCount: Int, attention: @escaping (Text) -> [Float] = { _ in [] },
    chances: @escaping (Text) -> [UInt32: Double]
  ) {
    self.textCount = textCount
    (self.chances, self.attention) = (chances, attention)
    texts = Array(repeating: Text(), count: textCount)
  }

  func start(_ texts: [Int], sources: [RollingSource]) {
    for (text, source) in zip(texts, sources) { self.texts[text] = Text(source: source.ids) }
  }

  func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float> {
    stepCount += 1
    arena.reset()
    weights = []
    let logits = arena.matrix(texts.count, Self.vocabularySize)
    logits.fill(-.infinity)
    for (row, (text, token)) in zip(texts, tokens).enumerated() {
      if token != ReservedID.start { self.texts[text].sentence.append(token) }
      // The constant of a row is anything.
      for (id, chance) in chances(self.texts[text]) {
        logits[row, Int(id)] = Float(log(chance) + Double(row) / 4)
      }
      let given = attention(self.texts[text])
      let memory = arena.matrix(1, given.count)
      memory.base.update(from: given, count: given.count)
      weights.append(UnsafeBufferPointer(start: memory.base, count: given.count))
    }
    return logits
  }

  func attention(row: Int) -> UnsafeBufferPointer<Float> { weights[row] }

  func copy(_ copies: [TextCopy]) {
    for copy in copies { texts[copy.to] = texts[copy.from] }
  }

  /// Probabilities that look arbitrary and are the same each time, of three tokens and both ends.
  static func arbitrary(_ text: Text) -> [UInt32: Double] {
    let number = (text.source + [0] + text.sentence).reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
    var generator = Philox(key: number)
    let weights = ([261, 262, 263, 3, 4] as [UInt32]).map { ($0, generator.nextUnit() + 0.02) }
    let total = weights.reduce(0) { $0 + $1.1 }
    return Dictionary(uniqueKeysWithValues: weights.map { ($0, $1 / total) })
  }

  /// What a search finds after each prompt, sentence by sentence.
  static func write(
    after sources: [[UInt32]], settings: WritingSettings, sentences: Int = 1, atOnce: Int = 1,
    attention: @escaping (Text) -> [Float] = { _ in [] },
    chances: @escaping (Text) -> [UInt32: Double] = arbitrary
  ) -> [[[WrittenSentence]]] {
    let model = ScriptedModel(
      textCount: atOnce * PassageWriter<ScriptedModel>.textCount(of: settings),
      attention: attention, chances: chances)
    let prompts = sources.enumerated().map { Prompt(source: $1, number: $0) }
    return PassageWriter(model, settings: settings)
      .alternatives(after: prompts, sentences: sentences)
  }
}

extension PassageWriter {
  /// Passages of some sentences after prompts, with all alternatives of each sentence.
  func alternatives(after prompts: [Prompt], sentences: Int) -> [[[WrittenSentence]]] {
    var result = [[[WrittenSentence]]](repeating: [], count: prompts.count)
    write(after: prompts) { prompt, alternatives in
      result[prompt].append(alternatives)
      return result[prompt].count < sentences
    }
    return result
  }
}
