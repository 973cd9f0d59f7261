import TestSupport
import Testing

/// What `score` says token by token, and of a text without a model.
@Suite struct ScoreTests {
  private static let score = "score -m $STORY/story.safetensors"

  /// The fields of rows after the first.
  private func fields(_ outcome: Outcome) -> [[String]] {
    outcome.lines.dropFirst().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func theTokensOfALineAddUpToTheLine() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let tokens = try place.succeed(
        "\(Self.score) --per-token $STORY/story.tok", environment: story.environment)
      #expect(tokens.lines.first == "line\tplace\ttoken\tnats")
      let lines = try place.succeed(
        "\(Self.score) --per-line $STORY/story.tok", environment: story.environment)
      var sums: [Int: (count: Int, nats: Double, text: String)] = [:]
      for row in fields(tokens) {
        try #require(row.count == 4)
        let line = try #require(Int(row[0]))
        var sum = sums[line] ?? (0, 0, "")
        sum.count += 1
        sum.nats += try #require(Double(row[3]))
        #expect(!row[3].hasPrefix("-"))
        if row[2] != "</s>" && row[2] != "<p>" { sum.text += row[2] }
        #expect(row[1] == "\(sum.count)", "places count from 1")
        sums[line] = sum
      }
      let texts = splitLines(Files.text(of: "\(story.path)/story.tok"))
      for (number, row) in fields(lines).enumerated() {
        let sum = sums[number + 1] ?? (0, 0, "")
        #expect(row[0] == "\(sum.count)", "line \(number + 1)")
        #expect(abs(sum.nats - (try #require(Double(row[2])))) < 1e-4, "line \(number + 1)")
        guard sum.count > 0, !sum.text.contains("<0x") else { continue }
        #expect(sum.text == texts[number].replacing(" ", with: ""))
      }
    }
  }

  @Test func theEndOfAParagraphIsARowAndATokenMayBeSeveral() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("却 说\n却说却 🐉\n\n却 说\n", to: "text")
      let rows = fields(
        try place.succeed(
          "\(Self.score) --per-token text", environment: story.environment))
      #expect(
        rows.map { Array($0[..<3]) } == [
          ["2", "1", "却"], ["2", "2", "说"], ["2", "3", "却"], ["2", "4", "<0xF0>"],
          ["2", "5", "<0x9F>"], ["2", "6", "<0x90>"], ["2", "7", "<0x89>"], ["2", "8", "<p>"],
          ["2", "9", "</s>"], ["4", "1", "却"], ["4", "2", "说"], ["4", "3", "</s>"],
        ])
      let pair = fields(
        try place.succeed(
          "printf '却\\t说\\n' | \(Self.score) --pairs --per-token",
          environment: story.environment))
      #expect(pair.map { Array($0[..<3]) } == [["1", "1", "说"], ["1", "2", "</s>"]])
    }
  }

  @Test func figuresOfATextNeedNoModel() throws {
    try withWorkplace { place in
      place.write("a b a b\n\na b\n", to: "text")
      place.write("b a\n\nc\na b a\n", to: "training")
      #expect(
        try place.succeed("score --training training text").lines == [
          "distinct_1\t0.333333", "distinct_2\t0.500000", "distinct_3\t1.000000",
          "seq_rep_4\t0.333333", "sentence_characters\t3.0000", "copied_sentences\t0.500000",
          "longest_copied_run\t3",
        ])
      // Every file is a passage of its own.
      let two = try place.succeed("printf 'a a a a a\\n' > a; score text a").lines
      #expect(two[3] == "seq_rep_4\t\(0.416667)")
      // Of pairs it is the targets, each a passage.
      let pairs = try place.succeed("printf 'x\\ta a a a a\\nx\\ta b c d\\n' | score --pairs").lines
      #expect(pairs[3] == "seq_rep_4\t0.250000")
      #expect(pairs[4] == "sentence_characters\t4.5000")
      #expect(try place.succeed("echo a | score").lines[2] == "distinct_3\tnan")
    }
  }

  @Test func aReferenceStandsBesideTheText() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        head -n 30 $STORY/story.tok > text
        tail -n 30 $STORY/story.tok > reference
        cp $STORY/story.safetensors model
        for options in "" "-m model"; do
          score $options --training $STORY/story.tok --reference reference text > both
          head -n 1 both | cmp - <(printf 'name\\tvalue\\treference\\n')
          tail -n +2 both | cut -f 1,2 | cmp - <(score $options --training $STORY/story.tok text)
          tail -n +2 both | cut -f 1,3 |
            cmp - <(score $options --training <(cat $STORY/story.tok) reference)
        done
        grep -qx $'copied_sentences\\t1.000000\\t1.000000' both
        """, environment: story.environment)
      // A training text may come from a pipe, and be in several files.
      try place.succeed(
        """
        head -n 20 text > a; tail -n +21 text > b
        score --training - --reference reference text < text > once
        score --training a --training b --reference reference text > twice
        cmp <(grep -v longest once) <(grep -v longest twice)
        ! cmp -s once twice
        """)
    }
  }

  @Test func optionsThatDoNotGoTogetherAreAMistakeOfUsage() throws {
    let story = try Story.made()
    try withWorkplace { place in
      for (options, part) in [
        ("--per-line", "--per-line needs a model"), ("--per-token", "--per-token needs a model"),
        ("--int8", "--int8 needs a model"), ("--rerank --source x", "--rerank needs a model"),
        ("--per-line --per-token -m x", "exclude one another"),
        ("--per-line --training x -m x", "--training goes with the figures"),
        ("--per-token --reference x -m x", "--reference goes with the figures"),
        ("--rerank --source y --reference x -m x", "--reference goes with the figures"),
        ("--rerank --source y --pairs -m x", "leave out --pairs"),
        ("--rerank -m x", "--source"), ("--source x -m x", "--rerank"),
        ("--length-penalty 1 -m x", "--rerank"),
        ("--rerank --source y --length-penalty -1 -m x", "--length-penalty"),
        ("--rerank --source y --length-penalty nan -m x", "--length-penalty"),
        ("--rerank --source - -m x", "cannot both be standard input"),
        ("--training -", "the text and --training cannot both be standard input"),
        ("--reference - --training - x", "cannot both be standard input"),
        ("--training - --training - x", "only one --training"),
        ("--weights 1", "1 number for 0 models"), ("-m x --weights 1,2", "2 numbers for 1 model"),
        ("-m x -m y --weights 0,0", "--weights"), ("-m x -m y --weights 1,a", "--weights"),
        ("-m x -m y --weights=-1,2", "--weights"),
      ] {
        try place.run("score \(options)").expectFailure(64, "score", saying: part)
      }
      for option in ["--reference", "--training"] {
        try place.run("echo a | score \(option) missing")
          .expectFailure(66, "score", saying: "missing: no such file")
        try place.run("echo a | score \(option) $STORY/story.ids", environment: story.environment)
          .expectFailure(65, "score", saying: "story.ids: this is an id stream", "vocab decode")
      }
      place.write("却 说\n", to: "one")
      try place.run(
        "\(Self.score) --reference one $STORY/story.tok", environment: story.environment
      ).expectFailure(65, "score", saying: "one: no two sentences follow one another")
    }
  }
}
