import Glibc
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
    let unigramBits = unigramLoss() / M_LN2 / Double(max(1, characters))
    for (name, value) in [
      ("sentences", String(pairs.count)), ("tokens", String(evaluation.tokenCount)),
      ("characters", String(characters)),
      ("nats_per_token", fixed(evaluation.natsPerToken, 6)),
      ("perplexity", fixed(evaluation.perplexity, 4)),
      ("bits_per_char", fixed(evaluation.bitsPerCharacter(characters), 6)),
      ("unigram_bits_per_char", fixed(unigramBits, 6)),
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

  /// The sum of −ln p under p(w) = (c(w) + ½) / (n + ½V), counted by the vocabulary.
  private func unigramLoss() -> Double {
    let counts = vocabulary.counts
    let total = counts.reduce(0.0) { $0 + Double($1) } + 0.5 * Double(counts.count)
    var loss = 0.0
    for number in 0..<pairs.count {
      pairs.forEachTargetToken(of: number) { token in
        loss -= log((Double(counts[Int(token)]) + 0.5) / total)
      }
    }
    return loss
  }
}
