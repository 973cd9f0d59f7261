import ModelSupport
import Seq2Seq
import TextStreams
import ToolSupport

/// Answers prompts one after the other, each with its own random numbers.
final class Storyteller {
  private let loaded: LoadedModel
  private let decoder: SentenceDecoder
  private let sampler: Sampler
  private let maximumLength: Int
  private let seed: UInt64
  private var promptCount = 0
  private var cutSourceCount = 0
  private var cutSentenceCount = 0

  init(_ loaded: LoadedModel, sampler: Sampler, maximumLength: Int, seed: UInt64) {
    self.loaded = loaded
    decoder = SentenceDecoder(loaded.model)
    self.sampler = sampler
    self.maximumLength = maximumLength
    self.seed = seed
  }

  /// Begins an answer.
  ///
  /// - Parameter source: The last sentence of the prompt, with `<p>` if its paragraph ended.
  /// - Returns: What writes the passage.
  func answer(to source: [UInt32]) -> PassageWriter<SentenceDecoder> {
    let longest = loaded.metadata.maximumLength
    if source.count > longest { cutSourceCount += 1 }
    defer { promptCount += 1 }
    return PassageWriter(
      after: source, model: decoder, sampler: sampler,
      maximumLength: maximumLength, maximumSourceLength: longest, seed: seed, number: promptCount)
  }

  /// Takes note of a prompt without a word, so that those after it draw the same numbers.
  func skipPrompt() { promptCount += 1 }

  /// Takes note of a sentence that was written.
  func note(_ sentence: WrittenSentence) {
    if sentence.isCut { cutSentenceCount += 1 }
  }

  /// What the user should know at the end.
  var remarks: [String] {
    var remarks: [String] = []
    if cutSourceCount > 0 {
      remarks.append(
        "\(counted(cutSourceCount, "prompt")) ended in a sentence of more than "
          + "\(loaded.metadata.maximumLength) tokens; its beginning was not read")
    }
    if cutSentenceCount > 0 {
      remarks.append(
        "\(counted(cutSentenceCount, "sentence")) broken off after \(counted(maximumLength, "token")); "
          + "--max-length sets the limit")
    }
    return remarks
  }
}
