import TestSupport
import Testing

/// Whether the tokenizer keeps the words of a dictionary whole.
private let readsDictionaries: Bool = {
  let place = try? Workplace()
  defer { place?.remove() }
  return place.flatMap { try? ToolOptions.of("tokenize", in: $0).all.contains("--dictionary") }
    ?? false
}()

/// Names that a text's tokens tear apart, from the text to a dictionary.
@Suite struct PhraseToolTests {
  @Test func theNamesOfTheStoryAreFound() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        "vocab phrases $STORY/story.tok", environment: story.environment)
      let rows = outcome.lines.map { $0.split(separator: "\t").map(String.init) }
      #expect(rows.allSatisfy { $0.count == 2 && Int($0[1]) ?? 0 > 0 })
      let names = rows.map { $0[0] }
      for name in ["沈青", "阿菱", "柳三更", "白沙渡"] { #expect(names.contains(name)) }
      for part in ["柳三", "三更", "沙渡", "沈青道", "柳三更道"] { #expect(!names.contains(part)) }
      let weights = rows.compactMap { Int($0[1]) }
      #expect(weights == weights.sorted(by: >))
      #expect(outcome.diagnosticLines.last?.contains("\(names.count) phrases found") == true)
    }
  }

  @Test func measuresAreMoreColumnsOfTheSamePhrases() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        vocab phrases $STORY/story.tok > phrases
        vocab phrases --measures $STORY/story.tok > measures
        tail -n +2 measures | cut -f 1,2 | cmp - phrases
        vocab phrases --max-size 3 $STORY/story.tok > three
        head -n 3 phrases | cmp - three
        vocab phrases --max-length 2 $STORY/story.tok | cut -f 1 > short
        if grep -q 柳三更 short; then exit 1; fi
        """, environment: story.environment)
      let rows = splitLines(place.text(of: "measures")).map { $0.split(separator: "\t") }
      #expect(rows.first?.first == "#phrase")
      #expect(rows.allSatisfy { $0.count == 9 })
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func theNamesOfANovelAreFound() throws {
    try withWorkplace { place in
      let novel = "\(SharedData.root)/novels/hongloumeng.txt"
      let outcome = try place.succeed(
        "head -n 400 '\(novel)' | tokenize | vocab phrases --min-count 4 | cut -f 1")
      let found = outcome.lines
      for name in ["士隐", "凤姐", "贾母", "王夫人", "宝钗", "贾政", "薛蟠"] {
        #expect(found.prefix(40).contains(name), "\(name)")
      }
    }
  }

  @Test(.enabled(if: readsDictionaries, "needs tokenize --dictionary"))
  func aTextCutWithItsPhrasesHasThemWhole() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        vocab phrases $STORY/story.tok > names
        tokenize --dictionary names $STORY/story.txt > again.tok
        detok again.tok | cmp - $STORY/story.txt
        vocab phrases --measures $STORY/story.tok > measures
        tokenize --dictionary measures $STORY/story.txt | cmp - again.tok
        vocab phrases again.tok > more
        """, environment: story.environment)
      let tokens = place.text(of: "again.tok").split(whereSeparator: \.isWhitespace)
      func phrases(_ file: String) -> Set<Substring> {
        Set(splitLines(place.text(of: file)).map { $0.prefix { $0 != "\t" } })
      }
      let names = phrases("names")
      #expect(names.count > 5)
      for name in names { #expect(tokens.contains(name), "\(name)") }
      #expect(phrases("more").isDisjoint(with: names))
    }
  }
}
