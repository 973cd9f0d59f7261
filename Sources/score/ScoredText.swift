import ModelSupport
import Seq2Seq
import TextStreams
import ToolSupport

/// Reads what is to be scored.
struct ScoredText {
  let loaded: LoadedModel
  private let text = RunningText()

  init(for loaded: LoadedModel) { self.loaded = loaded }

  /// Reads files as documents, in which each sentence is scored after those before it.
  func readDocuments(_ input: InputFiles) throws -> PairList {
    var documents: [Range<Int>] = []
    try input.forEach { file in
      let start = text.lineCount
      var lines = LineReader(file, expandsGzip: true)
      try lines.expectTokenLines()
      var ids: [UInt32] = []
      while let line = try lines.next() {
        ids.removeAll(keepingCapacity: true)
        try loaded.encode(line, of: lines, with: loaded.vocabulary, into: &ids)
        text.appendLine(ids)
      }
      documents.append(start..<text.lineCount)
    }
    return text.pairs(
      documents: documents, contextSentences: loaded.metadata.source.sentenceCount)
  }

  /// Reads files of pairs, in which each target is scored after its source.
  func readPairs(_ input: InputFiles) throws -> PairList {
    try input.forEach { file in
      var lines = try PairLines(file, source: loaded.sourceVocabulary, target: loaded.vocabulary)
      try lines.readAll(text.appendLine)
    }
    return text.givenPairs(0..<text.lineCount / 2, maximumLength: PairList.unlimited)
  }
}
