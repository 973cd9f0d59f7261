import TestSupport
import Testing
import TextStreams

/// Finds the phrases of token lines.
private func phrases(
  _ documents: [String], _ change: (inout PhraseLimits) -> Void = { _ in }
) throws -> [Phrase] {
  var limits = PhraseLimits()
  change(&limits)
  var finder = PhraseFinder()
  for document in documents {
    try withInput(Array(document.utf8), arrival: .allCases[document.utf8.count % 3]) {
      try finder.read($0)
    }
  }
  let (phrases, report) = finder.phrases(limits: limits)
  #expect(report.phrases == phrases.count)
  return phrases
}

private func strings(_ phrases: [Phrase]) -> [String] {
  phrases.map { String(decoding: $0.bytes, as: UTF8.self) }
}

/// Writes lines of single characters in which some names occur.
private struct NovelLines {
  private static let others =
    Array("天地山水火木金土日月星云风雨雷电花草树鱼鸟虫马牛羊江河湖海石光影声色香味上下左右东西南北")

  var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// Returns a text of lines, every other one of which has one of some passages in it.
  mutating func text(_ count: Int, with passages: [String]) -> String {
    (0..<count).map { line in
      let passage = line.isMultiple(of: 2) ? passages[line / 2 % passages.count] + " " : ""
      return others(0...3) + passage + others(1...3) + mark() + "\n"
    }.joined()
  }

  private mutating func others(_ counts: ClosedRange<Int>) -> String {
    (0..<Int.random(in: counts, using: &generator)).map { _ in
      "\(Self.others[Int.random(in: 0..<Self.others.count, using: &generator)]) "
    }.joined()
  }

  private mutating func mark() -> String { Bool.random(using: &generator) ? "。" : "！" }
}

@Suite("Phrases")
struct PhraseTests {
  @Test("Names that tokens tear apart are found; parts of them, and they with a neighbour, are not")
  func names() throws {
    var novel = NovelLines(seed: 1)
    let text = novel.text(900, with: ["宝 钗", "刘 姥姥", "贾 雨 村", "宝 钗 道 ：", "平儿", "刘 姥姥 道 ："])
    #expect(try strings(phrases([text])).sorted() == ["刘姥姥", "宝钗", "贾雨村"].sorted())
    // Where a text is divided changes no more than which line ends are neighbours.
    let half = text.split(separator: "\n", omittingEmptySubsequences: false)
    let documents = [half[..<450], half[450...]].map { $0.joined(separator: "\n") }
    #expect(try strings(phrases(documents)) == strings(phrases([text])))
  }

  @Test("What is a token already is no phrase, so a text cut again has no more of them")
  func again() throws {
    var novel = NovelLines(seed: 2)
    let text = novel.text(600, with: ["宝 钗", "贾 雨 村"])
    let whole = text.replacing("宝 钗", with: "宝钗").replacing("贾 雨 村", with: "贾雨村")
    #expect(try strings(phrases([text])).count == 2)
    #expect(try strings(phrases([whole])) == [])
  }

  @Test(
    "Nothing goes beyond marks, spaces, digits, escapes and ends of lines",
    arguments: [
      "宝 ， 钗", "宝 ▁钗", "宝 7 钗", "宝 \\t 钗", "宝\n钗", "宝 <0x41> 钗", "宝\n\n钗", "宝 \\u{3000} 钗",
    ])
  func limits(passage: String) throws {
    var novel = NovelLines(seed: 3)
    let text = novel.text(600, with: [passage, "贾 雨 村"])
    #expect(try strings(phrases([text])) == ["贾雨村"])
  }

  @Test("Letters that a token holds together are one unit, and ideographs one each")
  func scripts() throws {
    var novel = NovelLines(seed: 4)
    let text = novel.text(600, with: ["T 恤", "▁New ▁York", "阿 Q", "カラ オケ"])
    #expect(try strings(phrases([text])).sorted() == ["T恤", "阿Q", "カラオケ"].sorted())
    let short = try phrases([text]) { $0.maximumLength = 2 }
    #expect(strings(short).contains("カラオケ"), "two units")
  }

  @Test("Phrases and their measures agree with the definition", arguments: 1...8)
  func reference(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let parts = ["甲", "乙", "丙", "丁", "甲乙", "丙丁甲", "，", "。", "甲 乙 丙", "丁 乙"]
    let text = (0..<120).map { _ in
      let length = Int.random(in: 1...8, using: &generator)
      return (0..<length).map { _ in parts[Int.random(in: 0..<parts.count, using: &generator)] }
        .joined(separator: " ") + "\n"
    }.joined()
    var limits = PhraseLimits()
    limits.minimumCount = 3
    limits.threshold = 0.02 * Double(seed) - 0.05
    limits.minimumEntropy = 0.25 * Double(seed % 4)
    limits.maximumLength = 5
    let found = try phrases([text]) { $0 = limits }
    let wanted = ReferencePhrases(text, limits: limits).phrases()
    #expect(!wanted.isEmpty)
    #expect(Dictionary(uniqueKeysWithValues: zip(strings(found), found.map(\.freeCount))) == wanted)
    for phrase in found {
      #expect(phrase.tornCount <= phrase.freeCount && phrase.freeCount <= phrase.count)
      #expect(phrase.cohesion >= limits.threshold && phrase.weight >= 1)
    }
    let isSorted = zip(found, found.dropFirst()).allSatisfy { first, second in
      first.weight == second.weight
        ? first.bytes.lexicographicallyPrecedes(second.bytes) : first.weight > second.weight
    }
    #expect(isSorted)
    let three = try phrases([text]) {
      $0 = limits
      $0.maximumSize = 3
    }
    #expect(three == Array(found.prefix(3)))
  }

  @Test(
    "A text without anything has no phrases", arguments: ["", "\n\n", "，\n", "宝\n", "<0xE5>\n"])
  func nothing(text: String) throws {
    #expect(try phrases([text]).isEmpty)
  }

  @Test("What is wrong is refused at its place")
  func malformed() {
    let error = #expect(throws: StreamError.self) { try phrases(["宝 钗\n宝 \\q\n"]) }
    #expect(error?.line == 2 && error?.column == 5)
    #expect(throws: StreamError.self) { try phrases(["宝 <s>\n"]) }
  }
}
