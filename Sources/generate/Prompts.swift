import ModelSupport
import Seq2Seq
import TextStreams

/// Reads prompts from token lines and writes the answers in their order.
///
/// Prompts are collected to be answered together, until there are enough or none is there to be
/// read at once.
final class Prompts {
  /// What the tokens are read and written with; all models have the same vocabularies.
  private let loaded: LoadedModel
  private let sentenceCount: Int
  private let storyteller: Storyteller
  private let writer: ByteWriter
  /// Whether every line is a prompt.
  private let areLines: Bool
  private let layout: AnswerLayout
  private let attention: AttentionWriter?
  private let batchSize: Int
  /// The prompts to be answered; none where there is nothing to go on from.
  private var waiting: [Prompt?] = []

  init(
    loaded: LoadedEnsemble, storyteller: Storyteller, writer: ByteWriter, areLines: Bool,
    layout: AnswerLayout, attention: AttentionWriter?, batchSize: Int
  ) {
    self.loaded = loaded.members[0].loaded
    sentenceCount = loaded.reach.sentenceCount
    self.storyteller = storyteller
    self.writer = writer
    self.areLines = areLines
    (self.layout, self.attention) = (layout, attention)
    self.batchSize = batchSize
  }

  /// Reads a file's prompts and answers them.
  func answer(_ lines: consuming LineReader) throws {
    var reader = lines
    do {
      try areLines ? readLines(&reader) : readParagraphs(&reader)
    } catch {
      try answerWaiting()  // what stands before the fault is answered
      throw error
    }
    try answerWaiting()
  }

  /// Answers the prompts that were read and writes all there is.
  func answerWaiting() throws(StreamError) {
    let answers = AnswerWriter(
      prompts: waiting, vocabulary: loaded.vocabulary, writer: writer, layout: layout,
      attention: attention)
    waiting.removeAll()
    try storyteller.answer(answers.prompts) { prompt, alternatives, isLast throws(StreamError) in
      try answers.add(alternatives, to: prompt, isLast: isLast)
    }
    try answers.finish()
    try writer.flush()
  }

  private func readParagraphs(_ lines: inout LineReader) throws {
    var source = emptySource
    while let line = try lines.next() {
      if line.isEmpty {
        source.endParagraph()
        try append(source)
        source = emptySource
      } else {
        source.append(try sentence(line, of: lines))
      }
    }
    if !source.isEmpty { try append(source) }
  }

  private func readLines(_ lines: inout LineReader) throws {
    while let line = try lines.next() {
      var source = emptySource
      if !line.isEmpty { source.append(try sentence(line, of: lines)) }
      try append(source)
    }
  }

  private var emptySource: RollingSource {
    RollingSource(limit: sentenceCount)
  }

  private func sentence(
    _ line: UnsafeRawBufferPointer, of lines: borrowing LineReader
  ) throws -> [UInt32] {
    var ids: [UInt32] = []
    try loaded.encode(line, of: lines, with: loaded.sourceVocabulary, into: &ids)
    return ids
  }

  private func append(_ source: RollingSource) throws(StreamError) {
    waiting.append(try storyteller.prompt(source))
    if waiting.count == batchSize { try answerWaiting() }
  }
}
