import TestSupport
import Testing

/// Documents stay apart in an id stream, and streams are joined.
@Suite struct DocumentTests {
  @Test func joinedStreamsAreTheStreamOfAllDocuments() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        v=$STORY/story.vocab
        head -n 40 $STORY/story.tok > a
        tail -n +41 $STORY/story.tok > b
        : > c
        for file in a b c; do vocab encode -v $v -o $file.ids $file; done
        vocab encode -v $v -o all.ids a b c
        vocab cat a.ids b.ids c.ids | cmp - all.ids
        vocab cat -o ab.ids a.ids b.ids
        vocab cat ab.ids - < c.ids | cmp - all.ids
        vocab decode a.ids b.ids c.ids > lines
        vocab decode all.ids | cmp - lines
        """, environment: story.environment)
    }
  }

  @Test func streamsOfOtherVocabulariesAreRefused() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        vocab $STORY/story.tok > v
        vocab encode -v v $STORY/story.tok > b.ids
        cp $STORY/story.ids a.ids
        """, environment: story.environment)
      let outcome = try place.run("vocab cat -o out a.ids b.ids")
      outcome.expectFailure(65, "vocab", saying: "a.ids", "b.ids", "vocabulary")
      #expect(!place.exists("out"))
      let valid = try place.run("train \(Story.small) --valid b.ids -o out a.ids")
      valid.expectFailure(65, "train", saying: "a.ids", "b.ids", "vocabular")
      #expect(!place.exists("out"))
    }
  }

  @Test func noPairCrossesDocuments() throws {
    try withWorkplace { place in
      place.write("a\nb\n\nc\n", to: "three")
      place.write("d\n\ne\n", to: "two")
      place.write("f\n", to: "one")
      try place.succeed("vocab -o v three two one")
      for (files, pairs) in [
        ("three", 2), ("three two", 3), ("three one two", 3), ("three three", 4), ("two one", 1),
      ] {
        let outcome = try place.succeed(
          """
          vocab encode -v v \(files) 2> /dev/null |
            train --updates 1 --seed 1 --valid-fraction 0 \(Story.small) -o model
          """)
        #expect(
          outcome.diagnostics.contains("train: \(pairs) pair\(pairs == 1 ? "" : "s"), "),
          "\(files): \(outcome.diagnostics)")
      }
      let alone = try place.run("vocab encode -v v one one one 2> /dev/null | train -o none")
      alone.expectTrainingFailure(saying: "no two sentences follow one another")
      let scored = try place.succeed("score -m model three one two")
      #expect(scored.lines.first == "sentences\t3")
    }
  }

  @Test func heldOutTextMayBeAStreamOfItsOwn() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        "train --updates 2 \(Story.small) --valid $STORY/story.ids -o model $STORY/story.ids",
        environment: story.environment)
      let all = outcome.diagnosticLines.first { $0.contains(" pairs, ") } ?? ""
      let pairs = splitLines(Files.text(of: "\(story.path)/story.tok")).count { !$0.isEmpty } - 1
      #expect(all.hasPrefix("train: \(pairs) pairs"))
      #expect(outcome.diagnostics.contains("held out: \(pairs) pairs"))
    }
  }
}
