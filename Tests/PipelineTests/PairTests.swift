import Testing

/// Pairs of sentences: from two columns to a model, and back.
@Suite struct PairTests {
  /// A dozen questions and answers; what stands in a column is more than one sentence to ICU.
  private static let pairs = (0..<12).map { number in
    "第\(number)问？ 是\(number)吗？\t是\(number)。 right!"
  }
  private static let text = pairs.map { $0 + "\n" }.joined()
  private static let small = "--updates 30 --seed 1 --dim-emb 16 --dim-rnn 32"

  /// Makes `pairs.tsv`, `pairs.tok` and the vocabularies of both columns and of each.
  private func prepare(_ place: Workplace) throws {
    place.write(Self.text, to: "pairs.tsv")
    try place.succeed(
      """
      tokenize --pairs pairs.tsv > pairs.tok
      tr '\\t' '\\n' < pairs.tok | vocab > both.vocab
      cut -f 1 pairs.tok | vocab > source.vocab
      cut -f 2 pairs.tok | vocab > target.vocab
      """)
  }

  @Test func pairsComeBackByteForByte() throws {
    try withWorkplace { place in
      try prepare(place)
      let lines = splitLines(place.text(of: "pairs.tok"))
      #expect(lines.count == 12)
      #expect(lines.allSatisfy { $0.split(separator: "\t").count == 2 })
      try place.succeed("detok --lines pairs.tok | cmp - pairs.tsv")
      place.write("a b \t\u{3000}<p>\\t\r\n\\\t\u{2581}  \n\u{FEFF}\t好。好！\n", to: "hostile.tsv")
      for options in ["", "-u character", "-j 1"] {
        try place.succeed(
          "tokenize --pairs \(options) hostile.tsv | detok --lines | cmp - hostile.tsv")
      }
    }
  }

  @Test func brokenPairsAreRefusedWithTheirPlace() throws {
    try withWorkplace { place in
      try prepare(place)
      for (text, position, reason) in [
        ("a\tb\nc\n", "2:1", "a pair has two"), ("a\tb\tc\n", "1:4", "cut -f 1,2"),
        ("a\t\n", "1:3", "target is empty"), ("\tb\n", "1:1", "source is empty"),
        ("a\tb\n\n", "2:1", "empty line"),
      ] {
        place.write(text, to: "bad")
        for (tool, command) in [
          ("tokenize", "tokenize --pairs"), ("train", "train --pairs -v both.vocab"),
        ] {
          try place.run("\(command) -o out bad")
            .expectFailure(65, tool, saying: "bad:\(position): ", reason)
          #expect(!place.exists("out"))
        }
      }
      place.write("第 吗\t是  right\n", to: "bad")
      try place.run("train --pairs -v both.vocab bad")
        .expectFailure(65, "train", saying: "bad:1:13: empty token")
    }
  }

