import ModelSupport
import Seq2Seq
import TextStreams

/// The rows of an n-best list, and the prompts they answer.
struct NBestList {
  /// The prompts' numbers in the order in which they appear, and their rows.
  private(set) var groups: [(number: Int, rows: Range<Int>)] = []
  /// For each model the prompts and answers, row by row.
  private let texts: [RunningText]
  private let ensemble: LoadedEnsemble
  /// For each prompt its ids, as each model reads it; none where it is empty.
  private var prompts: [[[UInt32]]] = []
  /// The tokens of all rows, one after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(for ensemble: LoadedEnsemble) {
    self.ensemble = ensemble
    texts = ensemble.members.map { _ in RunningText() }
  }

  /// The tokens of a row.
  func tokens(of row: Int) -> ArraySlice<UInt8> {
    bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
  }

  /// For each model the pairs of a prompt and an answer, in the order of the rows.
  var pairs: [PairList] {
    texts.map { $0.givenPairs(0..<ends.count, maximumLength: PairList.unlimited) }
  }

  /// Reads the prompts, one a line; an empty one has no answers.
  mutating func readPrompts(_ path: String) throws {
    var lines = LineReader(try InputFile(path: path), expandsGzip: true)
    try lines.expectTokenLines()
    while let line = try lines.next() {
      var sources: [[UInt32]] = []
      for member in ensemble.members {
        var ids: [UInt32] = []
        try member.loaded.encode(
          line, of: lines, with: member.loaded.sourceVocabulary, into: &ids)
        sources.append(ids)
      }
      prompts.append(sources)
    }
  }

  /// Reads rows, those of a prompt side by side.
  mutating func readRows(_ path: String) throws {
    var lines = LineReader(try InputFile(path: path), expandsGzip: true)
    try lines.refuse { $0.reasonAgainstNBestList }
    var seen = Set(groups.map(\.number))
    while let line = try lines.next() {
      do throws(TokenError) {
        try append(try NBestRow(line), seen: &seen)
      } catch {
        throw lines.malformed(error)
      }
    }
  }

  private mutating func append(_ row: NBestRow, seen: inout Set<Int>) throws(TokenError) {
    guard row.number <= prompts.count else {
      throw TokenError(
        offset: 0,
        reason:
          "prompt \(row.number) of \(prompts.count); give the prompts of this list to --source")
    }
    let prompt = prompts[row.number - 1]
    guard prompt[0].isEmpty == false else {
      throw TokenError(
        offset: 0, reason: "prompt \(row.number) is empty and has no answers; see --source")
    }
    var ids: [UInt32] = []
    do throws(TokenError) {
      try ensemble.vocabulary.encode(line: row.tokens, into: &ids)
    } catch {
      throw TokenError(offset: row.tokensOffset + error.offset, reason: error.reason)
    }
    if groups.last?.number != row.number {
      guard seen.insert(row.number).inserted else {
        throw TokenError(
          offset: 0,
          reason: "prompt \(row.number) again; the rows of a prompt stand together")
      }
      groups.append((row.number, ends.count..<ends.count))
    }
    for (source, text) in zip(prompt, texts) {
      text.appendLine(source)
      text.appendLine(ids)
    }
    bytes.append(contentsOf: row.tokens)
    ends.append(bytes.count)
    groups[groups.count - 1].rows = groups[groups.count - 1].rows.lowerBound..<ends.count
  }
}
