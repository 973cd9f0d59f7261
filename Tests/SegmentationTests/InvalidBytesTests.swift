import Encodings
import TestSupport
import Testing
import TextStreams

@testable import Segmentation

@Suite("Bytes that are not UTF-8")
struct InvalidBytesTests {
  private static let text: [UInt8] = Array("好".utf8) + [0xE4, 0xB8, 0x41, 0xFF, 0xC0, 0x80, 0x0A]

  @Test(
    "Each action on the same bytes",
    arguments: [
      (
        InvalidBytes.escape, "好 \\xE4 \\xB8 A \\xFF \\xC0 \\x80\n\n",
        "escaped 5 invalid bytes"
      ),
      (
        .replace, "好 \u{FFFD} A \u{FFFD} \u{FFFD} \u{FFFD}\n\n",
        "replaced 4 invalid sequences with U+FFFD"
      ),
      (.skip, "好 A\n\n", "skipped 5 invalid bytes"),
    ])
  func actions(invalid: InvalidBytes, expected: String, report: String) throws {
    let sequences = InvalidSequences(invalid) { _ in }
    let tokens = try written { writer in
      let tokenizer = try Tokenizer(writer: writer)
      try withInput(Self.text, pieces: nil) {
        let stage = UTF8Stage(name: $0.name, invalid: sequences, dropsMark: false)
        try tokenizer.tokenize($0, stages: [stage])
      }
      try tokenizer.finish()
    }
    #expect(String(decoding: tokens, as: UTF8.self) == expected)
    #expect(sequences.summary == report)
  }

  @Test("Stop names the place, and what comes before it is written", arguments: [1, 2])
  func stop(jobs: Int) throws {
    let text = Array("一\n二\n三".utf8) + [0xFF, 0x0A]
    var error: StreamError?
    let tokens = try written { writer in
      let tokenizer = try Tokenizer(jobs: jobs, batchSize: 4, writer: writer)
      error = #expect(throws: StreamError.self) {
        try withInput(text, pieces: nil) { try tokenizer.tokenize($0, stages: [stage(.stop)]) }
      }
    }
    #expect(error?.line == 3)
    #expect(error?.column == 4)
    #expect(error?.description.hasPrefix("input:3:4: byte 0xFF is not valid UTF-8") == true)
    #expect(String(decoding: tokens, as: UTF8.self) == "一\n\n二\n\n")
  }

  @Test("Stop names the place in a long paragraph, and at a stream's end")
  func stopInWindow() throws {
    for (text, column) in [
      (Array(repeating: UInt8(ascii: "a"), count: 20) + [0x80, 0x61], 21),
      (Array("aaaaaa中aaaa".utf8) + [0xE4, 0xB8], 14),
    ] {
      let error = #expect(throws: StreamError.self) {
        try tokenize(text, invalid: .stop, window: 6)
      }
      #expect(error?.column == column)
    }
  }

  @Test(
    "Replaced and skipped as another program has it",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: [InvalidBytes.replace, .skip], [7, 1_000, SegmenterOptions.standardWindow])
  func reference(invalid: InvalidBytes, window: Int) throws {
    let text = try SharedData.contents(of: "torture/utf8tests.bin")
    let expected = try SharedData.contents(of: "torture/utf8tests.\(invalid.rawValue).ref.txt")
    let tokens = try tokenize(text, invalid: invalid, window: window)
    #expect(try detokenize(tokens) == expected)
  }
}
