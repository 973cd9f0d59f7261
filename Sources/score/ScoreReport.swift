import Seq2Seq
import TextStreams
import ToolSupport

/// The figures of a scored text.
struct ScoreReport {
  private let vocabulary: Vocabulary
  private let pairs: PairList
  private let evaluation: Evaluation

  init(_ vocabulary: Vocabulary, pairs: PairList, evaluation: Evaluation) {
    self.vocabulary = vocabulary
    self.pairs = pairs
    self.evaluation = evaluation
  }

  /// Writes one `name<TAB>value` a line for the whole text.
  func writeSummary(to writer: ByteWriter) throws(StreamError) {
    let characters = (0..<pairs.count).reduce(0) { $0 + characterCount(of: $1) }
    let unigramLoss = UnigramModel(counts: vocabulary.counts).loss(on: pairs)
    for (name, value) in [
      ("sentences", String(pairs.count)), ("tokens", String(evaluation.tokenCount)),
      ("characters", String(characters)),
      ("nats_per_token", fixed(evaluation.natsPerToken, 6)),
      ("perplexity", fixed(evaluation.perplexity, 4)),
      ("bits_per_char", fixed(evaluation.bitsPerCharacter(characters), 6)),
      (
        "unigram_bits_per_char",
        fixed(Evaluation.bitsPerCharacter(nats: unigramLoss, characters: characters), 6)
      ),
    ] {
      try writer.write("\(name)\t\(value)\n")
    }
  }

  /// Writes one row for every input line: `tokens characters nats`.
  ///
  /// Lines that are not scored, the empty ones and the first of each document, have zeros.
  func writeLines(to writer: ByteWriter) throws(StreamError) {
    try writer.write("tokens\tcharacters\tnats\n")
    var number = 0
    for line in 0..<pairs.lineCount {
      if number < pairs.count, pairs.targetLine(of: number) == line {
        let nats = fixed(evaluation.lossOfPair[number], 6)
        try writer.write(
          "\(pairs.targetTokenCount(of: number))\t\(characterCount(of: number))\t\(nats)\n")
        number += 1
      } else {
        try writer.write("0\t0\t0\n")
      }
    }
  }

  private func characterCount(of number: Int) -> Int {
    var count = 0
    pairs.forEachTargetToken(of: number) { count += vocabulary.characterCount($0) }
    return count
  }
}
