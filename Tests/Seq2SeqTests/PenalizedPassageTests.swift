import Kernels
import Seq2Seq
import Testing

/// Whole passages that are kept from saying the same again.
@Suite("Penalized passages")
struct PenalizedPassageTests {
  /// Writes passages with a model that likes to repeat itself.
  private static func passages(
    after prompts: [Prompt], sentences: Int, atOnce: Int,
    _ change: (inout WritingSettings) -> Void
  ) -> [[WrittenSentence]] {
    let model = GradientTests.trainable(seed: 2, size: 16, vocabularySize: 290)
    for place in model.parameters.elements.indices { model.parameters.elements[place] *= 5 }
    model.packingTasks(for: .decoding).forEach { $0() }
    var settings = WritingSettings(maximumLength: 20, seed: 3)
    change(&settings)
    let decoder = SentenceDecoder(
      model, textCount: atOnce * PassageWriter<SentenceDecoder>.textCount(of: settings))
    var result = [[WrittenSentence]](repeating: [], count: prompts.count)
    PassageWriter(decoder, settings: settings).write(after: prompts, sentences: sentences) {
      result[$0].append($1)
    }
    return result
  }

  /// How many n-grams come a second time within a window.
  private static func repetitionCount(
    _ prompt: [UInt32], _ sentences: [WrittenSentence], size: Int, window: Int
  ) -> Int {
    var ids = prompt
    for sentence in sentences {
      ids += sentence.ids + (sentence.endsParagraph ? [4] : [])
    }
    return (prompt.count..<ids.count).count { end in
      guard ids[end] >= 261, end >= size else { return false }
      let nGram = ids[(end - size + 1)...end]
      let starts = max(0, end - window)..<max(0, end - size + 1)
      return starts.contains { ids[$0..<($0 + size)].elementsEqual(nGram) }
    }
  }

  /// Forbids to spell.
  private struct WordsAlone: LogitsProcessor {
    func process(
      _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
    ) {
      for id in ReservedID.bytes { logits[Int(id)] = -.infinity }
    }
  }

  @Test(
    "In a long passage no n-gram comes again within the window", arguments: [(2, 40), (3, 500)])
  func longPassages(size: Int, window: Int) {
    let prompt: [UInt32] = [262, 263, 270, 262]
    func count(_ processors: [any LogitsProcessor]) -> Int {
      let passage = Self.passages(
        after: [Prompt(source: prompt, number: 0)], sentences: 150, atOnce: 1
      ) {
        $0.processors = [WordsAlone()] + processors
        $0.historyLength = window
        $0.sampler.temperature = 0.5
      }
      #expect(passage[0].count == 150)
      return Self.repetitionCount(prompt, passage[0], size: size, window: window)
    }
    #expect(count([]) > 30)
    #expect(count([NoRepeatedNGrams(size: size, window: window)]) == 0)
  }

  /// Every option at once.
  private static func everything(_ settings: inout WritingSettings) {
    var penalties = RepetitionPenalties(window: 60)
    (penalties.repetition, penalties.presence, penalties.frequency) = (1.2, 0.3, 0.2)
    settings.processors = [penalties, NoRepeatedNGrams(size: 3, window: 60)]
    settings.minimumLength = 4
    settings.keepsLogProbability = true
    settings.sampler.temperature = 0.9
    (settings.sampler.topK, settings.sampler.topP) = (100, 0.97)
    (settings.sampler.minP, settings.sampler.typical) = (0.001, 0.95)
  }

  @Test(
    "With every option a passage does not depend on what is written beside it",
    arguments: [1, 3], [false, true])
  func batches(alternatives: Int, mirostat: Bool) {
    let prompts = (0..<9).map { number in
      Prompt(source: (0...(number % 4)).map { UInt32(261 + $0 + number % 3) }, number: number)
    }
    func write(atOnce: Int) -> [[WrittenSentence]] {
      Self.passages(after: prompts, sentences: 4, atOnce: atOnce) {
        Self.everything(&$0)
        if mirostat { $0.sampler.mirostat = Mirostat(target: 3) }
        $0.alternativeCount = alternatives
      }
    }
    let alone = write(atOnce: 1)
    #expect(alone.allSatisfy { $0.count == 4 && $0.allSatisfy { $0.ids.count >= 4 } })
    #expect(write(atOnce: 2) == alone)
    #expect(write(atOnce: 9) == alone)
  }

  /// Forbids everything from some length on.
  private struct Silence: LogitsProcessor {
    let length: Int

    func process(
      _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
    ) {
      if context.sentence.count >= length { logits.update(repeating: -.infinity) }
    }
  }

  @Test("Where all is forbidden the sentence is stuck, and an empty one ends the passage")
  func stuck() {
    for mirostat in [nil, Mirostat(target: 3)] {
      for (length, count) in [(0, 1), (6, 5)] {
        let passage = Self.passages(
          after: [Prompt(source: [262], number: 0)], sentences: 5, atOnce: 1
        ) {
          Self.everything(&$0)
          $0.processors.insert(Silence(length: length), at: 0)
          $0.minimumLength = 9
          $0.sampler.mirostat = mirostat
        }
        #expect(passage[0].count == count)
        for sentence in passage[0] {
          #expect(sentence.ending == .stuck)
          // The bytes of a character that was not finished are left out.
          #expect((max(0, length - 3)...length).contains(sentence.ids.count))
          var spelling = ByteSpelling()
          for id in sentence.ids { spelling.append(id) }
          #expect(!spelling.isInsideCharacter)
        }
      }
    }
  }
}
