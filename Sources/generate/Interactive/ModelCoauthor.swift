import ModelSupport
import Segmentation
import Seq2Seq
import Steering
import Storytelling
import TextStreams
import ToolSupport

/// A model as the coauthor of a story.
final class ModelCoauthor: Coauthor {
  private let vocabulary: Vocabulary
  private let settings: WritingSettings
  private let reach: SourceReach
  private let segmenter: ParagraphSegmenter
  private let decoder: InterruptibleDecoder
  private let writer: PassageWriter<InterruptibleDecoder>
  private var endings = EndingCounts()

  /// Prepares to write on the calling thread.
  ///
  /// - Parameters:
  ///   - vocabulary: That of the model.
  ///   - reach: How much of a story the model reads.
  ///   - settings: How sentences are written, and how many are proposed.
  ///   - key: Breaks off what is being written.
  ///   - makeModel: Makes the model, for so many texts at a time.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  init(
    vocabulary: Vocabulary, reach: SourceReach, settings: WritingSettings, key: InterruptKey?,
    makeModel: (_ textCount: Int) -> any StepFunction
  ) throws {
    (self.vocabulary, self.reach, self.settings) = (vocabulary, reach, settings)
    segmenter = try ParagraphSegmenter()
    decoder = InterruptibleDecoder(
      makeModel(PassageWriter<InterruptibleDecoder>.textCount(of: settings)),
      vocabularySize: vocabulary.count, isInterrupted: { key?.isPressed == true })
    writer = PassageWriter(decoder, settings: settings)
  }

  var longestText: Int { ParagraphSegmenter.longestParagraph }

  func sentences(of text: [UInt8]) -> [StorySentence] {
    segmenter.tokenLines(of: text).map { line in
      do {
        return try line.withUnsafeBytes { line in
          var sentence = StorySentence(text: [], ids: [])
          try vocabulary.encode(line: line, into: &sentence.ids)
          var tokens = LineTokens(line)
          while let token = try tokens.next() {
            try TokenEscapes.unescape(token, into: &sentence.text)
          }
          return sentence
        }
      } catch {
        preconditionFailure("text was cut into tokens that are none: \(error)")
      }
    }
  }

  func proposals(after story: Story, number: Int) -> [Proposal]? {
    var written: [WrittenSentence] = []
    writer.write(after: [Prompt(source: source(of: story), number: number)]) { _, alternatives in
      written = alternatives
      return false
    }
    guard !decoder.isInterrupted else { return nil }
    endings.take(written)
    return written.filter { !$0.ids.isEmpty }.map { sentence in
      Proposal(
        StorySentence(text: vocabulary.text(of: sentence.ids), ids: sentence.ids),
        endsParagraph: sentence.endsParagraph, isBrokenOff: sentence.isBrokenOff)
    }
  }

  /// What the user should know at the end.
  var remarks: [String] { endings.remarks(maximumLength: settings.maximumLength) }

  /// As many of the last sentences as the model reads, and as what changes its chances looks at.
  private func source(of story: Story) -> RollingSource {
    var (first, sentenceCount, tokenCount) = (story.parts.endIndex, 0, 0)
    while first > 0,
      sentenceCount < reach.sentenceCount || tokenCount < settings.historyLength
    {
      first -= 1
      guard case .sentence(let sentence) = story.parts[first] else { continue }
      sentenceCount += 1
      tokenCount += sentence.ids.count
    }
    var source = RollingSource(limit: max(sentenceCount, 1))
    var isInParagraph = false
    for part in story.parts[first...] {
      switch part {
      case .sentence(let sentence):
        source.append(sentence.ids)
        isInParagraph = true
      case .paragraphEnd:
        if isInParagraph { source.endParagraph() }
        isInParagraph = false
      }
    }
    return source
  }
}
