import TestSupport
import Testing

@testable import TextStreams

/// Vocabularies in the forms of other programs; what they write is written here by hand.
@Suite("Vocabularies of other programs")
struct ForeignVocabularyTests {
  private static let lines = Array(
    "贾 宝玉 \"笑\" : no 3 ▁world ▁ a\\tb \\\\ <<\n宝玉 \\u{3000} \\u{2581} x\\xFF é\n\n".utf8)

  private func export(
    _ vocabulary: Vocabulary, _ format: ForeignFormat
  ) throws -> (text: [UInt8], report: Vocabulary.ExportReport) {
    var report = Vocabulary.ExportReport()
    let text = try written { report = try vocabulary.export(as: format, to: $0) }
    return (text, report)
  }

  private func read(
    _ text: String, _ format: ForeignFormat, isText: Bool = false
  ) throws -> (vocabulary: Vocabulary, report: VocabularyImporter.Report) {
    try read(Array(text.utf8), format, isText: isText)
  }

  private func read(
    _ text: [UInt8], _ format: ForeignFormat, isText: Bool = false
  ) throws -> (vocabulary: Vocabulary, report: VocabularyImporter.Report) {
    var report = VocabularyImporter.Report()
    let bytes = try written { writer in
      try withInput(text) { file in
        let importer = try VocabularyImporter(file, format: format, isText: isText)
        try importer.write(to: writer)
        report = importer.report
      }
    }
    return (try withInput(bytes) { try Vocabulary(reading: $0) }, report)
  }

  private func tokens(_ vocabulary: Vocabulary) -> [String] {
    (0..<UInt32(vocabulary.count)).map {
      String(decoding: vocabulary.tokenBytes($0), as: UTF8.self)
    }
  }

  /// The tokens of which a line of text can hold the text, as that text is escaped; each once.
  private func kept(_ tokens: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    return tokens.enumerated().compactMap { id, token in
      let plain = token.replacing("\\u{3C}", with: "<")
      let isHeld = !["\\x", "\\t", "\\r", "\\u{2581}"].contains { plain.contains($0) }
      // A text may have two backslashes before such a letter, but these texts have none.
      guard id < ReservedToken.count || isHeld else { return nil }
      return seen.insert(Array(plain.utf8)).inserted ? plain : nil
    }
  }

  @Test("What is exported comes back in the same order", arguments: ForeignFormat.allCases, 1...3)
  func roundTrip(format: ForeignFormat, seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    let vocabulary = try makeVocabulary(Self.lines + hostile.lines(200)).vocabulary
    let (text, exported) = try export(vocabulary, format)
    let read = try read(text, format)
    let kept = format == .sentencepiece ? kept(tokens(vocabulary)) : tokens(vocabulary)
    #expect(tokens(read.vocabulary) == kept)
    #expect(exported.leftOutRows == vocabulary.count - kept.count)
    #expect(read.report.tokens == kept.count - ReservedToken.count)
    if format.hasCounts {
      #expect(Array(read.vocabulary.counts[4...]) == Array(vocabulary.counts[4...]))
    } else {
      #expect(read.vocabulary.counts.allSatisfy { $0 == 0 })
    }
  }

  // MARK: SentencePiece

