import Kernels

/// Draws sentences, each token by its chances; several are drawn independently of one another.
struct SampledSentences: SentenceSearch {
  private(set) var hypotheses: [Hypothesis] = []
  private var finished: [WrittenSentence] = []
  private var sampler: Sampler
  private var generator: Philox

  init(settings: WritingSettings, prompt: Int) {
    sampler = settings.sampler
    generator = Philox(key: settings.seed, stream: RandomStream.sampling(prompt: prompt))
  }

  static func width(of settings: WritingSettings) -> Int { settings.alternativeCount }

  var sentences: [WrittenSentence] {
    finished.count > 1
      ? finished.sorted { $0.logProbability > $1.logProbability } : finished
  }

  mutating func begin() {
    finished = []
    hypotheses = [Hypothesis()]
  }

  mutating func advance(_ rows: [StepRow], under rules: inout TokenRules) -> [Int] {
    let settings = rules.settings
    let isFirst = hypotheses.count == 1 && hypotheses[0].sentence.ids.isEmpty
    var (next, parents): ([Hypothesis], [Int]) = ([], [])
    for (place, row) in rows.enumerated() {
      rules.normalize(row.logits)
      let logProbabilities = settings.keepsLogProbability ? Array(row.logits) : []
      rules.apply(to: row.logits, for: hypotheses[place])
      for _ in 0..<(isFirst ? settings.alternativeCount : 1) {
        var hypothesis = hypotheses[place]
        guard
          let id = sampler.choose(from: UnsafeBufferPointer(row.logits), using: &generator)
        else {
          finished.append(hypothesis.finished(.stuck))
          continue
        }
        let sentence = hypothesis.append(
          id, logProbability: logProbabilities.isEmpty ? 0 : Double(logProbabilities[Int(id)]),
          attention: settings.keepsAttention ? Array(row.attention) : nil,
          maximumLength: settings.maximumLength)
        if let sentence {
          finished.append(sentence)
        } else {
          next.append(hypothesis)
          parents.append(place)
        }
      }
    }
    hypotheses = next
    return parents
  }
}
