import Testing

/// Vocabularies of pieces, from token lines to a model and back.
@Suite struct PieceTests {
  @Test func aModelOfPiecesReadsAndWritesText() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        vocab bpe --size 1400 -o v $STORY/story.tok
        test $(awk -F '\\t' 'NF == 3' v | wc -l) -gt 100
        vocab encode -v v -o ids $STORY/story.tok
        vocab decode ids > pieces
        if cmp -s pieces $STORY/story.tok; then exit 1; fi
        detok pieces | cmp - $STORY/story.txt
        vocab encode -v v pieces | cmp - ids
        vocab decode --vocabulary ids | cmp - v
        train --updates 3 --seed 1 \(Story.small) -o model ids
        score --per-line -m model $STORY/story.tok > whole
        score --per-line -m model pieces | cmp - whole
        generate -m model --seed 1 --sentences 2 $STORY/prompts.tok | detok > text
        test -s text
        """, environment: story.environment)
    }
  }

  @Test func theOrderOfTheFilesDoesNotMatter() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        vocab bpe --size 1400 -o v $STORY/story.tok $STORY/prompts.tok
        vocab bpe --size 1400 $STORY/prompts.tok $STORY/story.tok | cmp - v
        vocab bpe --size 1400 -S 2M $STORY/prompts.tok - < $STORY/story.tok | cmp - v
        """, environment: story.environment)
    }
  }

  @Test func whatThereIsNoRoomForIsSaid() throws {
    try withWorkplace { place in
      place.write("ab ab ab cd\n", to: "tok")
      for (options, saying) in [
        ("--size 266", "kept 4 characters and 1 merge, 1.250 ids per token\n"),
        ("--size 264", "no room for merges beside 4 characters; raise --size"),
        ("", "266 rows, as no other pair occurs often enough"), ("--min-frequency 4", "265 rows"),
      ] {
        let outcome = try place.succeed("vocab bpe \(options) -o v tok")
        #expect(outcome.diagnostics.contains(saying), "\(outcome.diagnostics)")
      }
    }
  }

  @Test func aVocabularyWithoutOneOfItsMergesIsRefused() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        vocab bpe --size 1400 -o v $STORY/story.tok
        awk -F '\\t' '$3 != 7' v > hole
        """, environment: story.environment)
      let row = splitLines(place.text(of: "hole")).firstIndex { $0.hasSuffix("\t8") } ?? 0
      let outcome = try place.run(
        "vocab encode -v hole -o ids $STORY/story.tok", environment: story.environment)
      outcome.expectFailure(65, "vocab", saying: "hole:\(row + 1): rank 8, but no row has rank 7")
      try place.run("vocab merge v v").expectFailure(
        65, "vocab", saying: "v: its merges", "vocab bpe")
    }
  }

  @Test(arguments: [
    ("bpe --size 260", "--size takes a number from 261 on"),
    ("bpe --min-frequency 0", "--min-frequency takes a number from 1 on"),
    ("bpe --character-coverage 0", "--character-coverage takes a share"),
    ("phrases --min-count 1", "--min-count takes a number from 2 on"),
    ("phrases --threshold 1.5", "--threshold takes a number from -1 to 1"),
    ("phrases --min-entropy=-1", "--min-entropy takes a number of bits"),
    ("phrases --min-entropy nan", "--min-entropy takes a number of bits"),
    ("phrases --max-length 1", "--max-length takes a number from 2 to 32"),
    ("phrases --max-size 0", "--max-size takes a number from 1 on"),
  ])
  func aWrongValueIsAMistakeOfUsage(arguments: String, reason: String) throws {
    try withWorkplace { place in
      try place.run("vocab \(arguments) < /dev/null").expectFailure(64, "vocab", saying: reason)
    }
  }
}
