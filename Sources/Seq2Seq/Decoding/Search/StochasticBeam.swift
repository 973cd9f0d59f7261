internal import Kernels

/// Draws sentences without replacement: no two the same, each by its probability among what is left.
///
/// The probabilities are those after processors and temperature, normalised again. Of the sentences
/// those of the greatest perturbed log-probability are found, which is also the score; the first is
/// distributed as a single draw is.
///
/// Source: Kool, van Hoof and Welling (2019), algorithm 1.
struct StochasticBeam: SentenceSearch {
  /// A hypothesis, or what became of it.
  private struct Entry {
    var hypothesis: Hypothesis
    /// What ln p of all its tokens is, φ.
    var logProbability = 0.0
    /// The perturbed log-probability, G.
    var perturbed: Double
    /// Once it is finished.
    var sentence: WrittenSentence?
  }

  /// What may be in the next beam: what is finished, or a way for a hypothesis to go on.
  private enum Candidate {
    case finished(Entry)
    case choice(row: Int, id: UInt32, logProbability: Double, PerturbedChildren.Child)
  }

  private let settings: WritingSettings
  private let width: Int
  private var entries: [Entry] = []
  private var generator: Philox

  init(settings: WritingSettings, prompt: Int) {
    precondition(settings.sampler.temperature > 0, "a draw at temperature 0")
    self.settings = settings
    width = Self.width(of: settings)
    generator = Philox(key: settings.seed, stream: RandomStream.sampling(prompt: prompt))
  }

  static func width(of settings: WritingSettings) -> Int { settings.beam?.width ?? 1 }

  var hypotheses: [Hypothesis] {
    entries.compactMap { $0.sentence == nil ? $0.hypothesis : nil }
  }

  var sentences: [WrittenSentence] {
    entries.prefix(settings.alternativeCount).compactMap { entry in
      var sentence = entry.sentence
      sentence?.score = entry.perturbed
      return sentence
    }
  }

  mutating func begin(with hypothesis: Hypothesis) {
    let perturbed = PerturbedChildren.gumbel(location: 0, below: .infinity, using: &generator)
    entries = [Entry(hypothesis: hypothesis, perturbed: perturbed)]
  }

  mutating func advance(_ rows: [StepRow], under rules: inout TokenRules) -> [Int] {
    let open = entries.filter { $0.sentence == nil }
    var best = BestList<Double, Candidate>(limit: width)
    for entry in entries where entry.sentence != nil {
      best.insert(.finished(entry), rank: entry.perturbed)
    }
    for (row, entry) in open.enumerated() {
      extend(entry, row: row, logits: rows[row].logits, into: &best, under: &rules)
    }
    var parents: [Int] = []
    entries = best.entries.map { _, candidate in
      switch candidate {
      case .finished(let entry): return entry
      case .choice(let row, let id, let logProbability, let child):
        var entry = open[row]
        (entry.logProbability, entry.perturbed) = (child.logProbability, child.perturbed)
        entry.sentence = entry.hypothesis.append(
          id, logProbability: logProbability,
          attention: settings.keepsAttention ? Array(rows[row].attention) : nil,
          maximumLength: settings.maximumLength)
        if entry.sentence == nil { parents.append(row) }
        return entry
      }
    }
    return parents
  }

  /// Draws the ways for a hypothesis to go on that have a place among the best.
  ///
  /// A sentence counts as the same whichever way it ends. One that is as long as it may be ends in
  /// either way or is broken off, which `<pad>` stands for.
  private mutating func extend(
    _ entry: Entry, row: Int, logits: UnsafeMutableBufferPointer<Float>,
    into best: inout BestList<Double, Candidate>, under rules: inout TokenRules
  ) {
    let odds = ModelOdds(logits, under: &rules, for: entry.hypothesis)
    guard var weights = weights(of: UnsafeBufferPointer(logits)) else {
      var entry = entry
      entry.sentence = entry.hypothesis.finished(.stuck)
      best.insert(.finished(entry), rank: entry.perturbed)
      return
    }
    let (end, paragraph) = (Int(ReservedID.end), Int(ReservedID.paragraph))
    if entry.hypothesis.isFull(settings.maximumLength) {
      let drawn = WeightUrn(weights).number(at: generator.nextUnit())
      let id =
        drawn == end
        ? ReservedID.end : drawn == paragraph ? ReservedID.paragraph : ReservedID.padding
      let child = PerturbedChildren.Child(
        number: Int(id), logProbability: entry.logProbability, perturbed: entry.perturbed)
      best.insert(
        .choice(row: row, id: id, logProbability: odds.logProbability(of: id), child),
        rank: child.perturbed)
      return
    }
    let paragraphShare = Double(weights[paragraph]) / Double(weights[end] + weights[paragraph])
    weights[end] += weights[paragraph]
    weights[paragraph] = 0
    var children = PerturbedChildren(
      of: weights, logProbability: entry.logProbability, perturbed: entry.perturbed)
    for _ in 0..<width {
      guard let child = children.next(using: &generator) else { break }
      if let floor = best.floor, child.perturbed <= floor { break }
      var id = UInt32(child.number)
      if child.number == end, generator.nextUnit() < paragraphShare { id = ReservedID.paragraph }
      best.insert(
        .choice(
          row: row, id: id, logProbability: odds.logProbability(of: id), child),
        rank: child.perturbed)
    }
  }

  /// e^(logits/temperature), but for a factor; nothing if all is forbidden or not a number.
  private func weights(of logits: UnsafeBufferPointer<Float>) -> [Float]? {
    guard let base = logits.baseAddress else { return nil }
    let largest = Float.largest(count: logits.count, base)
    guard largest.isFinite else { return nil }
    return [Float](unsafeUninitializedCapacity: logits.count) { space, count in
      count = logits.count
      guard let address = space.baseAddress else { return }
      Float.samplingWeights(
        count: count, base, largest: largest,
        inverseTemperature: Float(min(1 / settings.sampler.temperature, 1e30)), into: address)
    }
  }
}