  @Test(arguments: ["-v both.vocab", "--vocab target.vocab --source-vocab source.vocab"])
  func aModelOfPairs(vocabularies: String) throws {
    try withWorkplace { place in
      try prepare(place)
      let trained = try place.succeed(
        "train --pairs \(vocabularies) \(Self.small) --valid-fraction 0.25 -o model pairs.tok")
      #expect(trained.diagnostics.contains("pairs.tok: 12 pairs, "))
      #expect(trained.diagnostics.contains(" 0 tokens spelled (0.00 %)"))
      #expect(trained.diagnostics.contains("train: 9 pairs, "))
      #expect(trained.diagnostics.contains("held out: 3 pairs, "))
      // A pipe is as good as a file.
      try place.succeed(
        """
        cat pairs.tok | train --pairs \(vocabularies) \(Self.small) --valid-fraction 0.25 -o again
        cmp model again
        """)

      let answers = try place.succeed(
        """
        { cut -f 1 pairs.tok; echo; echo 问; } |
          generate -m model --seed 1 --temperature 0 2> said | tee answers.tok | detok --lines
        """)
      #expect(answers.lines.count == 14)
      #expect(answers.lines.map(\.isEmpty) == Array(repeating: false, count: 12) + [true, false])
      // Only the answer counts as written: what stands in its source may come, once.
      let unlike = try place.succeed(
        """
        { cut -f 1 pairs.tok; echo '是 。 ▁right !'; } |
          generate -m model --temperature 0 --no-repeat-ngram-size 1
        """)
      let tokens = unlike.lines.map { $0.split(separator: " ") }
      #expect(tokens.count == 13)
      for answer in tokens { #expect(Set(answer).count == answer.count, "\(answer)") }
      #expect(tokens.last.map { !Set($0).isDisjoint(with: ["是", "。", "▁right", "!"]) } == true)
      try place.run("generate -m model --sentences 2 pairs.tok")
        .expectFailure(64, "generate", saying: "trained on pairs", "leave out --sentences")

      let score = try place.succeed("score -m model --pairs pairs.tok")
      #expect(score.lines.first == "sentences\t12")
      let rows = try place.succeed("score -m model --pairs --per-line pairs.tok").lines
      #expect(rows.count == 13 && !rows.contains { $0.hasPrefix("0\t") })
      // The characters of “是11。 right!”.
      #expect(rows.last?.split(separator: "\t").dropFirst().first == "11")
      try place.run("score -m model pairs.tok")
        .expectFailure(64, "score", saying: "model was trained on pairs", "--pairs")
      try place.run("score -m model --pairs /dev/null")
        .expectFailure(65, "score", saying: "no pairs")
    }
  }

  @Test(arguments: [
    ("却 说 道\t是\n是\t却 说 道\n却 说 道\t却 说 道\n", "2 sources and 2 targets cut to 2 tokens"),
    ("却 说 道\t是\n", "1 source cut to 2 tokens"), ("却\t说 道 是\n", "1 target cut to 2 tokens"),
  ])
  func whatIsCutIsCounted(pairs: String, message: String) throws {
    try withWorkplace { place in
      place.write(pairs, to: "pairs.tok")
      let outcome = try place.succeed(
        """
        tr '\\t' '\\n' < pairs.tok | vocab -o v 2> /dev/null
        train --pairs -v v \(Self.small) --valid-fraction 0 --max-length 2 -o model pairs.tok
        """)
      #expect(outcome.diagnosticLines.contains { $0.hasSuffix(" target tokens, \(message)") })
    }
  }

  @Test func theHeldOutPairsMayBeAFileOfTheirOwn() throws {
    try withWorkplace { place in
      try prepare(place)
      let outcome = try place.succeed(
        """
        head -n 4 pairs.tok > valid.tok
        train --pairs -v both.vocab \(Self.small) --valid valid.tok -o model pairs.tok
        """)
      #expect(outcome.diagnostics.contains("train: 12 pairs, "))
      #expect(outcome.diagnostics.contains("held out: 4 pairs, "))
      try place.run("train --pairs -v both.vocab --valid /dev/null pairs.tok 2>&1 | tail -n 1 >&2")
        .expectFailure(65, "train", saying: "/dev/null: no pairs")
      try place.run("train --pairs -v both.vocab /dev/null 2>&1 | tail -n 1 >&2")
        .expectFailure(65, "train", saying: "nothing to learn from")
    }
  }

  @Test func aModelOfRunningTextScoresPairsToo() throws {
    let story = try Story.made()
    try withWorkplace { place in
      // The second sentence after the first, whether it is a pair or stands behind it.
      let rows = try place.succeed(
        """
        printf '却 说\\t沈青 道\\n' |
          score --per-line --pairs -m $STORY/story.safetensors | tail -n 1
        printf '却 说\\n沈青 道\\n' | score --per-line -m $STORY/story.safetensors | tail -n 1
        """, environment: story.environment
      ).lines
      #expect(rows.count == 2 && rows[0] == rows[1] && !rows[0].hasPrefix("0\t"))
    }
  }

  @Test func optionsThatDoNotGoTogetherAreAMistakeOfUsage() throws {
    try withWorkplace { place in
      for (options, part) in [
        ("--pairs x", "-v"), ("-v x x", "--pairs"), ("--source-vocab x x", "--pairs"),
        ("--pairs -v x --context-sentences 2 x", "--context-sentences"),
        ("--context-sentences 0 x", "--context-sentences"), ("--pairs -v -", "standard input"),
        ("--benchmark --pairs -v x", "--pairs"), ("--init-embeddings -", "standard input"),
      ] {
        try place.run("train \(options)").expectFailure(64, "train", saying: part)
      }
    }
  }
}
