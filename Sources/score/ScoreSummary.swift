import Seq2Seq
import TextStreams
import ToolSupport

/// The figures of a text, by their names.
struct ScoreSummary {
  typealias Row = (name: String, value: String)

  private(set) var rows: [Row] = []

  /// Adds what models say of the text.
  mutating func add(_ scorer: PairScorer, vocabulary: Vocabulary) {
    let (pairs, evaluation) = (scorer.pairs, Evaluation(scorer))
    let characters = (0..<pairs.count).reduce(0) {
      $0 + pairs.characterCount(of: $1, in: vocabulary)
    }
    let unigramLoss = UnigramModel(counts: vocabulary.counts).loss(on: pairs)
    rows += [
      ("sentences", String(pairs.count)), ("tokens", String(evaluation.tokenCount)),
      ("characters", String(characters)),
      ("nats_per_token", fixed(evaluation.natsPerToken, 6)),
      ("perplexity", fixed(evaluation.perplexity, 4)),
      ("bits_per_char", fixed(evaluation.bitsPerCharacter(characters), 6)),
      (
        "unigram_bits_per_char",
        fixed(Evaluation.bitsPerCharacter(nats: unigramLoss, characters: characters), 6)
      ),
    ]
  }

  /// Adds what the text says of itself.
  mutating func add(_ figures: TextFigures) {
    for (index, share) in figures.distinct.enumerated() {
      rows.append(("distinct_\(index + 1)", fixed(share, 6)))
    }
    rows += [
      ("seq_rep_\(TextFigures.repeatedLength)", fixed(figures.repetition, 6)),
      ("sentence_characters", fixed(figures.sentenceCharacters, 4)),
    ]
  }

  /// Adds what of the text the training text has.
  mutating func add(_ findings: CopySearch.Findings) {
    rows += [
      ("copied_sentences", fixed(findings.copiedSentences, 6)),
      ("longest_copied_run", String(findings.longestRun)),
    ]
  }

  /// Writes one `name<TAB>value` a line, and beside it that of a reference, if there is one.
  func write(to writer: ByteWriter, reference: ScoreSummary?) throws(StreamError) {
    guard let reference else {
      for row in rows { try writer.write("\(row.name)\t\(row.value)\n") }
      return
    }
    try writer.write("name\tvalue\treference\n")
    for (row, other) in zip(rows, reference.rows) {
      try writer.write("\(row.name)\t\(row.value)\t\(other.value)\n")
    }
  }
}
