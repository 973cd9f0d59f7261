import Seq2Seq
import Synchronization
import Testing

/// What processors know of the sentences that are followed side by side.
@Suite("Hypotheses and their processors")
struct HypothesisTests {
  /// Counts the steps, and those at which it was told other tokens than the sentence has.
  private final class Tally: Sendable {
    let steps = Atomic(0)
    let faults = Atomic(0)
  }

  private struct Listener: LogitsProcessor {
    let tally: Tally
    var heard: [UInt32] = []
    var sentences = 0

    mutating func append(_ id: UInt32) { heard.append(id) }

    mutating func finish(_: WrittenSentence) {
      if !heard.isEmpty { tally.faults.add(1, ordering: .relaxed) }
      sentences += 1
    }

    func process(
      _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
    ) {
      tally.steps.add(1, ordering: .relaxed)
      if heard != context.sentence || sentences != context.sentenceNumber {
        tally.faults.add(1, ordering: .relaxed)
      }
    }
  }

  @Test(
    "Each has the processors know its own tokens, however hypotheses branch",
    arguments: ["drawn", "beam", "groups", "stochastic"])
  func branches(search: String) {
    var settings = WritingSettings(maximumLength: 9, seed: 4)
    let tally = Tally()
    settings.processors = [Listener(tally: tally), NoRepeatedNGrams(size: 3, window: 9)]
    settings.alternativeCount = 3
    if search != "drawn" {
      var beam = BeamSettings(width: 6)
      if search == "groups" { (beam.groupCount, beam.diversityPenalty) = (3, 0.5) }
      beam.isStochastic = search == "stochastic"
      settings.beam = beam
    }
    let width = PassageWriter<ScriptedModel>.textCount(of: settings)
    let model = ScriptedModel(textCount: 2 * width) { _ in
      [ReservedID.end: 0.1, 262: 0.3, 263: 0.3, 264: 0.2, 265: 0.1]
    }
    let prompts = (0..<5).map { Prompt(source: RollingSource([263]), number: $0) }
    PassageWriter(model, settings: settings).write(after: prompts, sentences: 4) { _, _ in }
    #expect(tally.steps.load(ordering: .relaxed) > 100)
    #expect(tally.faults.load(ordering: .relaxed) == 0)
  }
}
