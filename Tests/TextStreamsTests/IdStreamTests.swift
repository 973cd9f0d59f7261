import TestSupport
import Testing
import TextStreams

/// Encodes documents.
func encode(_ documents: [[UInt8]], _ vocabulary: Vocabulary) throws -> [UInt8] {
  try written { output in
    var encoder = try IdStreamEncoder(to: output, vocabulary: vocabulary)
    for document in documents { try withInput(document) { try encoder.encodeDocument($0) } }
    try encoder.finish()
  }
}

/// Decodes a stream to token lines.
func decode(_ stream: [UInt8], arrival: Arrival = .file) throws -> [UInt8] {
  try written { output in
    try withInput(stream, arrival: arrival) { file in
      var decoder = try IdStreamDecoder(file)
      try decoder.decode(to: output)
    }
  }
}

@Suite("Id streams")
struct IdStreamTests {
  @Test("Lines come back when nothing is spelled", arguments: 1...6)
  func roundTrip(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    // A byte escape that stands alone is always spelled.
    let lines = hostile.lines(400)
    let text = String(decoding: lines, as: UTF8.self)
    let known = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: " ").filter { $0 != "\\xFF" }.joined(separator: " ")
    }.joined(separator: "\n")
    let document = Array(known.utf8)
    let vocabulary = try makeVocabulary(document).vocabulary
    let stream = try encode([document], vocabulary)
    for arrival in Arrival.allCases {
      #expect(try decode(stream, arrival: arrival) == document)
    }
  }

  @Test("Spelled lines stand for the same text, and encode to the same ids", arguments: 1...6)
  func spelledRoundTrip(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    let document = hostile.lines(300)
    let size = ReservedToken.count + Int(seed) * 3
    let vocabulary = try makeVocabulary(document) { $0.maximumSize = size }.vocabulary
    let stream = try encode([document], vocabulary)
    let decoded = try decode(stream)
    #expect(try encode([decoded], vocabulary) == stream)
    #expect(try text(decoded) == text(document))
  }

  @Test("A row's count is how often its id is in the stream", arguments: [1, 3, 50])
  func counts(minimumCount: Int) throws {
    var hostile = HostileLines(seed: 9)
    let document = hostile.lines(300)
    let vocabulary = try makeVocabulary(document) { $0.minimumCount = minimumCount }.vocabulary
    let stream = try encode([document], vocabulary)
    let corpus = try withInput(stream) { try IdCorpus($0) }
    var counts = [Int](repeating: 0, count: vocabulary.count)
    for line in 0..<corpus.lineCount { corpus.line(line).forEach { counts[Int($0)] += 1 } }
    counts[3...4] = vocabulary.counts[3...4]
    #expect(counts == vocabulary.counts)
  }

  @Test("The stream is laid out as huaben-formats(5) says")
  func layout() throws {
    let vocabulary = try makeVocabulary(Array("a b\n\n".utf8)).vocabulary
    let stream = try encode([Array("b a\n\n".utf8)], vocabulary)
    #expect(Array(stream[1..<12]) == Array("HBI\r\n\u{1A}\nHEAD".utf8))
    let (textLength, padding) = (vocabulary.text.count, (4 - vocabulary.text.count % 4) % 4)
    let afterHead = 24 + 8 + textLength + padding
    #expect(Array(stream[32..<32 + textLength]) == vocabulary.text)
    let words = stride(from: afterHead, to: stream.count, by: 4).map { offset in
      stream[offset..<offset + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    // Checksums computed with Python's zlib.crc32 over tag, length, number and payload.
    #expect(words[0] == 0x5543_4F44 && words[1] == 0 && words[3] == 1)
    #expect(words[2] == 0xF8F4_7836)
    #expect(words[4] == 0x544E_4553 && words[5] == 28 && words[7] == 2)
    #expect(words[8...14] == [2, 2, 0, 2, 0, 262, 261])
    #expect(words[6] == 0x6149_5CA1)
    #expect(words[15] == 0x2E44_4E45 && words[16] == 24 && words[18] == 3)
    #expect(words[19...] == [1, 0, 2, 0, 2, 0])
  }

  @Test("A stream cut off anywhere is refused")
  func truncation() throws {
    let stream = try smallStream()
    for length in 0..<stream.count { expectRefused(Array(stream[..<length]), "cut at \(length)") }
    expectRefused(stream + [0], "a byte more")
    expectRefused(stream + stream, "twice")
  }

  @Test("A stream with any bit flipped is refused")
  func bitFlips() throws {
    let stream = try smallStream()
    for bit in 0..<stream.count * 8 {
      var damaged = stream
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: StreamError.self, "bit \(bit)") {
        _ = try withInput(damaged) { try IdCorpus($0) }
      }
      // Both have the same parser; beyond the vocabulary each bit is tried with both.
      if bit % 61 == 0 || bit / 8 > stream.count - 200 { expectRefused(damaged, "bit \(bit)") }
    }
  }

  @Test("Damage is reported with its block and place")
  func place() throws {
    let stream = try smallStream()
    var damaged = stream
    damaged[stream.count - 45] ^= 1
    let error = #expect(throws: StreamError.self) { _ = try decode(damaged) }
    // The end takes 40 bytes, the block of lines before it 16 + 12 + 3 · 4 + 3 · 4.
    let place = "input: block 2 at byte \(stream.count - 92): the checksum is wrong"
    #expect(
      error?.description
        == place + "; copy the stream again, or make it again with 'vocab encode'")
  }

  @Test(
    "Another kind of file is recognised",
    arguments: [
      ("", "empty"), ("a b\n", "this is text"), ("<pad>\t0\n", "this is a vocabulary"),
      ("BZh91AY&SY", "bzip2 -d"), ("\tHBI\r\n\u{1A}\n", "as text"),
      ("\u{FFFD}HBI\r\n\u{1A}\n", "as text"), ("H\u{8}\0\0\0\0\0\0{\"a\"", "this is a model"),
    ])
  func foreign(text: String, reason: String) {
    let error = #expect(throws: StreamError.self) { _ = try decode(Array(text.utf8)) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test("What is no token lines is recognised, and lines that resemble something else are not")
  func foreignTokenLines() throws {
    let vocabulary = try makeVocabulary(Array("▁HBI\n".utf8)).vocabulary
    #expect(try makeVocabulary(Array("BZh9 a\n".utf8)).report.tokens == 2)
    for bytes in [try smallStream(), vocabulary.text, [0x1F, 0x8B, 8, 0]] {
      let error = #expect(throws: StreamError.self) { _ = try makeVocabulary(bytes) }
      #expect(error?.line == nil)
    }
  }

  @Test("A transfer as text is recognised")
  func mangled() throws {
    let stream = try smallStream()
    let withoutCR = stream.filter { $0 != 0x0D }
    let withCR = stream.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    for bytes in [withoutCR, withCR, stream.map { $0 & 0x7F }] {
      let error = #expect(throws: StreamError.self) { _ = try decode(bytes) }
      #expect(error?.reason.contains("as text") == true)
    }
  }

  /// One document of three lines.
  private func smallStream() throws -> [UInt8] {
    let vocabulary = try makeVocabulary([]).vocabulary
    let document = Array("<0x61> <0x62>\n\n<0x63>\n".utf8)
    return try encode([document], vocabulary)
  }

  private func expectRefused(_ stream: [UInt8], _ what: String) {
    #expect(throws: StreamError.self, "\(what)") { _ = try decode(stream) }
    #expect(throws: StreamError.self, "\(what)") {
      _ = try withInput(stream) { try IdCorpus($0) }
    }
  }
}

/// Returns the text of token lines.
func text(_ lines: [UInt8]) throws -> [UInt8] {
  var text: [UInt8] = []
  for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false) {
    for token in line.split(separator: 0x20) {
      try Array(token).withUnsafeBytes { try TokenEscapes.unescape($0, into: &text) }
    }
  }
  return text
}
