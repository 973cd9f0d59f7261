import Glibc
import TestSupport
import Testing
import TextStreams

/// Makes the vocabulary of token lines.
func makeVocabulary(
  _ lines: [UInt8], arrival: Arrival = .file, _ change: (inout VocabularyLimits) -> Void = { _ in }
) throws -> (vocabulary: Vocabulary, report: VocabularyReport) {
  var limits = VocabularyLimits()
  change(&limits)
  var counter = VocabularyCounter()
  try withInput(lines, arrival: arrival) { try counter.count($0) }
  let (text, report) = try counter.vocabularyText(limits: limits)
  return (try withInput(text) { try Vocabulary(reading: $0) }, report)
}

extension VocabularyCounter {
  /// The vocabulary as it is written, and what it covers.
  consuming func vocabularyText(
    limits: VocabularyLimits = VocabularyLimits()
  ) throws -> (text: [UInt8], report: VocabularyReport) {
    let file = UnnamedFile()
    let writer = ByteWriter(descriptor: file.descriptor, name: "output")
    let report = try write(to: writer, limits: limits)
    try writer.flush()
    return (file.contents(), report)
  }
}

/// Returns the rows of a vocabulary after the reserved ones.
func rows(_ vocabulary: Vocabulary) -> [String] {
  Array(
    String(decoding: vocabulary.text, as: UTF8.self).split(separator: "\n")
      .dropFirst(ReservedToken.count).map(String.init))
}

@Suite("Vocabularies")
struct VocabularyTests {
  static let text = Array("贾 宝玉 笑 道\n宝玉 道\n\n黛玉 道 ， 宝玉 ▁a\\t\n\n\n".utf8)

