import TestSupport
import Testing

@testable import TextStreams

@Suite("Coverage")
struct CoverageTests {
  private static let text = "贾 宝玉 笑\n宝玉 道\n\n"

  private func coverage(
    of texts: [String], by vocabulary: Vocabulary, memory: CountingMemory? = nil
  ) throws -> (each: [VocabularyCoverage], all: VocabularyCoverage, spelled: [String]) {
    var counter = CoverageCounter(vocabulary: vocabulary, memory: memory)
    var each: [VocabularyCoverage] = []
    for text in texts { each.append(try withInput(Array(text.utf8)) { try counter.count($0) }) }
    var spelled: [String] = []
    let all = try counter.finish(mostFrequentSpelled: 3) { token, count, ids in
      spelled.append("\(String(decoding: token, as: UTF8.self)) \(count) \(ids.count)")
    }
    return (each, all, spelled)
  }

  @Test("Tokens, types, ids and characters are counted", arguments: [nil, 0, 1 << 20] as [Int?])
  func counting(byteCount: Int?) throws {
    let vocabulary = try makeVocabulary(Array(Self.text.utf8)).vocabulary
    let memory = byteCount.map { CountingMemory(byteCount: $0, directory: "/tmp", fanIn: 2) }
    let (each, all, spelled) = try coverage(
      of: ["宝玉 笑 宝玉\n", "玉宝 玉宝 哭 哭 哭 宝玉 <0x41>\n"], by: vocabulary, memory: memory)
    #expect(each[0].tokens == 3 && each[0].types == 2)
    #expect(each[0].coveredTokens == 3 && each[0].coveredTypes == 2)
    #expect(each[0].ids == 3 && each[0].characters == 5)
    #expect(each[1].tokens == 7 && each[1].types == 4)
    #expect(each[1].coveredTokens == 2 && each[1].coveredTypes == 2)
    #expect(each[1].characterSpelledTokens == 2 && each[1].byteSpelledTokens == 3)
    #expect(each[1].ids == 4 + 9 + 1 + 1)
    #expect(each[1].characters == 4 + 3 + 2 + 1)
    #expect(all.tokens == 10 && all.types == 5)
    #expect(all.coveredTokens == 5 && all.coveredTypes == 3)
    #expect(all.ids == each[0].ids + each[1].ids)
    #expect(spelled == ["哭 3 3", "玉宝 2 2"])
  }

  @Test("Encoding gives as many ids", arguments: 1...3)
  func encoding(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    let vocabulary = try makeVocabulary(hostile.lines(100)) { $0.minimumCount = 3 }.vocabulary
    let lines = hostile.lines(100)
    var counter = CoverageCounter(vocabulary: vocabulary)
    let coverage = try withInput(lines) { try counter.count($0) }
    _ = try written { writer in
      var encoder = try IdStreamEncoder(to: writer, vocabulary: vocabulary)
      try withInput(lines) { try encoder.encodeDocument($0) }
      try encoder.finish()
      #expect(encoder.totals.ids == coverage.ids)
      #expect(encoder.tokenCount == coverage.tokens)
      #expect(
        encoder.spelledCount == coverage.characterSpelledTokens + coverage.byteSpelledTokens)
    }
  }

  @Test("A size covers what a vocabulary of that size covers", arguments: 1...4)
  func bySize(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    var lines = hostile.lines(150)
    // More characters than the first sizes have room for, and words of all frequencies.
    for scalar in 0x4E00..<0x4F00 as Range<UInt32> {
      for _ in 0...(scalar % 3) { appendUTF8(scalar, to: &lines) }
      lines.append(scalar % 7 == 0 ? 0x0A : 0x20)
      appendUTF8(scalar, to: &lines)
      lines.append(0x20)
    }
    lines += Array("a\n".utf8)
    var counter = VocabularyCounter()
    try withInput(lines) { try counter.count($0) }
    let (sizes, tokens) = try counter.coverageBySize()
    #expect(sizes.count >= 2)
    for size in sizes {
      let report = try makeVocabulary(lines) { $0.maximumSize = size.rows }.report
      #expect(size.coveredTokens == report.coveredTokens, "\(size.rows)")
      #expect(tokens == report.tokens)
      #expect(
        min(size.rows, sizes[sizes.count - 1].rows)
          == ReservedToken.count + report.characterRows + report.wordRows)
    }
  }
}
