import Testing

@testable import TextStreams

@Suite("Pairs of token lines")
struct PairLinesTests {
  private func vocabulary(_ tokens: String) throws -> Vocabulary {
    try makeVocabulary(Array(tokens.utf8)).vocabulary
  }

  /// All lines' ids, sources and targets by turns.
  private func ids(
    _ text: String, source: Vocabulary, target: Vocabulary, arrival: Arrival = .file
  ) throws -> (ids: [[UInt32]], encoded: EncodedTokens, count: Int) {
    try withInput(Array(text.utf8), arrival: arrival) { file in
      var lines = try PairLines(file, source: source, target: target)
      var result: [[UInt32]] = []
      try lines.readAll { result.append($0) }
      return (result, lines.encoded, lines.count)
    }
  }

  @Test("Each column is encoded with its vocabulary, and what is spelled is counted")
  func encoding() throws {
    let (source, target) = (try vocabulary("b b b a\n"), try vocabulary("c\n"))
    for arrival in Arrival.allCases {
      let read = try ids("a b\tc\nba\tc d", source: source, target: target, arrival: arrival)
      // 'ba' is spelled as its characters, 'd' as a byte.
      #expect(read.ids == [[262, 261], [261], [261, 262], [261, 5 + 0x64]])
      #expect(read.encoded.count == 6 && read.encoded.spelledCount == 2)
      #expect(read.count == 2)
    }
  }

  @Test(
    "What is wrong is refused with its place",
    arguments: [
      ("a\n", 1, 1), ("a\tb\n\n", 2, 1), ("a\tb\tc\n", 1, 4), ("\tb\n", 1, 1), ("a\t\n", 1, 3),
      ("a  b\tc\n", 1, 3), ("a b\tc  d\n", 1, 7), ("a b\tc <p>\n", 1, 7), ("a \tb\n", 1, 2),
      ("a\tb\r\n", 1, 4), ("a\t\\q\n", 1, 3), ("a\tb\nc\td\ne\n", 3, 1),
    ])
  func errors(text: String, line: Int, column: Int) throws {
    let vocabulary = try vocabulary("a b c d\n")
    let error = try #require(throws: StreamError.self) {
      try ids(text, source: vocabulary, target: vocabulary)
    }
    #expect(error.line == line && error.column == column, "\(error)")
  }
}
