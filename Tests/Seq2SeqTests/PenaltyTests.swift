import Seq2Seq
import Testing

/// What keeps a passage from saying the same again.
@Suite("Penalties")
struct PenaltyTests {
  /// What becomes of equal chances.
  private static func process(
    _ processor: some LogitsProcessor, _ context: WritingContext, logit: Float = -1,
    vocabularySize: Int = 270
  ) -> [Float] {
    var logits = [Float](repeating: logit, count: vocabularySize)
    logits.withUnsafeMutableBufferPointer { processor.process($0, in: context) }
    return logits
  }

  private static let context = WritingContext(
    prompt: 0, history: [269, 261, 262, 4, 261], sentence: [261, 20, 263])

  @Test("Penalties are as worked out by hand, of tokens in the window, ends and bytes left out")
  func penalties() {
    var penalties = RepetitionPenalties(window: 7)
    (penalties.repetition, penalties.presence, penalties.frequency) = (1.5, 0.5, 0.25)
    var expected = [Float](repeating: -1, count: 270)
    (expected[261], expected[262], expected[263]) = (-2.75, -2.25, -2.25)
    #expect(Self.process(penalties, Self.context) == expected)
    // Where something made them likelier than certain, division makes them less likely.
    #expect(abs(Self.process(penalties, Self.context, logit: 3)[262] - 1.25) < 1e-6)
    #expect(Self.process(penalties, Self.context, logit: -.infinity)[261] == -.infinity)
    // The window is that of the last tokens, whatever they belong to.
    penalties.window = 3
    (expected[261], expected[262]) = (-2.25, -1)
    #expect(Self.process(penalties, Self.context) == expected)
    penalties.window = 2
    expected[261] = -1
    #expect(Self.process(penalties, Self.context) == expected)
  }

  @Test("Each penalty has its own effect, and below 1 or 0 it rewards")
  func single() {
    var penalties = RepetitionPenalties(window: 100)
    penalties.repetition = 2
    #expect(Self.process(penalties, Self.context)[261] == -2)
    penalties.repetition = 0.5
    #expect(Self.process(penalties, Self.context)[261] == -0.5)
    penalties.repetition = 1
    penalties.presence = 0.25
    #expect(Self.process(penalties, Self.context)[261] == -1.25)
    (penalties.presence, penalties.frequency) = (0, 0.25)
    #expect(Self.process(penalties, Self.context)[261] == -1.75)
    penalties.frequency = -0.25
    #expect(Self.process(penalties, Self.context)[261] == -0.25)
  }

  @Test("Tokens that another vocabulary has are no trouble")
  func foreignTokens() {
    let context = WritingContext(prompt: 0, history: [.max, 264, 265, 264, 5000, 264])
    var penalties = RepetitionPenalties(window: 10)
    penalties.presence = 1
    #expect(Self.process(penalties, context, vocabularySize: 266).count { $0 == -2 } == 2)
    // 264 is followed by 265 and 5000.
    let blocked = Self.process(
      NoRepeatedNGrams(size: 2, window: 10), context, vocabularySize: 266)
    #expect(blocked.indices.filter { blocked[$0] == -.infinity } == [265])
  }

  @Test(
    "Just the tokens that would end an n-gram of the window are forbidden",
    arguments: [
      (1, 9, [261, 262, 263, 269]), (2, 9, [261, 262]), (2, 5, [261]), (3, 9, []), (3, 8, []),
      (2, 2, []), (1, 1, [261]), (9, 9, []), (10, 9, []),
    ] as [(Int, Int, [Int])])
  func nGrams(size: Int, window: Int, forbidden: [Int]) {
    // 261 is followed by 262, <p>, 261 and the byte 20.
    let context = WritingContext(
      prompt: 0, history: [269, 261, 262, 4, 261], sentence: [261, 20, 263, 261])
    let logits = Self.process(NoRepeatedNGrams(size: size, window: window), context)
    #expect(logits.indices.filter { logits[$0] == -.infinity } == forbidden)
  }

  @Test("An n-gram is found that overlaps itself or the end of a sentence")
  func overlaps() {
    let context = WritingContext(prompt: 0, history: [262, 263, 265], sentence: [262, 263])
    let logits = Self.process(NoRepeatedNGrams(size: 3, window: 9), context)
    #expect(logits.indices.filter { logits[$0] == -.infinity } == [265])
    let itself = WritingContext(prompt: 0, sentence: [262, 262, 262])
    let same = Self.process(NoRepeatedNGrams(size: 3, window: 9), itself)
    #expect(same.indices.filter { same[$0] == -.infinity } == [262])
  }
}
