import Seq2Seq
import TextStreams
import ToolSupport

/// Writes what a model looked at: a block of rows for each sentence, an empty line between two.
///
/// A block is a table with tabs: above, the tokens of the source that the model read; before each
/// row the token that was written, the end's too; and the weights.
final class AttentionWriter {
  private let file: AtomicFile
  private let sourceVocabulary: Vocabulary
  private let vocabulary: Vocabulary
  /// The sentences before the next, of the prompt with this number.
  private var source: (prompt: Int, sentences: RollingSource)?
  private var isFirst = true

  init(_ file: AtomicFile, sourceVocabulary: Vocabulary, vocabulary: Vocabulary) {
    self.file = file
    (self.sourceVocabulary, self.vocabulary) = (sourceVocabulary, vocabulary)
  }

  /// Writes a sentence's alternatives, the first of which goes into the passage.
  func write(_ alternatives: [WrittenSentence], after prompt: Prompt) throws(StreamError) {
    var sentences = source?.prompt == prompt.number ? source?.sentences : nil
    for sentence in alternatives { try write(sentence, source: (sentences ?? prompt.source).ids) }
    guard let sentence = alternatives.first, !sentence.ids.isEmpty else { return }
    if sentences == nil { sentences = prompt.source }
    sentences?.append(sentence.ids)
    if sentence.endsParagraph { sentences?.endParagraph() }
    source = sentences.map { (prompt.number, $0) }
  }

  /// Gives the file its name.
  func finish() throws(StreamError) { try file.commit() }

  private func write(_ sentence: WrittenSentence, source: [UInt32]) throws(StreamError) {
    guard let first = sentence.attention.first else { return }
    let writer = file.writer
    if !isFirst { try writer.write(UInt8(ascii: "\n")) }
    isFirst = false
    for id in source.suffix(first.count) {
      try writer.write(UInt8(ascii: "\t"))
      try writer.write(Array(sourceVocabulary.tokenBytes(id)))
    }
    try writer.write(UInt8(ascii: "\n"))
    let end = sentence.endsParagraph ? ReservedID.paragraph : ReservedID.end
    for (id, weights) in zip(sentence.ids + [end], sentence.attention) {
      try writer.write(Array(vocabulary.tokenBytes(id)))
      for weight in weights { try writer.write("\t\(fixed(Double(weight), 6))") }
      try writer.write(UInt8(ascii: "\n"))
    }
  }
}
