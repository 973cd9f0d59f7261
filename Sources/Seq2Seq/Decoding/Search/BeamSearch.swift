/// Finds the sentences of the best score among those that a few hypotheses lead to.
///
/// Hypotheses of one length are compared by the sum of ln p, finished sentences by ``BeamScore``.
/// They may be divided into groups, each a beam of its own that avoids what the earlier ones have
/// just written; this decides what is followed, not how it scores.
///
/// Source: Sutskever, Vinyals and Le (2014), section 3.2; Wu et al. (2016), section 7; for groups
/// Vijayakumar et al. (2018), algorithm 1 with the Hamming diversity.
struct BeamSearch: SentenceSearch {
  private let settings: WritingSettings
  private let beam: BeamSettings
  private var groups: [BeamGroup] = []
  /// The one hypothesis that all groups have as a sentence begins.
  private var first: Hypothesis?

  init(settings: WritingSettings, prompt: Int) {
    self.settings = settings
    beam = settings.beam ?? BeamSettings(width: 1)
    precondition(
      beam.width.isMultiple(of: beam.groupCount),
      "\(beam.width) hypotheses, \(beam.groupCount) groups")
  }

  static func width(of settings: WritingSettings) -> Int { settings.beam?.width ?? 1 }

  var hypotheses: [Hypothesis] {
    first.map { [$0] } ?? groups.flatMap { $0.members.map(\.hypothesis) }
  }

  /// No two are the same, so that there may be fewer than were asked for.
  var sentences: [WrittenSentence] {
    var seen: Set<[UInt32]> = []
    let sentences = groups.flatMap(\.sentences).sorted { $0.score > $1.score }
      .filter { seen.insert($0.ids).inserted }
    return Array(sentences.prefix(settings.alternativeCount))
  }

  mutating func begin(with hypothesis: Hypothesis) {
    first = hypothesis
    groups = Array(
      repeating: BeamGroup(settings: settings, beam: beam, hypothesis: hypothesis),
      count: beam.groupCount)
  }

  mutating func advance(_ rows: [StepRow], under rules: inout TokenRules) -> [Int] {
    var read: [BeamRow] = []
    for (row, hypothesis) in zip(rows, hypotheses) {
      read.append(
        BeamRow(
          row, after: hypothesis, count: BeamGroup.choiceCount(beam),
          wantsAttention: settings.keepsAttention || beam.coveragePenalty != 0, under: &rules))
    }
    var (parents, taken): ([Int], [UInt32: Int]) = ([], [:])
    var start = 0
    for group in groups.indices {
      let count = groups[group].members.count
      let own = start..<start + count
      parents += groups[group].advance(Array(read[own]), taken: &taken).map { $0 + own.lowerBound }
      if first == nil { start += count }
    }
    first = nil
    return parents
  }
}
