import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Stochastic beams")
struct StochasticBeamTests {
  static func settings(width: Int, temperature: Double = 1) -> WritingSettings {
    var settings = WritingSettings(maximumLength: 2, seed: 20_190_606)
    var beam = BeamSettings(width: width)
    beam.isStochastic = true
    settings.beam = beam
    settings.alternativeCount = width
    settings.sampler.temperature = temperature
    settings.keepsLogProbability = true
    return settings
  }

  /// Two tokens, both ends; of two tokens at most.
  static func chances(_ text: ScriptedModel.Text) -> [UInt32: Double] {
    switch text.sentence {
    case []: [261: 0.3, 262: 0.2, 3: 0.5]  // no sentence is empty, so that these are 0.6 and 0.4
    case [261]: [3: 0.3, 4: 0.2, 261: 0.1, 262: 0.4]
    case [262]: [4: 0.7, 262: 0.3]
    default: [3: 0.25, 261: 0.5, 4: 0.25]
    }
  }

  /// p of each sentence, whichever way it ends.
  static let sentences: [[UInt32]: Double] = [
    [261]: 0.6 * 0.5, [261, 261]: 0.6 * 0.1, [261, 262]: 0.6 * 0.4, [262]: 0.4 * 0.7,
    [262, 262]: 0.4 * 0.3,
  ]

  static func draws(_ settings: WritingSettings, count: Int) -> [[WrittenSentence]] {
    ScriptedModel.write(
      after: Array(repeating: [261], count: count), settings: settings, chances: chances
    ).map { $0[0] }
  }

  /// Whether counts are as likely as these probabilities have them; χ² is above these bounds once
  /// in a thousand times.
  static func agree(_ counts: [[UInt32]: Int], _ expected: [[UInt32]: Double]) -> Bool {
    let bounds = [0, 10.83, 13.82, 16.27, 18.47]
    let total = Double(counts.values.reduce(0, +))
    let square = expected.reduce(0.0) { sum, entry in
      let wanted = entry.value * total
      return sum + pow(Double(counts[entry.key] ?? 0) - wanted, 2) / wanted
    }
    return Set(counts.keys).isSubset(of: expected.keys) && square < bounds[expected.count - 1]
  }

  @Test("No two sentences are the same, and the first is distributed as the model is")
  func first() {
    let found = Self.draws(Self.settings(width: 3), count: 4000)
    #expect(found.allSatisfy { Set($0.map(\.ids)).count == 3 && $0.count == 3 })
    #expect(found.allSatisfy { $0.map(\.score) == $0.map(\.score).sorted(by: >) })
    let counts = Dictionary(grouping: found, by: { $0[0].ids }).mapValues(\.count)
    #expect(Self.agree(counts, Self.sentences))
  }

  @Test("The second is distributed as the model is without the first", arguments: [[261], [262]])
  func second(first: [UInt32]) {
    let found = Self.draws(Self.settings(width: 2), count: 6000).filter { $0[0].ids == first }
    let counts = Dictionary(grouping: found, by: { $0[1].ids }).mapValues(\.count)
    let left = Self.sentences.filter { $0.key != first }
    let total = left.values.reduce(0, +)
    #expect(Self.agree(counts, left.mapValues { $0 / total }))
  }

  @Test("The temperature divides the logarithms, token by token")
  func temperature() {
    // Squares, divided by their sum at each step; both ends apart, as they are tokens.
    let expected: [[UInt32]: Double] = [
      [261]: 9.0 / 13 * 13 / 30, [261, 261]: 9.0 / 13 * 1 / 30, [261, 262]: 9.0 / 13 * 16 / 30,
      [262]: 4.0 / 13 * 49 / 58, [262, 262]: 4.0 / 13 * 9 / 58,
    ]
    let found = Self.draws(Self.settings(width: 2, temperature: 0.5), count: 4000)
    let counts = Dictionary(grouping: found, by: { $0[0].ids }).mapValues(\.count)
    #expect(Self.agree(counts, expected))
  }

  @Test("Ends are drawn by their share; a wide beam has all sentences; ln p is the model's")
  func whole() {
    let found = Self.draws(Self.settings(width: 8), count: 2000)
    var endings: [WrittenSentence.Ending: Int] = [:]
    for sentences in found {
      #expect(Set(sentences.map(\.ids)) == Set(Self.sentences.keys))
      for sentence in sentences where sentence.ids == [261, 261] {
        endings[sentence.ending, default: 0] += 1
      }
      for sentence in sentences where sentence.ids == [261] {
        let end = sentence.endsParagraph ? 0.2 : 0.3
        #expect(abs(sentence.logProbability - log(0.3 * end)) < 1e-5)
      }
    }
    // Half of those that are as long as may be are broken off.
    for (ending, share) in [(.cut, 0.5), (.sentence, 0.25), (.paragraph, 0.25)]
      as [(WrittenSentence.Ending, Double)]
    {
      #expect(abs(Double(endings[ending] ?? 0) / 2000 - share) < 0.04)
    }
  }
}
