package import Seq2Seq
package import TextStreams

/// Passages that are given, to be written as they are.
package struct ForcedPassages: Sendable {
  private struct Sentence {
    var ids: [UInt32]
    var endsParagraph = false
  }

  /// The name of the file, and its lines.
  package let name: String
  package private(set) var lineCount = 0
  private var passages: [[Sentence]] = []

  package var count: Int { passages.count }
  /// Sentences of each.
  package var lengths: [Int] { passages.map(\.count) }
  /// Tokens of the longest sentence.
  package var longest: Int { passages.joined().map(\.ids.count).max() ?? 0 }

  /// Reads token lines.
  ///
  /// - Parameters:
  ///   - file: What to read.
  ///   - vocabulary: That of the targets.
  ///   - areLines: Whether every line is a passage; otherwise every paragraph is one, which ends if
  ///     an empty line follows.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package init(
    reading file: consuming InputFile, vocabulary: Vocabulary, areLines: Bool
  ) throws(StreamError) {
    name = file.name
    var lines = LineReader(file, expandsGzip: true)
    try lines.expectTokenLines()
    var passage: [Sentence] = []
    while let line = try lines.next() {
      var ids: [UInt32] = []
      do throws(TokenError) {
        try vocabulary.encode(line: line, into: &ids)
      } catch {
        throw lines.malformed(error)
      }
      if areLines || !line.isEmpty { passage.append(Sentence(ids: ids)) }
      if areLines || line.isEmpty {
        if !areLines, !passage.isEmpty { passage[passage.count - 1].endsParagraph = true }
        passages.append(passage)
        passage = []
      }
    }
    if !passage.isEmpty { passages.append(passage) }
    lineCount = lines.lineNumber
  }

  /// Refuses to be too few.
  ///
  /// - Parameter number: A prompt's, counted from 0.
  /// - Throws: ``StreamError`` if there is no passage for it.
  package func require(_ number: Int) throws(StreamError) {
    guard number >= count else { return }
    throw StreamError(
      stream: name, line: lineCount + 1,
      problem: .malformed("ends before the prompts do; --force takes a passage for each"))
  }

  /// What makes the model write them.
  package var processor: any LogitsProcessor { Processor(passages: passages) }

  /// Allows the next token of a given passage and no other.
  private struct Processor: LogitsProcessor {
    let passages: [[Sentence]]

    /// A token that nobody would choose counts as certain.
    let readsProbabilities = true

    func process(
      _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
    ) {
      guard passages.indices.contains(context.prompt) else { return }
      let passage = passages[context.prompt]
      var id = ReservedID.end
      if passage.indices.contains(context.sentenceNumber) {
        let sentence = passage[context.sentenceNumber]
        let place = context.sentence.count
        if place < sentence.ids.count {
          id = sentence.ids[place]
        } else if sentence.endsParagraph {
          id = ReservedID.paragraph
        }
      }
      // Given text may be what the model would not write: a control character, say.
      let logit = logits[Int(id)] > -.infinity ? logits[Int(id)] : 0
      logits.update(repeating: -.infinity)
      logits[Int(id)] = logit
    }
  }
}
