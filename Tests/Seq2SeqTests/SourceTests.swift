import Kernels
import Seq2Seq
import Testing

@Suite("Sources of several sentences, and pairs that are given")
struct SourceTests {
  @Test("A source is the sentences before the target, fewer where a document begins")
  func context() {
    let list = pairs(
      [[[300], [301, 302], [], [303], [304]], [[305], [306]]], contextSentences: 2)
    #expect(
      contents(list) == [
        [[300], [301, 302, 4, 3]], [[300, 301, 302, 4], [303, 3]],
        [[301, 302, 4, 303], [304, 3]], [[305], [306, 3]],
      ])
    #expect((0..<4).map(list.sourceTokenCount) == [1, 4, 4, 1])
    #expect((0..<4).map(list.targetLine) == [1, 3, 4, 6])
    #expect(list.truncatedSourceCount == 0 && list.truncatedTargetCount == 0)
  }

  @Test("A source that is too long loses what is farthest from the target")
  func truncation() {
    let document: [[UInt32]] = [[300, 301], [302], [], [303], [304, 305, 306], [307]]
    let list = pairs([document], maximumLength: 4, contextSentences: 3)
    #expect(
      contents(list).map { $0[0] } == [
        [300, 301], [300, 301, 302, 4], [301, 302, 4, 303], [303, 304, 305, 306],
      ])
    #expect(list.truncatedSourceCount == 2 && list.truncatedTargetCount == 0)
    #expect(list.sourceTokenCount(of: 3) == 4)
    // A further limit, as of a model that was trained on shorter ones.
    var batch = Batch()
    list.append(pair: 3, to: &batch, maximumSourceLength: 2)
    #expect(batch.sources.ids == [305, 306])
  }

  @Test("One sentence of context is the default")
  func oneSentence() {
    let document: [[UInt32]] = [[300], [], [301], [302]]
    #expect(contents(pairs([document])) == contents(pairs([document], contextSentences: 1)))
  }

  @Test("The source and the target of a given pair have no paragraph, the target its end")
  func givenPairs() {
    let text = RunningText()
    for line in [[300, 301], [302], [303], [304, 305, 306], [307], [308]] as [[UInt32]] {
      text.appendLine(line)
    }
    let list = text.givenPairs(0..<3, maximumLength: 2)
    #expect(
      contents(list) == [[[300, 301], [302, 3]], [[303], [304, 305]], [[307], [308, 3]]])
    #expect(list.truncatedSourceCount == 0 && list.truncatedTargetCount == 1)
    #expect(list.lineCount == 3)
    #expect((0..<3).map(list.targetLine) == [0, 1, 2])
    #expect(contents(text.givenPairs(2..<3, maximumLength: 9)) == [[[307], [308, 3]]])
  }

  @Test("A rolling source keeps the last sentences")
  func rollingSource() {
    var source = RollingSource(limit: 2)
    source.endParagraph()
    #expect(source.isEmpty)
    source.append([300, 301])
    source.endParagraph()
    source.append([302])
    #expect(source.ids == [300, 301, 4, 302])
    source.append([303])
    source.endParagraph()
    #expect(source.ids == [302, 303, 4])
    source.append([304])
    #expect(source.ids == [303, 4, 304])
  }

  /// Writes sentences that are known, and remembers what it was given for sources.
  private final class Script: StepFunction {
    let textCount = 1
    private let reach: SourceReach
    private(set) var sources: [[UInt32]] = []
    private let tokens: [UInt32]
    private var place = 0
    private let arena = Arena<Float>()

    init(_ tokens: [UInt32], reach: SourceReach) { (self.tokens, self.reach) = (tokens, reach) }

    func start(_ texts: [Int], sources: [RollingSource]) {
      self.sources += sources.map { Array($0.ids(within: reach)) }
    }

    func attention(row: Int) -> UnsafeBufferPointer<Float> {
      UnsafeBufferPointer(start: nil, count: 0)
    }

    func copy(_ copies: [TextCopy]) {}

    func step(_ texts: [Int], tokens _: [UInt32]) -> Matrix<Float> {
      arena.reset()
      let logits = arena.matrix(1, 310)
      logits.fill(-100)
      logits[0, Int(tokens[place])] = 0
      place += 1
      return logits
    }
  }

  @Test("A passage reads the last sentences of its prompt and of itself", arguments: [1, 2, 3])
  func passage(limit: Int) {
    var settings = WritingSettings(maximumLength: 9, seed: 1)
    settings.sampler.temperature = 0
    let script = Script(
      [303, 4, 304, 305, 3, 306, 3], reach: SourceReach(sentenceCount: 9, tokenCount: 5))
    let writer = PassageWriter(script, settings: settings)
    var prompt = RollingSource(limit: limit)
    prompt.append([300])
    prompt.append([301, 302])
    writer.write(after: [Prompt(source: prompt, number: 0)], sentences: 3) { _, _ in }
    let expected: [Int: [[UInt32]]] = [
      1: [[301, 302], [303, 4], [304, 305]],
      2: [[300, 301, 302], [301, 302, 303, 4], [303, 4, 304, 305]],
      // No more than the five tokens that the model was trained on.
      3: [[300, 301, 302], [300, 301, 302, 303, 4], [302, 303, 4, 304, 305]],
    ]
    #expect(script.sources == expected[limit])
  }
}
