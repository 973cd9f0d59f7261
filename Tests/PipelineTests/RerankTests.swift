import Testing

/// An n-best list in the order of a model.
@Suite struct RerankTests {
  private static let rerank = "score --rerank -m $STORY/story.safetensors"
  private static let list = """
    2\t-1.5\t说
    2\t-3\t却 说 沈青 道 ： “
    2\t0\t沈青 道
    2\t-4\t说
    1\t1e2\t🐉

    """

  @Test func theAnswersToAPromptAreInOrderOfProbability() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(Self.list, to: "list")
      place.write("沈青 听 了\n却 说\n\n", to: "prompts")
      let rows = try place.succeed(
        "\(Self.rerank) --source prompts list", environment: story.environment
      ).lines.map { $0.split(separator: "\t").map(String.init) }
      #expect(rows.map(\.first) == ["2", "2", "2", "2", "1"])
      #expect(
        rows.dropLast().map { $0[2] }.sorted() == ["却 说 沈青 道 ： “", "沈青 道", "说", "说"].sorted())
      let scores = rows.dropLast().compactMap { Double($0[1]) }
      #expect(scores.count == 4 && scores == scores.sorted(by: >))
      // Each is what the pair of prompt and answer has, and the end of the sentence counts.
      for row in rows {
        let prompt = row[0] == "1" ? "沈青 听 了" : "却 说"
        let pair = try place.succeed(
          """
          printf '%s\\t%s\\n' '\(prompt)' '\(row[2])' |
            score --pairs --per-line -m $STORY/story.safetensors | tail -n 1
          """, environment: story.environment)
        let nats = try #require(pair.lines.last?.split(separator: "\t").last.flatMap { Double($0) })
        #expect(abs(nats + (try #require(Double(row[1])))) < 1e-4)
      }
      // What was put in order once stays as it is, and may come from a pipe.
      try place.succeed(
        """
        \(Self.rerank) --source prompts list > once
        cat once | \(Self.rerank) --source prompts | cmp - once
        cat prompts | \(Self.rerank) --source - list | cmp - once
        """, environment: story.environment)
    }
  }

  @Test func aPenaltyOfLengthPutsLongAnswersForward() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(Self.list, to: "list")
      place.write("沈青 听 了\n却 说\n", to: "prompts")
      func rows(_ penalty: String) throws -> [[String]] {
        try place.succeed(
          "\(Self.rerank) --source prompts --length-penalty \(penalty) list",
          environment: story.environment
        ).lines.map { $0.split(separator: "\t").map(String.init) }
      }
      // How many tokens each has: pieces, and the end of the sentence.
      let counts = try place.succeed(
        """
        printf '却 说\\t%s\\n' '却 说 沈青 道 ： “' '沈青 道' 说 |
          score --pairs --per-line -m $STORY/story.safetensors | tail -n 3 | cut -f 1
        """, environment: story.environment
      ).lines.compactMap { Double($0) }
      try #require(counts.count == 3 && counts[2] == 2)
      let (plain, divided) = (try rows("0"), try rows("1"))
      for (text, count) in zip(["却 说 沈青 道 ： “", "沈青 道", "说"], counts) {
        func score(_ rows: [[String]]) -> Double {
          rows.first { $0[2] == text }.flatMap { Double($0[1]) } ?? .nan
        }
        #expect(abs(score(divided) - score(plain) / ((5 + count) / 6)) < 1e-4)
      }
      #expect(plain[3][2] == "却 说 沈青 道 ： “")
      #expect(try rows("20")[0][2] == "却 说 沈青 道 ： “")
    }
  }

  @Test func aModelOfPairsRanksAnswers() throws {
    try withWorkplace { place in
      place.write("a b\tc\nb a\td d\na\tc\nb\td d\n", to: "pairs")
      try place.succeed(
        """
        cut -f 1 pairs | vocab > source.vocab
        cut -f 2 pairs | vocab > target.vocab
        train --pairs -v target.vocab --source-vocab source.vocab --updates 400 --seed 1 \
          \(Story.small) --valid-fraction 0 -o model pairs
        printf 'a b\\nb\\n' > prompts
        printf '1\\t0\\td d\\n1\\t0\\tc\\n2\\t0\\tc\\n2\\t0\\td d\\n' > list
        score --rerank -m model --source prompts list | cut -f 1,3 > order
        printf '1\\tc\\n1\\td d\\n2\\td d\\n2\\tc\\n' | cmp - order
        """)
    }
  }

  @Test func whatIsNoListIsRefusedWithItsPlace() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("却 说\n\n却\n", to: "prompts")
      for (list, position, reason) in [
        ("却 说\n", "1:1", "1 column; a row of an n-best list has three"),
        ("1\t0\t却\n1\t0\n", "2:1", "2 columns"), ("1\t0\t却\t说\n", "1:9", "4 columns"),
        ("4\t0\t却\n", "1:1", "prompt 4 of 3",), ("0\t0\t却\n", "1:1", "number of a prompt"),
        ("2\t0\t却\n", "1:1", "prompt 2 is empty"), ("1\tx\t却\n", "1:3", "score"),
        ("1\t0\t\n", "1:5", "tokens"), ("1\t0\t却  说\n", "1:9", "empty token"),
        ("1\t0\t却 <s>\n", "1:9", "reserved"), ("\n", "1:1", "empty line"),
        ("1\t0\t却\n3\t0\t却\n1\t0\t却\n", "3:1", "prompt 1 again"),
      ] {
        place.write(list, to: "list")
        let outcome = try place.run(
          "\(Self.rerank) --source prompts -o out list", environment: story.environment)
        outcome.expectFailure(65, "score", saying: "list:\(position): ", reason)
        #expect(!place.exists("out"))
      }
      for (list, source, status, parts) in [
        ("missing", "prompts", 66, "missing: no such file"),
        ("prompts", "missing", 66, "missing: no such file"),
        ("$STORY/story.ids", "prompts", 65, "story.ids: this is an id stream"),
        ("$STORY/story.safetensors", "prompts", 65, "story.safetensors: this is a model"),
        ("prompts", "$STORY/story.ids", 65, "story.ids: this is an id stream"),
      ] as [(String, String, Int32, String)] {
        try place.run(
          "\(Self.rerank) --source \(source) \(list)", environment: story.environment
        ).expectFailure(status, "score", saying: parts)
      }
    }
  }
}
