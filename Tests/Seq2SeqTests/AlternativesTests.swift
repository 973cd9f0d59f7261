import Seq2Seq
import Testing

/// Several sentences that are drawn for one place.
@Suite("Alternatives")
struct AlternativesTests {
  @Test("They are in the order of their probability, or in that in which they were drawn")
  func order() {
    let (ranked, drawn) = (Self.alternatives(areRanked: true), Self.alternatives(areRanked: false))
    for (ranked, drawn) in zip(ranked, drawn) {
      #expect(ranked == drawn.sorted { $0.logProbability > $1.logProbability })
    }
    func meanLength(_ place: Int, of lists: [[WrittenSentence]]) -> Double {
      Double(lists.reduce(0) { $0 + $1[place].ids.count }) / Double(lists.count)
    }
    // A sentence has two tokens in the mean, the likeliest of four is nearly always the shortest.
    #expect(meanLength(0, of: ranked) < 1.3 && meanLength(3, of: ranked) > 3)
    for place in 0..<4 {
      let length = meanLength(place, of: drawn)
      #expect((1.8..<2.2).contains(length), "place \(place): \(length)")
    }
  }

  /// Four sentences after each of a thousand prompts, from a model that ends every second one.
  private static func alternatives(areRanked: Bool) -> [[WrittenSentence]] {
    var settings = WritingSettings(maximumLength: 100, seed: 1)
    settings.sampler.topP = 1
    (settings.alternativeCount, settings.ranksAlternatives) = (4, areRanked)
    settings.keepsLogProbability = true
    let model = ScriptedModel(textCount: 4) { _ in [ReservedID.end: 0.5, 263: 0.3, 264: 0.2] }
    var lists: [[WrittenSentence]] = []
    PassageWriter(model, settings: settings).write(
      after: (0..<1000).map { Prompt(source: RollingSource([263]), number: $0) }
    ) { _, alternatives in
      lists.append(alternatives)
      return false
    }
    return lists
  }
}
