import Testing

/// `vocab merge`, `vocab coverage`, `vocab export` and `vocab import` in pipes.
@Suite struct VocabularyToolTests {
  @Test func partsMakeTheVocabularyOfTheWhole() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        head -n 31 $STORY/story.tok > a
        tail -n +32 $STORY/story.tok > b
        for part in a b; do vocab -o $part.vocab $part; done
        for limits in '' '--min-count 3' '--max-size 600' '--character-coverage 0.95'; do
          vocab $limits a b > whole
          vocab merge $limits a.vocab b.vocab | cmp - whole
          vocab merge $limits -S 1b - a.vocab < b.vocab | cmp - whole
        done
        vocab merge < a.vocab | cmp - a.vocab
        """, environment: story.environment)
      let outcome = try place.succeed("vocab merge --max-size 300 a.vocab b.vocab > small")
      #expect(
        outcome.diagnostics.hasSuffix(
          "kept 300 rows: 39 characters, 0 words and the reserved ones\n"))
      #expect(outcome.diagnostics.contains("rows of 2 vocabularies"))
    }
  }

  @Test func theTableIsThatOfTheEncoder() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let table = try place.succeed(
        "vocab coverage -v $STORY/story.vocab $STORY/story.tok $STORY/prompts.tok",
        environment: story.environment)
      let rows = table.lines.map { $0.split(separator: "\t").map(String.init) }
      #expect(rows.count == 4 && rows.allSatisfy { $0.count == 12 })
      #expect(rows[0][1] == "tokens" && rows[0][8] == "ids")
      #expect(rows[1][0].hasSuffix("story.tok") && rows[2][0].hasSuffix("prompts.tok"))
      #expect(rows[3][0] == "total")
      for column in [1, 3, 6, 7, 8, 10] {
        let numbers = rows[1...].compactMap { Int($0[column]) }
        #expect(numbers.count == 3 && numbers[0] + numbers[1] == numbers[2])
      }
      let spelled = try place.succeed(
        "vocab coverage -v $STORY/story.vocab --spelled 4 $STORY/story.tok",
        environment: story.environment)
      #expect(spelled.lines.count == 5 && spelled.lines[0] == "token\tcount\tids\tspelling")
      for line in spelled.lines.dropFirst() {
        let fields = line.split(separator: "\t")
        #expect(fields[3].split(separator: " ").joined() == fields[0])
        #expect(fields[1] == "1", "more frequent ones have an id")
      }
    }
  }

  @Test func theSizesAreThoseOfVocabularies() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let table = try place.succeed(
        "vocab coverage --by-size -S 1b $STORY/story.tok", environment: story.environment)
      #expect(table.lines[0] == "max_size\tcovered_tokens\tcoverage")
      let last = try #require(table.lines.last).split(separator: "\t")
      try place.succeed("vocab $STORY/story.tok > v", environment: story.environment)
      #expect(Int(last[0]) == splitLines(place.text(of: "v")).count)
      #expect(last[2] == "1.0000")
      let row = table.lines[1].split(separator: "\t")
      let outcome = try place.succeed(
        "vocab --max-size \(row[0]) $STORY/story.tok > v", environment: story.environment)
      let share = (Double(row[2]) ?? 0) * 100
      #expect(outcome.diagnostics.contains("they cover \(Int(share))"))
    }
  }

  @Test(arguments: ["sentencepiece", "marian", "marian-list", "fairseq"])
  func whatGoesOutComesBack(format: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        vocab export --format \(format) -o foreign $STORY/story.vocab
        vocab import --format \(format) foreign > back
        cut -f 1 back | cmp - <(cut -f 1 $STORY/story.vocab)
        vocab export --format \(format) back | vocab import --format \(format) | cmp - back
        vocab encode -v back $STORY/story.tok | vocab decode | detok | cmp - $STORY/story.txt
        """, environment: story.environment)
      if format == "fairseq" {
        try place.succeed(
          "tail -n +5 back | cmp - <(tail -n +5 $STORY/story.vocab)", environment: story.environment
        )
      }
    }
  }

  @Test(arguments: [
    ("vocab export story.vocab", "--format"), ("vocab import dict.txt", "--format"),
    ("vocab import --format csv a", "'marian-list' or 'fairseq'"),
    ("vocab export --format marian a b", "one vocabulary at a time"),
    ("vocab import --format marian a b", "one file at a time"),
    ("vocab coverage a", "--by-size"), ("vocab coverage --by-size -v a b", "leave out -v"),
    ("vocab coverage -v a --spelled 0 b", "--spelled"), ("vocab coverage -v - -", "standard input"),
    ("vocab -S 12x a", "12x"), ("vocab merge --min-count 0 a", "--min-count"),
  ])
  func aWrongCommandIsAMistakeOfUsage(command: String, part: String) throws {
    try withWorkplace { place in try place.run(command).expectFailure(64, "vocab", saying: part) }
  }

  @Test(.enabled(if: Tools.have("python3"), "needs python3"))
  func pythonReadsWhatIsExported() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        #"""
        vocab export --format fairseq $STORY/story.vocab > dict.txt
        vocab export --format marian $STORY/story.vocab > vocab.yml
        vocab export --format sentencepiece $STORY/story.vocab > pieces.vocab
        cat > check.py <<'E'
        import json, math, sys

        rows = [line.split("\t") for line in open(sys.argv[1]).read().splitlines()]
        total = sum(int(count) for _, count in rows[261:])
        fairseq = [line.rstrip().rsplit(" ", 1) for line in open("dict.txt")]
        assert fairseq == rows[4:]
        ids = {}
        for line in open("vocab.yml"):
            key, number = line.rsplit(": ", 1)
            ids[json.loads(key) if key[0] == '"' else key] = int(number)
        order = [rows[3], rows[1]] + rows[4:]
        assert ids == {token: number for number, (token, _) in enumerate(order)}
        pieces = [line.rstrip("\n").split("\t") for line in open("pieces.vocab")]
        assert [piece for piece, _ in pieces] == [token for token, _ in rows]
        for (_, score), (_, count) in zip(pieces[261:], rows[261:]):
            assert abs(float(score) - math.log((int(count) or 0.5) / total)) < 1e-4
        E
        python3 check.py $STORY/story.vocab
        """#, environment: story.environment)
    }
  }
}
