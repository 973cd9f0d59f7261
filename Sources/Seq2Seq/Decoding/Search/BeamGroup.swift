/// A beam: the hypotheses of the greatest sum that go on, and the best sentences that came of them.
struct BeamGroup {
  /// A hypothesis that goes on.
  struct Member {
    var hypothesis: Hypothesis
    /// The gains of its tokens together.
    var sum = 0.0
    /// Σ_j a_ij of each token of the source; empty unless it counts.
    var coverage: [Float] = []
  }

  /// A way for a hypothesis to go on.
  private struct Candidate {
    let parent: Int
    let choice: BeamRow.Choice
  }

  private let settings: WritingSettings
  private let beam: BeamSettings
  private let score: BeamScore
  private let width: Int
  /// How many of the best sentences are asked for.
  private let wantedCount: Int
  /// In falling order of the sum, but for what the diversity penalty moved.
  private(set) var members: [Member]
  private var best: BestList<Double, WrittenSentence>

  init(settings: WritingSettings, beam: BeamSettings, hypothesis: Hypothesis) {
    (self.settings, self.beam) = (settings, beam)
    members = [Member(hypothesis: hypothesis)]
    score = BeamScore(beam)
    width = beam.groupWidth
    wantedCount = min(width, settings.alternativeCount)
    best = BestList(limit: width)
  }

  /// How many choices of a row may matter: all hypotheses may go on from one, there are two ways to
  /// end it, and a token of each hypothesis of another group may be put off.
  static func choiceCount(_ beam: BeamSettings) -> Int { beam.width + 2 }

  /// What was found, the best first.
  var sentences: [WrittenSentence] { best.entries.map(\.element) }

  /// Chooses the next tokens.
  ///
  /// A sentence is finished if its end is among the first so many candidates as the beam is wide;
  /// as many others go on. There are no more when as many sentences are finished and none that goes
  /// on is better than those that are wanted.
  ///
  /// - Parameters:
  ///   - rows: What may follow each member.
  ///   - taken: How many hypotheses of earlier groups took a token in this step; these are added.
  /// - Returns: For each member that now goes on, the place of that before which it goes on from.
  mutating func advance(_ rows: [BeamRow], taken: inout [UInt32: Int]) -> [Int] {
    guard !members.isEmpty else { return [] }
    var (next, parents): ([Member], [Int]) = ([], [])
    for (place, (_, candidate)) in candidates(rows, taken: taken).entries.enumerated() {
      guard next.count < width else { break }
      let row = rows[candidate.parent]
      var member = members[candidate.parent]
      let sentence = member.append(candidate.choice, row: row, settings: settings)
      if beam.coveragePenalty != 0 { member.cover(row.attention) }
      if let sentence {
        guard place < width else { continue }
        // One that was broken off counts as if it ended there, so that both can be compared.
        let sum = sentence.ending == .cut ? member.sum + row.endGain : member.sum
        keep(sentence, sum: sum, coverage: member.coverage)
      } else {
        next.append(member)
        parents.append(candidate.parent)
      }
      taken[candidate.choice.id, default: 0] += 1
    }
    if next.isEmpty && best.entries.isEmpty {
      keep(
        members[0].hypothesis.finished(.stuck), sum: members[0].sum + BeamRow.leastEndGain,
        coverage: members[0].coverage)
    }
    members = next
    guard isDone else { return parents }
    members = []
    return []
  }

  /// The best ways to go on, as many as may matter.
  private func candidates(
    _ rows: [BeamRow], taken: [UInt32: Int]
  ) -> BestList<Double, Candidate> {
    // Each of the members may end in two ways without another taking its place.
    var list = BestList<Double, Candidate>(limit: 3 * width)
    for (parent, (row, member)) in zip(rows, members).enumerated() {
      for choice in row.choices {
        let sum = member.sum + choice.gain
        if let floor = list.floor, sum <= floor { break }
        let count = Double(taken[choice.id] ?? 0)
        list.insert(
          Candidate(parent: parent, choice: choice), rank: sum - beam.diversityPenalty * count)
        // One that is as long as it may be is the same sentence whatever is chosen.
        if member.hypothesis.isFull(settings.maximumLength) { break }
      }
    }
    return list
  }

  /// Takes note of a finished sentence; one that was found with its other end stays as it is.
  private mutating func keep(_ found: WrittenSentence, sum: Double, coverage: [Float]) {
    guard !best.entries.contains(where: { $0.element.ids == found.ids }) else { return }
    var sentence = found
    sentence.score = score(
      logProbability: sum, length: found.ids.count + 1, coverage: coverage)
    best.insert(sentence, rank: sentence.score)
  }

  /// Whether as many sentences are finished as the beam is wide, and no member is better at its
  /// present length than those that are wanted.
  private var isDone: Bool {
    guard best.isFull else { return false }
    let bound = best.entries[wantedCount - 1].rank
    return members.allSatisfy { member in
      score(
        logProbability: member.sum, length: member.hypothesis.sentence.ids.count,
        coverage: member.coverage) <= bound
    }
  }
}

extension BeamGroup.Member {
  /// Goes on with a token.
  ///
  /// - Returns: The sentence, if it is finished.
  fileprivate mutating func append(
    _ choice: BeamRow.Choice, row: BeamRow, settings: WritingSettings
  ) -> WrittenSentence? {
    let sentence = hypothesis.append(
      choice.id, logProbability: choice.logProbability,
      attention: settings.keepsAttention ? row.attention : nil,
      maximumLength: settings.maximumLength)
    if sentence?.ending != .cut { sum += choice.gain }
    return sentence
  }

  fileprivate mutating func cover(_ attention: [Float]) {
    guard coverage.count == attention.count else {
      coverage = attention
      return
    }
    for (place, weight) in attention.enumerated() { coverage[place] += weight }
  }
}
