import Kernels
import ModelSupport
import Seq2Seq
import TextStreams
import ToolSupport

extension Score {
  /// Reads a text.
  func read(_ paths: [String], for loaded: LoadedEnsemble?) throws -> ScoredText {
    let reader = TextReader(
      for: loaded, hasFigures: !perLine && !perToken, findsCopies: !comparison.training.isEmpty)
    return pairs ? try reader.readPairs(paths) : try reader.readDocuments(paths)
  }

  /// Writes the figures of the text, and those of the reference beside them.
  func writeSummary(
    by loaded: LoadedEnsemble?, pool: WorkerPool, to writer: ByteWriter
  ) throws {
    var texts = [try read(input.paths, for: loaded)]
    try check(texts[0], "")
    if !comparison.reference.isEmpty {
      texts.append(try read(comparison.reference, for: loaded))
      try check(texts[1], "\(comparison.reference[0]): ")
    }
    var searches = texts.compactMap(\.copies)
    for path in comparison.training {
      try CopySearch.search(try InputFile(path: path), for: &searches)
    }
    let summaries = texts.enumerated().map { number, text in
      var summary = ScoreSummary()
      if let loaded {
        summary.add(loaded.scorer(of: text.pairs, pool: pool), vocabulary: loaded.vocabulary)
      }
      if let figures = text.figures { summary.add(figures) }
      if !searches.isEmpty { summary.add(searches[number].findings()) }
      return summary
    }
    try summaries[0].write(to: writer, reference: summaries.count > 1 ? summaries[1] : nil)
  }

  /// Refuses a text that has no figures.
  private func check(_ text: ScoredText, _ place: String) throws {
    let reason: String
    if pairs {
      guard text.figures?.sentenceCount == 0 else { return }
      reason = "no pairs; give lines of a source, a tab and a target"
    } else if let scored = text.pairs.first {
      guard scored.isEmpty else { return }
      reason = "no two sentences follow one another; a sentence is scored after the one before"
    } else {
      guard text.figures?.sentenceCount == 0 else { return }
      reason = "no sentences; did the program before it fail?"
    }
    throw ToolError(.badData, place + reason)
  }
}
