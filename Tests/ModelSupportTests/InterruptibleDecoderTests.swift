import Kernels
import ModelSupport
import Seq2Seq
import Testing

@Suite("A model that can be interrupted")
struct InterruptibleDecoderTests {
  @Test("Searches end, also where an interrupted step has more rows than the model's last")
  func silence() {
    for isSearch in [false, true] {
      var settings = WritingSettings(maximumLength: 5, seed: 1)
      (settings.alternativeCount, settings.keepsAttention) = (3, true)
      if isSearch { settings.beam = BeamSettings(width: 3) }
      for stepCount in 0...4 {
        let model = TalkativeModel(textCount: 3)
        let decoder = InterruptibleDecoder(model, vocabularySize: TalkativeModel.vocabularySize) {
          model.rows.count >= stepCount
        }
        var written: [WrittenSentence] = []
        PassageWriter(decoder, settings: settings).write(
          after: [Prompt(source: RollingSource([263]), number: 0)]
        ) { _, alternatives in
          written = alternatives
          return false
        }
        #expect(!written.isEmpty)
        #expect(model.rows.elementsEqual([1, 3, 3, 3].prefix(stepCount)))
        for sentence in written {
          #expect(sentence.ending == .stuck && sentence.ids.count == stepCount)
          #expect(sentence.attention.allSatisfy { $0 == [1] })
        }
      }
    }
  }
}

/// A model that never ends a sentence, and knows the attention of its last step's rows only.
private final class TalkativeModel: StepFunction {
  static let vocabularySize = 266

  let textCount: Int
  /// How many rows each step had.
  private(set) var rows: [Int] = []
  private let arena = Arena<Float>()
  private var attention: Matrix<Float>

  init(textCount: Int) {
    self.textCount = textCount
    attention = arena.matrix(0, 1)
  }

  func start(_: [Int], sources _: [RollingSource]) {}

  func step(_ texts: [Int], tokens _: [UInt32]) -> Matrix<Float> {
    rows.append(texts.count)
    arena.reset()
    let logits = arena.matrix(texts.count, Self.vocabularySize)
    logits.fill(-.infinity)
    for row in texts.indices {
      for id in 263..<266 { logits[row, id] = Float(id) / 100 }
    }
    attention = arena.matrix(texts.count, 1)
    attention.fill(1)
    return logits
  }

  func attention(row: Int) -> UnsafeBufferPointer<Float> {
    precondition(row < attention.rows, "row \(row) of \(attention.rows)")
    return UnsafeBufferPointer(start: attention.row(row), count: 1)
  }

  func copy(_: [TextCopy]) {}
}
