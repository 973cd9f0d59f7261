import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Ensembles")
struct EnsembleTests {
  static func member(_ chances: [UInt32: Double], attention: [Float]) -> ScriptedModel {
    ScriptedModel(textCount: 2, attention: { _ in attention }, chances: { _ in chances })
  }

  @Test("A token has the mean of its probabilities, by the shares")
  func mean() {
    let first = Self.member([261: 0.5, 262: 0.25, 3: 0.25], attention: [0.25, 0.75])
    let second = Self.member([261: 0.125, 262: 0.5, 3: 0.375], attention: [0.5, 0.5])
    let ensemble = Ensemble([first, second], shares: [0.75, 0.25])
    ensemble.start([0, 1], sources: [RollingSource([261, 262]), RollingSource([262, 263])])
    let logits = ensemble.step([1, 0], tokens: [2, 2])
    for row in 0..<2 {
      for (id, chance) in [(261, 0.40625), (262, 0.3125), (3, 0.28125)] {
        #expect(abs(exp(Double(logits[row, id])) - chance) < 1e-6)
      }
      #expect(logits[row, 264] < -80, "what none of them writes")
      #expect(
        zip(ensemble.attention(row: row), [0.3125, 0.6875]).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test("Attention over unlike sources is that of the first that has any")
  func attention() {
    let chances: [UInt32: Double] = [261: 0.5, 3: 0.5]
    for (rows, expected) in [
      ([[], [0.25, 0.75]], [0.25, 0.75]), ([[1], [0.25, 0.75]], [1]), ([[], []], []),
    ] as [([[Float]], [Float])] {
      let ensemble = Ensemble(
        rows.map { Self.member(chances, attention: $0) }, shares: [0.5, 0.5])
      ensemble.start([0], sources: [RollingSource([261, 262])])
      _ = ensemble.step([0], tokens: [2])
      #expect(Array(ensemble.attention(row: 0)) == expected)
    }
  }

  /// Writes with a beam and draws.
  private static func passages(_ model: some StepFunction, beam: Int?) -> [[UInt32]] {
    var settings = WritingSettings(maximumLength: 12, seed: 3)
    settings.beam = beam.map { BeamSettings(width: $0) }
    var result: [[UInt32]] = []
    let prompts = (0..<4).map { Prompt(source: [UInt32(261 + $0), 265], number: $0) }
    PassageWriter(model, settings: settings).write(after: prompts, sentences: 3) { _, sentence in
      result.append(sentence.ids)
    }
    return result
  }

  @Test("A model alone, and with itself, writes what it writes", arguments: [nil, 3])
  func itself(beam: Int?) {
    let model = GradientTests.trainable(seed: 6, size: 16)
    let other = GradientTests.trainable(seed: 7, size: 16)
    for model in [model, other] { model.packingTasks(for: .decoding).forEach { $0() } }
    func decoder(_ model: Seq2Seq<Float>) -> SentenceDecoder {
      SentenceDecoder(model, textCount: 3)
    }
    let expected = Self.passages(decoder(model), beam: beam)
    #expect(Self.passages(Ensemble([decoder(model)], shares: [1]), beam: beam) == expected)
    let twice = Ensemble([decoder(model), decoder(model)], shares: [0.25, 0.75])
    #expect(Self.passages(twice, beam: beam) == expected)
    let mixed = Ensemble([decoder(model), decoder(other)], shares: [0.5, 0.5])
    #expect(Self.passages(mixed, beam: beam) != expected)
  }
}
