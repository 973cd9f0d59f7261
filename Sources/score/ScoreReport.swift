import Seq2Seq
import TextStreams
import ToolSupport

/// What a model says of a text, line by line or token by token.
struct ScoreReport {
  let vocabulary: Vocabulary
  let scorer: PairScorer

  private var pairs: PairList { scorer.pairs }

  /// Writes one row for every input line: `tokens characters nats`.
  ///
  /// Lines that are not scored, the empty ones and the first of each document, have zeros.
  func writeLines(to writer: ByteWriter) throws(StreamError) {
    let evaluation = Evaluation(scorer)
    try writer.write("tokens\tcharacters\tnats\n")
    var number = 0
    for line in 0..<pairs.lineCount {
      if number < pairs.count, pairs.targetLine(of: number) == line {
        let nats = fixed(evaluation.lossOfPair[number], 6)
        let characters = pairs.characterCount(of: number, in: vocabulary)
        try writer.write("\(pairs.targetTokenCount(of: number))\t\(characters)\t\(nats)\n")
        number += 1
      } else {
        try writer.write("0\t0\t0\n")
      }
    }
  }

  /// Writes one row for every token that is scored: `line place token nats`.
  func writeTokens(to writer: ByteWriter) throws {
    try writer.write("line\tplace\ttoken\tnats\n")
    try scorer.forEachPair { number, losses in
      let line = pairs.targetLine(of: number) + 1
      var ids: [UInt32] = []
      pairs.forEachTargetToken(of: number) { ids.append($0) }
      for (place, (id, loss)) in zip(ids, losses).enumerated() {
        try writer.write("\(line)\t\(place + 1)\t")
        try writer.write(Array(vocabulary.tokenBytes(id)))
        try writer.write("\t\(fixed(loss, 6))\n")
      }
    }
  }
}

extension PairList {
  /// The characters that a pair's target stands for.
  func characterCount(of number: Int, in vocabulary: Vocabulary) -> Int {
    var count = 0
    forEachTargetToken(of: number) { count += vocabulary.characterCount($0) }
    return count
  }
}