  @Test("A piece is text, with ▁ for a space, and the logarithm of its share")
  func pieces() throws {
    let lines = Array("a a a a b b ▁c \\u{3000} \\\\ a\\tb\n".utf8)
    let vocabulary = try makeVocabulary(lines).vocabulary
    let (text, report) = try export(vocabulary, .sentencepiece)
    let rows = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(rows[..<6] == ["<pad>\t0", "<unk>\t0", "<s>\t0", "</s>\t0", "<p>\t0", "<0x00>\t0"])
    // ln 4/10, ln 2/10, ln 1/10 and ln 0.5/10.
    #expect(
      rows[261...] == [
        "a\t-0.916291", "b\t-1.60944", "\\\t-2.30259", "\u{3000}\t-2.30259", "▁c\t-2.30259",
        "c\t-2.99573", "▁\t-2.99573",
      ])
    #expect(report.leftOutRows == 2, "a\\tb and \\t break a line")
  }

  @Test("What spm_train writes is read, its three special pieces first")
  func sentencePiece() throws {
    let bytes = (0..<256).map {
      String(decoding: ReservedToken.byte(UInt8($0)).bytes, as: UTF8.self) + "\t0\n"
    }
    let text =
      "<unk>\t0\n<s>\t0\n</s>\t0\n" + bytes.joined()
      + "▁the\t-3.21\n▁\t-3.5\ne\t-4\n\u{3000}\t-9.1e+01\n\\\t-1e-05\n[MASK]\t0\n"
    let (vocabulary, report) = try read(text, .sentencepiece)
    #expect(
      rows(vocabulary) == ["▁the\t0", "▁\t0", "e\t0", "\\u{3000}\t0", "\\\\\t0", "[MASK]\t0"])
    #expect(report.tokens == 6)
    #expect(report.reservedTokens == 259)
  }

  @Test("Without counts the scores are ranks")
  func ranks() throws {
    let (vocabulary, _) = try read("</s>\n<unk>\nc\nb\na\n", .marianList)
    let (text, _) = try export(vocabulary, .sentencepiece)
    #expect(
      String(decoding: text, as: UTF8.self).split(separator: "\n").suffix(3)
        == ["c\t0", "b\t-1", "a\t-2"])
  }

  @Test("The scores of pieces that merges make are the ranks of the merges")
  func mergedPieces() throws {
    var limits = PieceLimits()
    limits.size = ReservedToken.count + 3 + 2
    let made = try written { writer in
      var counter = VocabularyCounter()
      try withInput(Array("abab abab abab ab abc\n".utf8)) { try counter.count($0) }
      _ = try counter.writePieces(to: writer, limits: limits)
    }
    let vocabulary = try withInput(made) { try Vocabulary(reading: $0) }
    #expect(vocabulary.mergeCount == 2)
    let (text, _) = try export(vocabulary, .sentencepiece)
    let pieces = String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst(261)
    #expect(pieces.contains("ab\t0") && pieces.contains("abab\t-1"))
    #expect(Set(pieces.map { $0.split(separator: "\t")[1] }) == ["0", "-1", "-2", "-3", "-4"])
    let (back, _) = try read(text, .sentencepiece)
    #expect(tokens(back) == tokens(vocabulary))
  }

  // MARK: Marian

  @Test("Marian's tokens have ids from </s> and <unk> on, in quotes where YAML needs them")
  func marian() throws {
    let vocabulary = try makeVocabulary(Self.lines).vocabulary
    let (text, report) = try export(vocabulary, .marian)
    let rows = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(rows[..<4] == ["</s>: 0", "<unk>: 1", "<p>: 2", "<0x00>: 3"])
    #expect(rows[259] == "宝玉: 259")
    #expect(report.rows == vocabulary.count - 2)
    for row in [
      "贾: ", "\"\\\"笑\\\"\": ", "\":\": ", "\"no\": ", "\"3\": ", "▁world: ", "\"a\\\\tb\": ",
      "\"\\\\\\\\\": ", "\"<<\": ", "\"\\\\u{3000}\": ", "é: ",
    ] {
      #expect(rows.contains { $0.hasPrefix(row) }, "\(row)")
    }
    let (list, _) = try export(vocabulary, .marianList)
    let names = String(decoding: list, as: UTF8.self).split(separator: "\n")
    #expect(names[..<4] == ["</s>", "<unk>", "<p>", "<0x00>"])
    #expect(names.contains("\"笑\""))
  }

  @Test(
    "YAML as marian-vocab, Nematus and others write it is read, by the ids",
    arguments: [
      "</s>: 0\n<unk>: 1\nb: 2\n\"\\\"c\": 3\n'it''s': 4\n",
      "---\n# made by hand\n'it''s': 4 # last\n</s>: 0\n\nb   :   2\n<unk>: 1\n\"\\x22c\": 3\n...\n",
      "{\n  \"eos\": 0,\n  \"UNK\": 1,\n  \"it's\": 4,\n  \"b\": 2, \"\\u0022c\": 3\n}\n",
      "{</s>: 0, <unk>: 1, b: 2, '\"c': 3, it's: 4}",
      "? </s>\n: 0\n? \"<unk>\"\n: 1\nb: 2\n? \"\\\"c\"\n: 3\n? it's\n: 4",
    ])
  func yaml(text: String) throws {
    let (vocabulary, report) = try read(text, .marian)
    #expect(rows(vocabulary) == ["b\t0", "\"c\t0", "it's\t0"])
    #expect(report.reservedTokens == 2)
  }

  @Test("JSON's halves of characters are put together")
  func surrogates() throws {
    let (vocabulary, _) = try read("{\"\\ud842\\udfb7\": 0, \"\\u00e9\": 1, \"/\\/\": 2}", .marian)
    #expect(rows(vocabulary) == ["𠮷\t0", "é\t0", "//\t0"])
  }

  @Test(
    "YAML of another kind is refused at its place",
    arguments: [
      ("</s>: 0\nb: x\n", 2, 4, "whole number"), ("</s>: 0\n\"b: 1\n", 2, 1, "quote does not end"),
      ("</s>: 0\n- b\n", 2, 1, "in quotes"), ("</s>: 0\n&b: 1\n", 2, 1, "in quotes"),
      ("</s>: 0\nb: 0\n", 2, 1, "id 0 appears twice"),
      ("</s>: 0\nb: 1 2\n", 2, 6, "end of the line"),
      ("</s>: 0\nb\n", 2, 2, "colon"), ("{\"a\": 0", 1, 8, "'}'"),
      ("{\"a\": 0}\nb: 1\n", 2, 1, "follows"),
      ("</s>: 0\n\"\\q\": 1\n", 2, 2, "escape"),
      ("</s>: 0\n\"\\ud800\": 1\n", 2, 2, "no character"),
      ("</s>: 0\n\"a b\": 1\n", 2, 2, "holds no space"), ("</s>: 0\n\"\": 1\n", 2, 1, "a token"),
      ("</s>: 0\nb: 1\nb: 2\n", 3, 1, "appears twice"),
      ("</s>: 0\nb: 99999999999999999999\n", 2, 4, "whole number"),
    ])
  func otherYAML(input: (text: String, line: Int, column: Int, reason: String)) {
    let error = #expect(throws: StreamError.self) { _ = try read(input.text, .marian) }
    #expect(error?.line == input.line, "\(error?.description ?? "")")
    #expect(error?.column == input.column, "\(error?.description ?? "")")
    #expect(error?.reason.contains(input.reason) == true, "\(error?.reason ?? "")")
  }

  // MARK: fairseq

  @Test("fairseq's dictionary: counts, rows that overwrite, rows of padding")
  func fairseq() throws {
    let (vocabulary, report) = try read(
      """
      the 500
      b 20
      : 7
      the 3 #fairseq:overwrite
      </s> 9 #fairseq:overwrite
      a#fairseq:overwrite 2
      madeupword0000 1
      madeupword0000x 0
      madeupword0001 0
      madeupword0002 0

      """, .fairseq)
    #expect(
      rows(vocabulary) == [
        "b\t20", ":\t7", "the\t3", "a#fairseq:overwrite\t2", "madeupword0000\t1",
        "madeupword0000x\t0",
      ])
    #expect(vocabulary.counts[3] == 9)
    #expect(report.paddingRows == 2)
    #expect(report.reservedTokens == 1)
  }

  @Test("Tokens that are text are escaped where that is asked for")
  func text() throws {
    let error = #expect(throws: StreamError.self) { _ = try read("a\\b 3\nc 2\n", .fairseq) }
    #expect(error?.line == 1 && error?.column == 2)
    #expect(error?.reason.contains("--text") == true)
    let (vocabulary, _) = try read("a\\b 3\n▁c 2\nd e 1\n\u{3000} 1\n", .fairseq, isText: true)
    #expect(rows(vocabulary) == ["a\\\\b\t3", "▁c\t2", "d▁e\t1", "\\u{3000}\t1"])
  }

  // MARK: Wrong files

  @Test("Another form is called what it is")
  func otherForms() throws {
    let examples: [(ForeignFormat, String)] = [
      (.sentencepiece, "<unk>\t0\n<s>\t0\n</s>\t0\n▁a\t-2.5\n"),
      (.marian, "</s>: 0\n<unk>: 1\na: 2\n"),
      (.marian, "{\"</s>\": 0, \"<unk>\": 1}\n"), (.marianList, "</s>\n<unk>\na\n"),
      (.fairseq, "the 500\nb 20\n"), (.fairseq, ": 500\nb 20\n"),
      (.fairseq, "<s> 0 #fairseq:overwrite\nb 20\n"),
    ]
    for (format, text) in examples {
      for other in ForeignFormat.allCases where other != format {
        let error = #expect(throws: StreamError.self) { _ = try read(text, other) }
        #expect(
          error?.reason.contains("--format \(format.rawValue)") == true,
          "\(text) as \(other): \(error?.reason ?? "")")
      }
      _ = try read(text, format)
    }
  }

  @Test("A vocabulary of ours is no other, even where the others begin like it")
  func ours() throws {
    let vocabulary = try makeVocabulary(Self.lines).vocabulary
    for format in ForeignFormat.allCases {
      let error = #expect(throws: StreamError.self) { _ = try read(vocabulary.text, format) }
      #expect(error?.reason.contains("needs no import") == true, "\(error?.reason ?? "")")
    }
  }

  @Test(
    "Lines that are wrong are refused at their place",
    arguments: [
      (.sentencepiece, "<unk>\t0\nab\n", 2, 1, "a piece, a tab and a number"),
      (.sentencepiece, "<unk>\t0\na\tx\n", 2, 1, "a piece, a tab and a number"),
      (.sentencepiece, "<unk>\t0\n\t-1\n", 2, 1, "a piece, a tab and a number"),
      (.sentencepiece, "a b c\n", 1, 1, "this is not SentencePiece's"),
      (.sentencepiece, "<unk>\t0\na\t-1\na\t-2\n", 3, 1, "appears twice"),
      (.sentencepiece, "<unk>\t0\r\n", 1, 8, "CR LF"), (.fairseq, "a 1\nb 1\r\n", 2, 4, "CR LF"),
      (.fairseq, "a 1\nb -1\n", 2, 1, "a token, a space and a count"),
      (.fairseq, "a 1\n\nb 1\n", 2, 1, "a token, a space and a count"),
      (.fairseq, "a 1\na 2\n", 2, 1, "appears twice"),
      (.fairseq, "hello world\n", 1, 1, "this is not fairseq's"),
      (.marianList, "</s>\n<unk>\n\na\n", 3, 1, "expected a token"),
      (.marianList, "</s>\n<unk>\na b\n", 3, 2, "no space"),
    ] as [(ForeignFormat, String, Int, Int, String)])
  func malformed(
    input: (format: ForeignFormat, text: String, line: Int, column: Int, reason: String)
  ) {
    let error = #expect(throws: StreamError.self) { _ = try read(input.text, input.format) }
    #expect(error?.line == input.line, "\(error?.description ?? "")")
    #expect(error?.column == input.column, "\(error?.description ?? "")")
    #expect(error?.reason.contains(input.reason) == true, "\(error?.reason ?? "")")
  }

  @Test("Bytes that are not UTF-8 are refused", arguments: ForeignFormat.allCases)
  func invalidBytes(format: ForeignFormat) throws {
    let begins: [ForeignFormat: String] = [
      .sentencepiece: "<unk>\t0\na", .marian: "</s>: 0\na", .marianList: "</s>\na",
      .fairseq: "b 2\na",
    ]
    let ends: [ForeignFormat: String] = [
      .sentencepiece: "\t-1\n", .marian: ": 1\n", .marianList: "\n", .fairseq: " 1\n",
    ]
    let bytes = Array((begins[format] ?? "").utf8) + [0xFF] + Array((ends[format] ?? "").utf8)
    let error = #expect(throws: StreamError.self) { _ = try read(bytes, format) }
    #expect(error?.line == 2 && error?.column == 2)
    #expect(error?.reason.contains("UTF-8") == true)
  }
}
