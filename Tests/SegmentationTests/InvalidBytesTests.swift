import Testing
import TextStreams

@testable import Segmentation

@Suite("Bytes that are not UTF-8")
struct InvalidBytesTests {
  private static let text: [UInt8] = Array("好".utf8) + [0xE4, 0xB8, 0x41, 0xFF, 0xC0, 0x80, 0x0A]

  @Test(
    "Each action on the same bytes",
    arguments: [
      (InvalidBytes.escape, "好 \\xE4 \\xB8 A \\xFF \\xC0 \\x80\n\n", String?.none),
      (
        .replace, "好 \u{FFFD} A \u{FFFD} \u{FFFD} \u{FFFD}\n\n",
        "replaced 4 invalid sequences with U+FFFD"
      ),
      (.skip, "好 A\n\n", "skipped 5 invalid bytes"),
    ])
  func actions(invalid: InvalidBytes, expected: String, report: String?) throws {
    var actual: String?
    let tokens = try collect { writer in
      let tokenizer = try Tokenizer(invalid: invalid, writer: writer)
      try withInput(Self.text, pieces: nil) { try tokenizer.tokenize($0) }
      try tokenizer.finish()
      actual = tokenizer.repairReport
    }
    #expect(String(decoding: tokens, as: UTF8.self) == expected)
    #expect(actual == report)
  }

  @Test("Stop names the place, and what comes before it is written", arguments: [1, 2])
  func stop(jobs: Int) throws {
    let text = Array("一\n二\n三".utf8) + [0xFF, 0x0A]
    var error: StreamError?
    let tokens = try collect { writer in
      let tokenizer = try Tokenizer(jobs: jobs, batchSize: 4, writer: writer)
      error = #expect(throws: StreamError.self) {
        try withInput(text, pieces: nil) { try tokenizer.tokenize($0) }
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

  @Test("Repairs are counted once, however the windows lie", arguments: [4, 5, 6, 7, 8, 1_000])
  func countsInWindows(window: Int) throws {
    let text =
      Array("中文".utf8) + [0xE4, 0xB8] + Array("a b".utf8) + [0xFF, 0xFE, 0xFD, 0xFC, 0xFB]
    for (invalid, report) in [
      (InvalidBytes.replace, "replaced 6 invalid sequences with U+FFFD"),
      (.skip, "skipped 7 invalid bytes"),
    ] {
      var options = SegmenterOptions()
      options.window = window
      let tokenizer = try Tokenizer(
        options, invalid: invalid, writer: ByteWriter(descriptor: -1))
      try withInput(text, pieces: nil) { try tokenizer.tokenize($0) }
      #expect(tokenizer.repairReport == report)
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

  @Test(
    "The encoding of whole files is guessed",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: [
      ("raw/hongloumeng.gb18030.txt", "GB18030"),
      ("raw/sanguo.gb18030.txt", "GB18030"),
      ("raw/hongloumeng_trad.gbk.crlf.txt", "GB18030"),
      ("raw/hongloumeng_trad.big5.crlf.txt", "Big5"),
      ("raw/sanxiawuyi_trad.big5hkscs.crlf.txt", "Big5"),
      ("torture/gb18030_4byte.gb18030.txt", "GB18030"),
      ("torture/utf16le_bom_crlf.txt", "UTF-16"),
    ])
  func guesses(path: String, encoding: String) throws {
    let text = try SharedData.contents(of: path)
    let error = #expect(throws: StreamError.self) { try tokenize(text, invalid: .stop) }
    #expect(error?.description.contains("this looks like \(encoding);") == true)
  }

  @Test(
    "The encoding of a few bytes is guessed, or not",
    arguments: [
      ([0xB5, 0xDA, 0xD2, 0xBB, 0xBB, 0xD8], "GB18030"),
      ([0xB2, 0xC4, 0xA4, 0x40, 0xA6, 0x5E], "Big5"),
      (Array("caf".utf8) + [0xE9, 0x20] + Array("noir".utf8), "Windows-1252"),
      ([0xFE, 0xFF, 0x4E, 0x00], "UTF-16"),
      ([0x80, 0xFF], nil),
    ] as [([UInt8], String?)])
  func shortGuesses(bytes: [UInt8], encoding: String?) {
    let guess = bytes.withUnsafeBytes { EncodingGuess($0, isStart: true) }
    #expect(guess?.displayName == encoding)
  }
}
