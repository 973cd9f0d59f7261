import TestSupport
import Testing

@testable import TextStreams

/// Returns what documents of token lines have of training texts.
private func copies(
  _ documents: [[String]], from training: [String], arrival: Arrival = .file
) throws -> CopySearch.Findings {
  var search = CopySearch()
  for document in documents {
    for line in document { try withBytes(of: line) { try search.append($0) } }
    search.endDocument()
  }
  var searches = [search]
  for text in training {
    try withInput(Array(text.utf8), arrival: arrival) {
      try CopySearch.search($0, for: &searches)
    }
  }
  return searches[0].findings()
}

/// The same by comparing every place with every other.
private struct ReferenceCopies {
  var copiedSentences: Double
  var longestRun = 0

  init(_ documents: [[String]], from training: [String]) {
    let others = training.map {
      Self.text(
        $0.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
          .map { String($0) })
    }
    let sentences = documents.joined().filter { !$0.isEmpty }.map { Self.text([$0]) }
    let count = sentences.count { sentence in
      let spaces = sentence.prefix { $0 == " " }.count
      let bare = spaces < sentence.count ? Array(sentence.dropFirst(spaces)) : sentence
      return others.contains { Self.longestRun(bare, $0) == bare.count }
    }
    copiedSentences = Double(count) / Double(sentences.count)
    for text in documents.map(Self.text) {
      for other in others { longestRun = max(longestRun, Self.longestRun(text, other)) }
    }
  }

  /// The text of token lines without escapes.
  private static func text(_ lines: [String]) -> [Unicode.Scalar] {
    lines.flatMap { line in
      line.isEmpty
        ? ["\n"]
        : line.unicodeScalars.filter { $0 != " " }.map { $0 == "\u{2581}" ? " " : $0 }
    }
  }

  /// The length of the longest string that both have.
  private static func longestRun(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var longest = 0
    var lengths = [Int](repeating: 0, count: right.count + 1)
    for scalar in left {
      for index in right.indices.reversed() {
        lengths[index + 1] = scalar == right[index] ? lengths[index] + 1 : 0
        longest = max(longest, lengths[index + 1])
      }
    }
    return longest
  }
}

@Suite("Copies from a training text")
struct CopySearchTests {
  @Test("A sentence counts where it stands word for word, a run wherever tokens begin")
  func byHand() throws {
    let training = ["他 说 ：\n“ 来 。 ”\n\n她 笑 了 。\n"]
    for arrival in Arrival.allCases {
      let found = try copies(
        [["他说 ：", "她 笑", "“ 去 。 ”"]], from: training, arrival: arrival)
      // The first two stand there; 他说： is the longest run.
      #expect(found == CopySearch.Findings(copiedSentences: 2.0 / 3, longestRun: 3))
    }
    // A run goes on across sentences and paragraphs, but not across documents.
    #expect(try copies([["来 。 ”", "", "她"]], from: training).longestRun == 5)
    #expect(try copies([["来 。 ”"], ["", "她"]], from: training).longestRun == 3)
    #expect(try copies([["来 。 ”", "", "", "她"]], from: training).longestRun == 4)
    #expect(try copies([["他 说"]], from: ["他\n", "说\n"]).longestRun == 1)
    #expect(try copies([["他 说"]], from: ["他\n说\n"]).longestRun == 2)
    #expect(try copies([["他 说"]], from: [""]) == .init(copiedSentences: 0, longestRun: 0))
  }

  @Test("Characters are compared, whatever they are written as")
  func characters() throws {
    #expect(try copies([["<0xE4> <0xBD> <0xA0> 好"]], from: ["你好\n"]).longestRun == 2)
    #expect(try copies([["\\xE4\\xBD \\xA0"]], from: ["你\n"]).longestRun == 1)
    #expect(try copies([["\\xE4 a"]], from: ["ä a\n"]).longestRun == 1)
    // To `String`, U+F9DC and U+9686 are the same.
    #expect(try copies([["\u{F9DC}"]], from: ["\u{9686}\n"]).longestRun == 0)
    // A space before a sentence is not part of it.
    #expect(try copies([["▁He ▁said"]], from: ["He ▁said\n"]).copiedSentences == 1)
    #expect(try copies([["▁"]], from: ["a\n"]).copiedSentences == 0)
  }

  @Test("Several texts are looked for in one go")
  func several() throws {
    var searches: [CopySearch] = []
    for line in ["a b c", "x y"] {
      var search = CopySearch()
      try withBytes(of: line) { try search.append($0) }
      search.endDocument()
      searches.append(search)
    }
    try withInput(Array("b c x\n".utf8), arrival: .pipe) {
      try CopySearch.search($0, for: &searches)
    }
    #expect(searches.map { $0.findings().longestRun } == [2, 1])
  }

  @Test("Copies agree with a search of every place", arguments: 1...60)
  func reference(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    // From one letter to many, so that everything repeats or hardly anything does.
    let letters = Array("aaaaabcd▁甲乙").prefix(1 + Int(seed % 11))
    func line() -> String {
      (0..<Int.random(in: 0...9, using: &generator)).map { _ in
        (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          String(letters.randomElement(using: &generator) ?? "a")
        }.joined()
      }.joined(separator: " ")
    }
    func document() -> [String] {
      (0..<Int.random(in: 1...10, using: &generator)).map { _ in line() }
    }
    let documents = (0..<Int.random(in: 1...3, using: &generator)).map { _ in document() }
    let training = (0..<Int.random(in: 1...3, using: &generator)).map { number in
      // What was copied, in some of them.
      let copied = Bool.random(using: &generator) ? documents[0].suffix(2) : []
      return (document() + copied + document()).map { "\($0)\n" }.joined()
    }
    let (found, wanted) = (
      try copies(documents, from: training), ReferenceCopies(documents, from: training)
    )
    #expect(found.longestRun == wanted.longestRun)
    #expect(
      found.copiedSentences == wanted.copiedSentences
        || found.copiedSentences.isNaN && wanted.copiedSentences.isNaN)
  }

  @Test("A text of one character or of two by turns is no trouble", arguments: ["说", "说 听"])
  func repeating(unit: String) throws {
    let characters = unit.split(separator: " ").count
    func line(_ count: Int) -> String {
      Array(repeating: unit, count: count).joined(separator: " ")
    }
    let lines = Array(repeating: unit, count: 3000)
    let found = try copies([lines], from: ["\(line(4000))\n"])
    #expect(found == .init(copiedSentences: 1, longestRun: 3000 * characters))
    let longer = try copies([[line(4000)]], from: ["\(line(3000))\n"])
    #expect(longer == .init(copiedSentences: 0, longestRun: 3000 * characters))
  }

  @Test("What is wrong is refused with its place")
  func malformed() throws {
    let error = #expect(throws: StreamError.self) { try copies([["a"]], from: ["a\nb \\q\n"]) }
    #expect(error?.line == 2 && error?.column == 3)
    #expect(throws: TokenError(offset: 2, reason: LineTokens.emptyTokenReason)) {
      try copies([["a  b"]], from: [])
    }
  }
}
