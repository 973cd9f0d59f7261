import Kernels

/// Draws sentences, each token by its chances; several are drawn independently of one another.
struct SampledSentences: SentenceSearch {
  private(set) var hypotheses: [Hypothesis] = []
  /// The sampler of each hypothesis, as some change with every token.
  private var samplers: [Sampler] = []
  /// The sentences, and the samplers as they were left.
  private var finished: [(sentence: WrittenSentence, sampler: Sampler)] = []
  /// What the next sentence begins with.
  private var sampler: Sampler
  private var generator: Philox

  init(settings: WritingSettings, prompt: Int) {
    sampler = settings.sampler
    generator = Philox(key: settings.seed, stream: RandomStream.sampling(prompt: prompt))
  }

  static func width(of settings: WritingSettings) -> Int { settings.alternativeCount }

  var sentences: [WrittenSentence] { ranked.map(\.sentence) }

  private var ranked: [(sentence: WrittenSentence, sampler: Sampler)] {
    guard finished.count > 1 else { return finished }
    return finished.sorted { $0.sentence.logProbability > $1.sentence.logProbability }
  }

  mutating func begin() {
    if let best = ranked.first { sampler = best.sampler }
    finished = []
    (hypotheses, samplers) = ([Hypothesis()], [sampler])
  }

  mutating func advance(_ rows: [StepRow], under rules: inout TokenRules) -> [Int] {
    let settings = rules.settings
    let isFirst = hypotheses.count == 1 && hypotheses[0].sentence.ids.isEmpty
    var (next, nextSamplers, parents): ([Hypothesis], [Sampler], [Int]) = ([], [], [])
    for (place, row) in rows.enumerated() {
      rules.normalize(row.logits)
      let logProbabilities = settings.keepsLogProbability ? Array(row.logits) : []
      rules.apply(to: row.logits, for: hypotheses[place])
      for _ in 0..<(isFirst ? settings.alternativeCount : 1) {
        var (hypothesis, sampler) = (hypotheses[place], samplers[place])
        let logits = UnsafeBufferPointer(row.logits)
        guard var id = sampler.choose(from: logits, using: &generator) else {
          finished.append((hypothesis.finished(.stuck), sampler))
          continue
        }
        if Hypothesis.isEnd(id) { id = sampler.kind(ofEnd: id, from: logits, using: &generator) }
        let sentence = hypothesis.append(
          id, logProbability: logProbabilities.isEmpty ? 0 : Double(logProbabilities[Int(id)]),
          attention: settings.keepsAttention ? Array(row.attention) : nil,
          maximumLength: settings.maximumLength)
        if let sentence {
          finished.append((sentence, sampler))
        } else {
          next.append(hypothesis)
          nextSamplers.append(sampler)
          parents.append(place)
        }
      }
    }
    (hypotheses, samplers) = (next, nextSamplers)
    return parents
  }
}
