import Testing
import TextStreams

@Suite("Rows of an n-best list")
struct NBestRowTests {
  @Test("A row has a number, a score and tokens")
  func row() throws {
    for (line, number, tokens, offset) in [
      ("1\t-12.5\ta b", 1, "a b", 8), ("12\t0\tc", 12, "c", 5), ("3\t-1e2\t▁x", 3, "▁x", 7),
    ] {
      try withBytes(of: line) {
        let row = try NBestRow($0)
        #expect(row.number == number && row.tokensOffset == offset)
        #expect(row.tokens.elementsEqual(tokens.utf8))
      }
    }
  }

  @Test(
    "What is none is refused with its place",
    arguments: [
      ("", 0, "empty line"), ("a b", 0, "1 column;"), ("1\ta", 0, "2 columns"),
      ("1\t2\ta\tb", 6, "4 columns"), ("0\t1\ta", 0, "number of a prompt"),
      ("x\t1\ta", 0, "number of a prompt"), ("-1\t1\ta", 0, "number of a prompt"),
      ("\t1\ta", 0, "number of a prompt"), ("1\tx\ta", 2, "score"), ("1\t\ta", 2, "score"),
      ("1\tnan\ta", 2, "score"), ("1\t1\t", 4, "tokens"),
      ("99999999999999999999\t1\ta", 0, "number of a prompt"),
    ])
  func malformed(line: String, offset: Int, reason: String) {
    let error = #expect(throws: TokenError.self) {
      try withBytes(of: line) { _ = try NBestRow($0) }
    }
    #expect(error?.offset == offset && error?.reason.contains(reason) == true, "\(error as Any)")
  }
}
