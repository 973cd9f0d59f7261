import ModelSupport
import Seq2Seq
import TextStreams

/// Reads a text once, for all that is made of it.
///
/// A file is a document and a passage; of pairs the targets are the text, each a passage.
struct TextReader: ~Copyable {
  private let ensemble: LoadedEnsemble?
  private var counter: FigureCounter?
  private var copies: CopySearch?

  /// Prepares to read a text.
  ///
  /// - Parameters:
  ///   - ensemble: The models that score it, if any.
  ///   - hasFigures: Whether there will be figures of the text itself.
  ///   - findsCopies: Whether it will be looked for in a training text.
  init(for ensemble: LoadedEnsemble?, hasFigures: Bool, findsCopies: Bool) {
    self.ensemble = ensemble
    counter = hasFigures ? FigureCounter() : nil
    copies = findsCopies ? CopySearch() : nil
  }

  /// Reads files as documents, in which each sentence is scored after those before it.
  consuming func readDocuments(_ paths: [String]) throws -> ScoredText {
    let text = RunningText()
    var documents: [Range<Int>] = []
    for path in paths {
      let start = text.lineCount
      var lines = LineReader(try InputFile(path: path), expandsGzip: true)
      try lines.expectTokenLines()
      var ids: [UInt32] = []
      while let line = try lines.next() {
        if let loaded = ensemble?.members[0].loaded {
          ids.removeAll(keepingCapacity: true)
          try loaded.encode(line, of: lines, with: loaded.vocabulary, into: &ids)
          text.appendLine(ids)
        }
        try take(line, at: 0, of: lines)
      }
      documents.append(start..<text.lineCount)
      endPassage()
    }
    let members = ensemble?.members ?? []
    let pairs = members.map {
      text.pairs(
        documents: documents, contextSentences: $0.loaded.metadata.source.sentenceCount)
    }
    return finish(pairs)
  }

  /// Reads files of pairs, in which each target is scored after its source.
  consuming func readPairs(_ paths: [String]) throws -> ScoredText {
    let members = ensemble?.members ?? []
    let texts = members.map { _ in RunningText() }
    for path in paths {
      var lines = LineReader(try InputFile(path: path), expandsGzip: true)
      try lines.refuse { $0.reasonAgainstPairs }
      while let line = try lines.next() {
        let columns: PairColumns
        do { columns = try PairColumns(line) } catch {
          throw lines.malformed(error)
        }
        for (member, text) in zip(members, texts) {
          try member.loaded.appendPair(columns, of: lines, to: text)
        }
        try take(columns.target, at: columns.targetOffset, of: lines)
        endPassage()
      }
    }
    return finish(
      texts.map { $0.givenPairs(0..<$0.lineCount / 2, maximumLength: PairList.unlimited) })
  }

  /// Takes a line, or a part of it from some offset on.
  private mutating func take(
    _ line: UnsafeRawBufferPointer, at offset: Int, of lines: borrowing LineReader
  ) throws(StreamError) {
    do throws(TokenError) {
      try counter?.append(line)
      try copies?.append(line)
    } catch {
      throw lines.malformed(error, from: offset)
    }
  }

  private mutating func endPassage() {
    counter?.endPassage()
    copies?.endDocument()
  }

  private consuming func finish(_ pairs: [PairList]) -> ScoredText {
    let copies = copies
    return ScoredText(pairs: pairs, figures: counter.take()?.finish(), copies: copies)
  }
}

extension LoadedModel {
  /// Adds the ids of a source and of its target as two lines.
  fileprivate func appendPair(
    _ columns: PairColumns, of lines: borrowing LineReader, to text: RunningText
  ) throws(StreamError) {
    do throws(TokenError) {
      var ids: [UInt32] = []
      try sourceVocabulary.encode(line: columns.source, into: &ids)
      text.appendLine(ids)
      ids.removeAll(keepingCapacity: true)
      do throws(TokenError) {
        try vocabulary.encode(line: columns.target, into: &ids)
      } catch {
        throw TokenError(offset: columns.targetOffset + error.offset, reason: error.reason)
      }
      text.appendLine(ids)
    } catch {
      throw lines.malformed(error)
    }
  }
}