  @Test("Rows are the reserved tokens, then the rest by count and bytes")
  func order() throws {
    let vocabulary = try makeVocabulary(Self.text).vocabulary
    let all = String(decoding: vocabulary.text, as: UTF8.self).split(separator: "\n")
    #expect(all[..<6] == ["<pad>\t0", "<unk>\t0", "<s>\t0", "</s>\t3", "<p>\t2", "<0x00>\t0"])
    #expect(all[260] == "<0xFF>\t0")
    #expect(
      rows(vocabulary) == [
        "宝玉\t3", "道\t3", "▁a\\t\t1", "笑\t1", "贾\t1", "黛玉\t1", "，\t1",
        "\\t\t0", "a\t0", "▁\t0", "宝\t0", "玉\t0", "黛\t0",
      ])
  }

  @Test("Rare words are spelled, and their characters counted so")
  func minimumCount() throws {
    let (vocabulary, report) = try makeVocabulary(Self.text) { $0.minimumCount = 2 }
    #expect(
      rows(vocabulary) == [
        "宝玉\t3", "道\t3", "\\t\t1", "a\t1", "▁\t1", "玉\t1", "笑\t1", "贾\t1", "黛\t1",
        "，\t1", "宝\t0",
      ])
    #expect(report.tokens == 11)
    #expect(report.types == 7)
    #expect(report.characterRows == 10)
    #expect(report.wordRows == 1)
    #expect(report.coveredTokens == 9)
  }

  @Test("A limit keeps frequent characters first, then frequent words")
  func maximumSize() throws {
    let two = try makeVocabulary(Self.text) { $0.maximumSize = ReservedToken.count + 2 }
    // 玉 occurs four times; 道 and 宝 three times, and 宝 has the smaller bytes.
    #expect(rows(two.vocabulary) == ["玉\t4", "宝\t3"])
    let twelve = try makeVocabulary(Self.text) { $0.maximumSize = ReservedToken.count + 12 }
    #expect(rows(twelve.vocabulary).contains("宝玉\t3"))
    #expect(!rows(twelve.vocabulary).contains { $0.hasPrefix("黛玉\t") })
    let none = try makeVocabulary(Self.text) { $0.maximumSize = ReservedToken.count }
    #expect(none.vocabulary.count == ReservedToken.count)
    // ▁, written <0x20>, and \t, written <0x09>, stand for themselves in the text.
    #expect(none.vocabulary.counts[5 + 0x20] == 1)
    #expect(none.vocabulary.counts[5 + 0x09] == 1)
  }

  @Test("Character coverage keeps the most frequent characters")
  func coverage() throws {
    let lines = Array((Array(repeating: "的", count: 98) + ["乙", "甲"]).joined(separator: " ").utf8)
    #expect(rows(try makeVocabulary(lines) { $0.characterCoverage = 0.98 }.vocabulary) == ["的\t98"])
    let more = try makeVocabulary(lines) { $0.characterCoverage = 0.985 }.vocabulary
    #expect(rows(more) == ["的\t98", "乙\t1"])
    #expect(more.counts[5 + 0xE7] == 1)
  }

  @Test("Counting agrees with the same done slowly", arguments: 1...12, [1, 2, 5])
  func reference(seed: UInt64, minimumCount: Int) throws {
    var hostile = HostileLines(seed: seed)
    let lines = hostile.lines(200)
    let arrival = Arrival.allCases[Int(seed) % 3]
    let vocabulary = try makeVocabulary(lines, arrival: arrival) {
      $0.minimumCount = minimumCount
    }.vocabulary
    let reference = ReferenceVocabulary(lines, minimumCount: minimumCount)
    let made = String(decoding: vocabulary.text, as: UTF8.self).split(separator: "\n")
    let wanted = reference.text.split(separator: "\n")
    #expect(made.count == wanted.count)
    // One row says more than the difference of two files.
    let difference = zip(made, wanted).first { !$0.utf8.elementsEqual($1.utf8) }
    #expect(difference == nil)
  }

  @Test("A vocabulary read back is the same", arguments: 1...4)
  func readBack(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    let made = try makeVocabulary(hostile.lines(300)) { $0.minimumCount = 2 }.vocabulary
    let read = try withInput(made.text) { try Vocabulary(reading: $0) }
    #expect(read == made)
    #expect(read.counts == made.counts)
    let unterminated = try withInput(made.text.dropLast()) { try Vocabulary(reading: $0) }
    #expect(unterminated == made)
    for id in 0..<UInt32(made.count) {
      #expect(read.tokenBytes(id) == made.tokenBytes(id))
      #expect(read.characterCount(id) == made.characterCount(id))
      #expect(Array(made.tokenBytes(id)).withUnsafeBytes { made.id(of: $0) } == id)
    }
  }

  @Test("Canonically equal tokens are different tokens")
  func bytesNotCharacters() throws {
    let lines = Array("\u{F9DC} \u{9686} \u{9686} é e\u{301}\n".utf8)
    let vocabulary = try makeVocabulary(lines).vocabulary
    #expect(rows(vocabulary).map { $0.utf8.count } == [5, 5, 4, 5, 3, 4])
  }

  @Test(
    "What is not in a vocabulary is spelled",
    arguments: [
      ("宝玉", ["宝玉"]), ("玉宝", ["玉", "宝"]), ("▁宝\\t", ["▁", "宝", "\\t"]),
      ("\\xFF", ["<0xFF>"]), ("宝\\xFF", ["宝", "<0xFF>"]), ("<0xE4>", ["<0xE4>"]),
      ("仙", ["<0xE4>", "<0xBB>", "<0x99>"]), ("\\u{3000}", ["<0xE3>", "<0x80>", "<0x80>"]),
      ("\\r\\\\", ["<0x0D>", "<0x5C>"]), ("▁仙a", ["▁", "<0xE4>", "<0xBB>", "<0x99>", "a"]),
    ])
  func spelling(token: String, pieces: [String]) throws {
    let vocabulary = try makeVocabulary(Self.text).vocabulary
    var ids: [UInt32] = []
    _ = try withBytes(of: token) { try vocabulary.encode($0, into: &ids) }
    #expect(ids.map { String(decoding: vocabulary.tokenBytes($0), as: UTF8.self) } == pieces)
  }

  @Test(
    "Token lines that are wrong are refused at their place",
    arguments: [
      ("a b\n a\n", 2, 1, "exactly one space"), ("a  b\n", 1, 3, "exactly one space"),
      ("a \n", 1, 2, "exactly one space"), ("a ", 1, 2, "exactly one space"),
      (" ", 1, 1, "exactly one space"), ("a\n\na\r\n", 3, 2, "LF alone"), ("a\tb", 1, 2, "tab"),
      ("a <s> b", 1, 3, "reserved"), ("12345678 \\q\n", 1, 10, "bad escape"),
      ("abcdefghijk\u{1}\n", 1, 12, "0x01"), ("a\u{7F}", 1, 2, "0x7F"),
    ], Arrival.allCases)
  func malformed(
    input: (text: String, line: Int, column: Int, reason: String), arrival: Arrival
  ) {
    let error = #expect(throws: StreamError.self) {
      _ = try makeVocabulary(Array(input.text.utf8), arrival: arrival)
    }
    #expect(error?.line == input.line)
    #expect(error?.column == input.column)
    #expect(error?.reason.contains(input.reason) == true, "\(error?.reason ?? "")")
  }

  @Test("Tokens may have 65,535 bytes and not one more", arguments: Arrival.allCases)
  func longTokens(arrival: Arrival) throws {
    let longest = [UInt8](repeating: 0x61, count: LineTokens.maximumTokenLength)
    let line = longest + [0x20] + longest
    #expect(try makeVocabulary(line, arrival: arrival).report.types == 1)
    for tail in [[0x0A], []] as [[UInt8]] {
      let error = #expect(throws: StreamError.self) {
        _ = try makeVocabulary(line + [0x61] + tail, arrival: arrival)
      }
      #expect(error?.column == 65_537)
    }
  }

  @Test(
    "A vocabulary that is wrong is refused at its line",
    arguments: [
      (2, "a\t1\n", "expected the token '<unk>' here"), (262, "a\n", "expected a token, a tab"),
      (262, "\t1\n", "expected a token, a tab"), (262, "a\tx\n", "expected a count"),
      (262, "a\t-1\n", "expected a count"), (262, "a\t99999999999999999999\n", "expected a count"),
      (262, "a\t1\r\n", "CR LF"), (262, "a b\t1\n", "no space"), (262, "<s>\t1\n", "row 3"),
      (263, "a\t1\na\t2\n", "appears twice"), (262, "\\q\t1\n", "bad escape"),
    ])
  func malformedVocabulary(line: Int, text: String, reason: String) throws {
    let reserved = try makeVocabulary([]).vocabulary.text
    let kept = reserved.split(separator: 0x0A).prefix(line < 262 ? line - 1 : 261)
    let bytes = kept.flatMap { Array($0) + [0x0A] } + Array(text.utf8)
    let error = #expect(throws: StreamError.self) {
      _ = try withInput(bytes) { try Vocabulary(reading: $0) }
    }
    #expect(error?.line == line)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }
}
