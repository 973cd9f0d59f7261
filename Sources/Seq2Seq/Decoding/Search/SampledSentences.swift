import Kernels

/// Draws sentences, each token by its chances; several are drawn independently of one another.
struct SampledSentences: SentenceSearch {
  /// A sentence, the sampler as it was left, and how many were begun before it.
  private typealias Drawn = (sentence: WrittenSentence, sampler: Sampler, number: Int)

  private(set) var hypotheses: [Hypothesis] = []
  /// The sampler of each hypothesis, as some change with every token.
  private var samplers: [Sampler] = []
  /// How many hypotheses were begun before each.
  private var numbers: [Int] = []
  private var finished: [Drawn] = []
  private let ranks: Bool
  /// What the next sentence begins with.
  private var sampler: Sampler
  private var generator: Philox

  init(settings: WritingSettings, prompt: Int) {
    (sampler, ranks) = (settings.sampler, settings.ranksAlternatives)
    generator = Philox(key: settings.seed, stream: RandomStream.sampling(prompt: prompt))
  }

  static func width(of settings: WritingSettings) -> Int { settings.alternativeCount }

  var sentences: [WrittenSentence] { ordered.map(\.sentence) }

  private var ordered: [Drawn] {
    guard finished.count > 1 else { return finished }
    return finished.sorted {
      ranks
        ? $0.sentence.logProbability > $1.sentence.logProbability : $0.number < $1.number
    }
  }

  mutating func begin(with hypothesis: Hypothesis) {
    if let first = ordered.first { sampler = first.sampler }
    finished = []
    (hypotheses, samplers, numbers) = ([hypothesis], [sampler], [0])
  }

  mutating func advance(_ rows: [StepRow], under rules: inout TokenRules) -> [Int] {
    let settings = rules.settings
    let isFirst = hypotheses.count == 1 && hypotheses[0].sentence.ids.isEmpty
    var (next, nextSamplers): ([Hypothesis], [Sampler]) = ([], [])
    var (nextNumbers, parents): ([Int], [Int]) = ([], [])
    for (place, row) in rows.enumerated() {
      let odds = ModelOdds(
        row.logits, under: &rules, for: hypotheses[place], areWanted: settings.keepsLogProbability)
      for draw in 0..<(isFirst ? settings.alternativeCount : 1) {
        let number = numbers[place] + draw
        var (hypothesis, sampler) = (hypotheses[place], samplers[place])
        let logits = UnsafeBufferPointer(row.logits)
        guard var id = sampler.choose(from: logits, using: &generator) else {
          finished.append((hypothesis.finished(.stuck), sampler, number))
          continue
        }
        if Hypothesis.isEnd(id) { id = sampler.kind(ofEnd: id, from: logits, using: &generator) }
        let sentence = hypothesis.append(
          id, logProbability: odds.logProbability(of: id),
          attention: settings.keepsAttention ? Array(row.attention) : nil,
          maximumLength: settings.maximumLength)
        if let sentence {
          finished.append((sentence, sampler, number))
        } else {
          next.append(hypothesis)
          nextSamplers.append(sampler)
          nextNumbers.append(number)
          parents.append(place)
        }
      }
    }
    (hypotheses, samplers, numbers) = (next, nextSamplers, nextNumbers)
    return parents
  }
}
