import Encodings
import TestSupport
import Testing
import TextStreams

@testable import Segmentation

@Suite("Pairs of text to pairs of token lines and back")
struct PairsTests {
  /// Runs the tokenizer over pairs.
  private func tokenizePairs(
    _ text: [UInt8], unit: TokenGranularity = .word, invalid: InvalidBytes = .escape,
    jobs: Int = 1, window: Int = SegmenterOptions.standardWindow,
    batchSize: Int = Tokenizer.standardBatch, pieces: [Int]? = nil
  ) throws -> [UInt8] {
    try written { writer in
      var options = SegmenterOptions()
      options.unit = unit
      options.layout = .pairs
      options.window = window
      let tokenizer = try Tokenizer(
        options, jobs: jobs, batchSize: batchSize, writer: writer)
      try withInput(text, pieces: pieces) {
        try tokenizer.tokenize($0, stages: [stage(invalid)])
      }
      try tokenizer.finish()
    }
  }

  private func lines(_ text: String, unit: TokenGranularity = .word) throws -> String {
    String(decoding: try tokenizePairs(Array(text.utf8), unit: unit), as: UTF8.self)
  }

  private func detokenizeLines(_ lines: [UInt8], pieces: [Int]? = nil) throws -> [UInt8] {
    try written { writer in
      var detokenizer = Detokenizer(writer: writer, keepsLines: true)
      try withInput(lines, pieces: pieces) { try detokenizer.detokenize($0) }
    }
  }

  /// Pairs of what has broken tokenizers; every line has its line feed.
  private func hostilePairs(
    _ kind: HostileText, count: Int, using generator: inout SplitMix64
  ) -> [UInt8] {
    var text: [UInt8] = []
    for number in 0..<count {
      for end in [0x09, 0x0A] as [UInt8] {
        let column = kind.bytes(1 + number % 40, using: &generator)
          .filter { $0 != 0x09 && $0 != 0x0A }
        text += column.isEmpty || column == [0x0D] ? [0x20] : column
        text.append(end)
      }
    }
    return text
  }

  @Test(
    "Generated pairs come back byte for byte, whoever cuts them and however they arrive",
    arguments: HostileText.allCases, TokenGranularity.allCases)
  func roundTrip(kind: HostileText, unit: TokenGranularity) throws {
    var generator = SplitMix64(seed: 6)
    let text = hostilePairs(kind, count: 60, using: &generator)
    let tokens = try tokenizePairs(text, unit: unit)
    #expect(tokens.count { $0 == 0x0A } == 60)
    #expect(tokens.count { $0 == 0x09 } == 60)
    #expect(try detokenizeLines(tokens) == text)
    #expect(try tokenizePairs(text, unit: unit, jobs: 3, batchSize: 100) == tokens)
    #expect(try tokenizePairs(text, unit: unit, jobs: 2, pieces: [7, 1, 30]) == tokens)
    #expect(try detokenizeLines(tokens, pieces: [1, 5]) == text)
  }

  @Test("A column is one sentence, its spaces among its tokens")
  func columns() throws {
    #expect(
      try lines("他说。她听。\tHe said. She  left. \n") == "他 说 。 她 听 。\tHe ▁said . ▁She ▁ ▁left . ▁\n")
    #expect(try lines("ab\tc d\n", unit: .character) == "a b\tc ▁ d\n")
    #expect(try lines("<p>\t \r\n") == "< p >\t▁\\r\n")
    // A last line has its line feed added.
    #expect(try lines("a\tb\nc\td") == "a\tb\nc\td\n")
    #expect(try lines("") == "")
  }

  @Test(
    "What is no pair is refused with its place, and those before it are written",
    arguments: [
      ("c", 1, "1 column"), ("", 1, "empty line"), ("\r", 1, "empty line"),
      ("a\tb\tc", 4, "3 columns"), ("a\tb\t", 4, "3 columns"), ("\tb", 1, "the source is empty"),
      ("a\t", 3, "the target is empty"), ("a\t\r", 3, "the target is empty"),
      ("\t", 1, "the source is empty"), ("a\t" + String(repeating: "b", count: 99), nil, "longer"),
    ])
  func noPairs(line: String, column: Int?, reason: String) throws {
    var failure: StreamError?
    let written = try written { writer in
      var options = SegmenterOptions()
      options.layout = .pairs
      options.window = 64
      let tokenizer = try Tokenizer(options, jobs: 2, writer: writer)
      do {
        try withInput(Array("x\ty\n\(line)\nz\tz\n".utf8), pieces: nil) {
          try tokenizer.tokenize($0)
        }
      } catch let error as StreamError {
        failure = error
      }
    }
    #expect(written == Array("x\ty\n".utf8))
    #expect(failure?.line == 2 && failure?.column == column, "\(line)")
    #expect(failure?.reason.contains(reason) == true, "\(String(describing: failure))")
  }

  @Test("A column that skipping bytes leaves empty is one")
  func skipped() throws {
    #expect(throws: StreamError.self) {
      try tokenizePairs([0x61, 0x09, 0xFF, 0x0A], invalid: .skip)
    }
    #expect(
      try tokenizePairs([0x61, 0x09, 0xFF, 0x0A], invalid: .escape) == Array("a\t\\xFF\n".utf8))
  }

  @Test("Every token line becomes a line of text, empty ones too")
  func keptLines() throws {
    for (tokens, text) in [
      ("a ▁b\tc\n", "a b\tc\n"), ("a\n\nb", "a\n\nb\n"), ("", ""), ("\n", "\n"),
      ("a\tb\tc\n", "a\tb\tc\n"), ("<0x61>\t\\t\n", "a\t\t\n"),
    ] {
      #expect(try detokenizeLines(Array(tokens.utf8)) == Array(text.utf8), "\(tokens)")
    }
    for tokens in ["\ta\n", "a\t\n", "a \tb\n", "a\t b\n", "a\t", "a\t\tb\n", "a\t<p>\n"] {
      #expect(throws: StreamError.self, "\(tokens)") { try detokenizeLines(Array(tokens.utf8)) }
    }
    #expect(throws: StreamError.self) { try detokenize(Array("a\tb\n".utf8)) }
  }
}
