import TestSupport
import Testing
import TextStreams

/// Returns the token for source bytes.
private func escape(_ source: [UInt8]) -> [UInt8] {
  var token: [UInt8] = []
  source.withUnsafeBytes { TokenEscapes.escape($0, into: &token) }
  return token
}

/// Returns the text of a token.
private func unescape(_ token: [UInt8]) throws -> [UInt8] {
  var text: [UInt8] = []
  try token.withUnsafeBytes { try TokenEscapes.unescape($0, into: &text) }
  return text
}

@Suite("Escapes of tokens")
struct TokenEscapesTests {
  @Test(
    "A source is written so",
    arguments: [
      ("贾宝玉", "贾宝玉"),
      (" world", "▁world"),
      ("a\\b", "a\\\\b"),
      ("\t\r\n", "\\t\\r\\u{A}"),
      ("\u{3000}\u{A0}\u{2028}\u{85}", "\\u{3000}\\u{A0}\\u{2028}\\u{85}"),
      ("\u{FEFF}\u{180E}\u{200B}\u{0}", "\\u{FEFF}\\u{180E}\\u{200B}\\u{0}"),
      ("▁", "\\u{2581}"),
      ("<s>", "\\u{3C}s>"),
      ("<0xAF>", "\\u{3C}0xAF>"),
      ("<0xaf>", "<0xaf>"),
      ("<s", "<s"),
      ("𠮷é", "𠮷é"),
    ])
  func known(source: String, token: String) throws {
    #expect(escape(Array(source.utf8)) == Array(token.utf8))
    #expect(try unescape(Array(token.utf8)) == Array(source.utf8))
  }

  @Test("Bytes that are not UTF-8 are escaped one by one")
  func invalidBytes() {
    let cases: [([UInt8], String)] = [
      ([0xFF, 0x61], "\\xFFa"),
      ([0xE4, 0xBD], "\\xE4\\xBD"),
      ([0xC0, 0x80], "\\xC0\\x80"),
      ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
      ([0xF4, 0x90, 0x80, 0x80], "\\xF4\\x90\\x80\\x80"),
    ]
    for (source, token) in cases {
      #expect(String(decoding: escape(source), as: UTF8.self) == token)
    }
  }

  @Test("Every scalar comes back, and no token holds white space")
  func everyScalar() throws {
    for value in UInt32(1)..<0x11_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let source = Array(String(Character(scalar)).utf8)
      let token = escape(source)
      guard try unescape(token) == source else {
        Issue.record("U+\(String(value, radix: 16)) does not come back")
        continue
      }
      let hidden = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      if hidden, token == source { Issue.record("U+\(String(value, radix: 16)) is not escaped") }
    }
  }

  @Test("Random bytes come back, and their tokens are well formed", arguments: 1...20)
  func randomBytes(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let pool = Array("▁\u{3000}\u{FEFF}<s></s>贾 \\\t\r".utf8) + [0xFF, 0xE4, 0x80, 0xED, 0xF4]
    for _ in 0..<500 {
      let source = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? UInt8.random(in: 0...255, using: &generator)
          : pool[Int.random(in: 0..<pool.count, using: &generator)]
      }
      let token = escape(source)
      #expect(try unescape(token) == source)
      #expect(!token.contains { $0 <= 0x20 || $0 == 0x7F })
      #expect(String(validating: token, as: UTF8.self) != nil)
      let count = try token.withUnsafeBytes { try TokenEscapes.characterCount($0) }
      // A valid scalar is one character, and so is each byte that is none.
      #expect(count == referenceCharacterCount(source))
    }
  }

  @Test(
    "A bad token is refused at its place",
    arguments: [
      ("a\\", 1, "bad escape"), ("\\q", 0, "bad escape"), ("\\x4", 0, "\\x takes"),
      ("\\xaf", 0, "\\x takes"), ("\\u{}", 0, "\\u takes"), ("\\u{0041}", 0, "\\u takes"),
      ("\\u{D800}", 0, "\\u takes"), ("\\u{110000}", 0, "\\u takes"), ("\\u{41", 0, "\\u takes"),
      ("\\u{1000000}", 0, "\\u takes"), ("贾\\u3000", 3, "\\u takes"), ("a\rb", 1, "LF alone"),
      ("a\tb", 1, "tab"), ("\u{7F}", 0, "0x7F"), ("<s>", 0, "'<s>' is reserved"),
    ])
  func malformed(token: String, offset: Int, reason: String) {
    let error = #expect(throws: TokenError.self) { _ = try unescape(Array(token.utf8)) }
    #expect(error?.offset == offset)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test("A token that is not UTF-8 is refused at its place")
  func malformedBytes() {
    let error = #expect(throws: TokenError.self) { _ = try unescape([0x61, 0xE4, 0xBD]) }
    #expect(error == TokenError(offset: 1, reason: "not valid UTF-8; such a byte is written \\xE4"))
  }

  @Test(
    "Characters are counted as the reference program counts them",
    arguments: [
      ("贾宝玉", 3), ("▁a", 2), ("\\u{3000}\\t\\\\\\xFF", 4), ("<p>", 0), ("<0xE4>", 1),
      ("<0xBD>", 0), ("<0x41>", 1), ("<0xC3>", 1),
    ])
  func characterCounts(token: String, count: Int) throws {
    #expect(try withBytes(of: token) { try TokenEscapes.characterCount($0) } == count)
  }

  /// Counts characters with the standard library's decoder.
  private func referenceCharacterCount(_ source: [UInt8]) -> Int {
    var count = 0
    var index = 0
    while index < source.count {
      let length = (1...4).first {
        index + $0 <= source.count
          && String(validating: source[index..<index + $0], as: UTF8.self) != nil
      }
      index += length ?? 1
      count += 1
    }
    return count
  }
}
