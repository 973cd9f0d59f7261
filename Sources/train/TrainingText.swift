import Seq2Seq
import TextStreams
import ToolSupport

/// What is trained on, and what its ids mean.
struct TrainingText {
  let vocabulary: Vocabulary
  /// That of the sources, where it is another.
  let sourceVocabulary: Vocabulary?
  let source: ModelMetadata.Source
  let pairs: CorpusPairs

  /// Bytes of the vocabularies in the model file.
  var vocabularyByteCount: Int { vocabulary.text.count + (sourceVocabulary?.text.count ?? 0) }

  /// Reads running text.
  init(
    idStream path: String, heldOut: HeldOutOptions, maximumLength: Int, contextSentences: Int
  ) throws {
    let corpus = try IdCorpus(try InputFile(path: path))
    let validCorpus = try heldOut.valid.map { try IdCorpus(try InputFile(path: $0)) }
    vocabulary = corpus.vocabulary
    sourceVocabulary = nil
    source = .previousSentences(contextSentences)
    pairs = try heldOut.pairs(
      of: corpus, and: validCorpus, maximumLength: maximumLength,
      contextSentences: contextSentences)
  }

  /// Reads pairs of token lines; the last share of them is held out, or those of a file of its own.
  init(
    pairs path: String, heldOut: HeldOutOptions, maximumLength: Int, vocabulary: Vocabulary,
    sourceVocabulary: Vocabulary?
  ) throws {
    self.vocabulary = vocabulary
    self.sourceVocabulary = sourceVocabulary
    source = .pairs
    func read(_ path: String) throws -> PairFile {
      try PairFile(path: path, source: sourceVocabulary ?? vocabulary, target: vocabulary)
    }
    let file = try read(path)
    let validFile = try heldOut.valid.map(read)
    let kept = Double(file.count) * (validFile == nil ? 1 - heldOut.validFraction : 1)
    let trained = Int(kept.rounded(.up))
    // Held-out targets are never cut: every token counts in the figure.
    let judged = validFile ?? file
    pairs = CorpusPairs(
      training: file.text.givenPairs(0..<trained, maximumLength: maximumLength),
      validation: judged.text.givenPairs(
        (validFile == nil ? trained : 0)..<judged.count, maximumLength: PairList.unlimited))
    if let validFile, validFile.count == 0 {
      throw ToolError(.badData, "\(validFile.name): no pairs; there is nothing to judge by")
    }
    guard trained > 0 else {
      throw ToolError(.badData, "\(file.name): no pairs; there is nothing to learn from")
    }
  }
}

/// The pairs of a file as ids.
private struct PairFile {
  let name: String
  let text = RunningText()
  let count: Int

  /// Reads a file and says how its tokens were found.
  init(path: String, source: Vocabulary, target: Vocabulary) throws {
    let file = try InputFile(path: path)
    name = file.name
    var lines = try PairLines(file, source: source, target: target)
    try lines.readAll(text.appendLine)
    count = lines.count
    let (tokens, spelled) = (lines.encoded.count, lines.encoded.spelledCount)
    Train.complain(
      "\(name): \(counted(count, "pair")), \(counted(tokens, "token")),"
        + " \(counted(spelled, "token")) spelled (\(percentage(spelled, of: tokens)))")
  }
}
