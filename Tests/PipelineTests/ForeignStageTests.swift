import Testing

private let havePython = Tools.have("python3")
private let haveTextTools = Tools.have("sed", "tr", "awk", "sort", "uniq", "grep")

/// Each stage of the pipe replaced by a program that is not ours.
@Suite struct ForeignStageTests {
  @Test(.enabled(if: haveTextTools, "needs sed"))
  func sedTokenizes() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        \(ForeignPrograms.sedTokenizer) $STORY/story.txt > tokens
        detok tokens | cmp - $STORY/story.txt
        vocab -o vocab.tsv tokens
        vocab encode -v vocab.tsv tokens | train --updates 5 \(Story.small) -o model
        head -n 1 $STORY/story.txt | \(ForeignPrograms.sedTokenizer) |
          generate -m model --seed 1 --sentences 2 | detok > text
        test -s text
        """, environment: story.environment)
    }
  }

  @Test(.enabled(if: havePython, "needs python3"))
  func pythonTokenizes() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(ForeignPrograms.pythonTokenizer, to: "cut.py")
      let text = "他说 hello  world。\n\n<p> \\n\t\r\u{3000}▁<unk>\u{feff} \nlast"
      place.write(text, to: "odd.txt")
      try place.succeed("python3 cut.py < odd.txt | detok | cmp - odd.txt")
      try place.succeed(
        """
        python3 cut.py < $STORY/story.txt > tokens
        detok tokens | cmp - $STORY/story.txt
        vocab encode -v $STORY/story.vocab tokens | vocab decode | detok | cmp - $STORY/story.txt
        score -m $STORY/story.safetensors tokens | grep -q bits_per_char
        """, environment: story.environment)
    }
  }

  @Test(.enabled(if: haveTextTools, "needs sort, uniq and awk"), arguments: ["word", "character"])
  func sortAndAwkMakeTheVocabulary(unit: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        tokenize -u \(unit) $STORY/story.txt > tokens
        \(ForeignPrograms.awkVocabulary) > foreign
        vocab tokens > own
        """, environment: story.environment)
      let own = splitLines(place.text(of: "own"))
      let foreign = splitLines(place.text(of: "foreign"))
      #expect(foreign.count > 261)
      #expect(foreign == own.enumerated().filter { $0 < 261 || !$1.hasSuffix("\t0") }.map(\.1))
      if unit == "character" { #expect(foreign == own) }
      let outcome = try place.succeed(
        "vocab encode -v foreign tokens > ids && vocab decode ids | cmp - tokens")
      #expect(outcome.diagnostics.contains(" 0 tokens spelled"))
      try place.succeed("train --updates 3 \(Story.small) -o model ids")
    }
  }

  @Test(.enabled(if: havePython, "needs python3"))
  func pythonReadsTheIds() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(ForeignPrograms.pythonReader, to: "read.py")
      #expect(splitLines(ForeignPrograms.pythonReader).count <= 36)
      try place.succeed(
        """
        python3 read.py < $STORY/story.ids > lines
        vocab decode $STORY/story.ids | cmp - lines
        """, environment: story.environment)
      // Several blocks, several documents, and a line that goes on from block to block.
      place.write("", to: "empty.tok")
      try place.succeed(
        """
        for i in {1..15}; do cat $STORY/story.tok; done > many.tok
        { tr -s '\\n' ' ' < many.tok | sed 's/ $//'; echo; echo; } > long.tok
        vocab -o v many.tok 2> /dev/null
        vocab encode -v v many.tok empty.tok long.tok many.tok > ids 2> /dev/null
        """, environment: story.environment)
      let outcome = try place.succeed(
        "python3 read.py < ids > lines; cat many.tok long.tok many.tok | cmp - lines")
      let counts = outcome.diagnosticLines.first?.split(separator: " ").compactMap { Int($0) } ?? []
      try #require(counts.count == 4)
      #expect(counts[0] == 4)
      #expect(counts[3] > 9, "several blocks")
      try place.succeed("vocab decode ids | cmp - lines")
    }
  }

  @Test(.enabled(if: havePython, "needs python3"))
  func pythonWritesTheIds() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(ForeignPrograms.pythonWriter, to: "write.py")
      try place.succeed(
        """
        vocab $STORY/story.tok > v
        head -n 50 $STORY/story.tok > a.tok
        tail -n +51 $STORY/story.tok > b.tok
        python3 write.py v a.tok b.tok > foreign.ids
        vocab encode -v v a.tok b.tok > own.ids
        cmp foreign.ids own.ids
        vocab decode foreign.ids | cmp - $STORY/story.tok
        vocab decode --vocabulary foreign.ids | cmp - v
        vocab cat foreign.ids own.ids | vocab decode > twice
        cat $STORY/story.tok $STORY/story.tok | cmp - twice
        train --updates 3 \(Story.small) -o model foreign.ids
        """, environment: story.environment)
    }
  }

  @Test func aPromptIsTypedByHand() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = "printf '却 说 沈青\\n\\n' | generate -m $STORY/story.safetensors --seed 3"
      let outcome = try place.succeed(script, environment: story.environment)
      #expect(outcome.lines.count { !$0.isEmpty } == 8)
      #expect(outcome.text.hasSuffix("\n\n"))
    }
  }

  @Test(.enabled(if: haveTextTools, "needs sed and tr"))
  func sedDetokenizes() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("He said: “no  more”. \n\n他说。\n", to: "spaced.txt")
      try place.succeed(
        """
        for file in $STORY/story.txt spaced.txt; do
          tokenize $file | \(ForeignPrograms.sedDetokenizer) | cmp - $file
        done
        printf '却 说\\n\\n' | generate -m $STORY/story.safetensors --seed 3 > lines
        cat lines | \(ForeignPrograms.sedDetokenizer) > text
        detok lines | cmp - text
        """, environment: story.environment)
    }
  }
}
