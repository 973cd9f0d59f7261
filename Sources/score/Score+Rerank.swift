import Kernels
import ModelSupport
import Seq2Seq
import TextStreams
import ToolSupport

extension Score {
  /// Reads an n-best list and writes the answers to each prompt, the likeliest first.
  func rerank(
    with loaded: LoadedEnsemble, pool: WorkerPool, to writer: ByteWriter
  ) throws {
    guard let source = reranking.source else { preconditionFailure("--rerank without --source") }
    var list = NBestList(for: loaded)
    try list.readPrompts(source)
    for path in input.paths { try list.readRows(path) }
    let ranking = CandidateRanking(
      loaded.scorer(of: list.pairs, pool: pool), lengthPenalty: reranking.lengthPenalty ?? 0)
    for group in list.groups {
      for row in ranking.order(of: group.rows) {
        try writer.write("\(group.number)\t\(fixed(ranking.scores[row], 6))\t")
        try writer.write(Array(list.tokens(of: row)))
        try writer.write(UInt8(ascii: "\n"))
      }
    }
  }
}
