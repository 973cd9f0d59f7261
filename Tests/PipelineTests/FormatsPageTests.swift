import Testing

/// huaben-formats(5) is enough to replace a tool: its programs do what it says.
@Suite struct FormatsPageTests {
  private let page: ManPage

  init() throws {
    page = try #require(ManPage("huaben-formats.5"))
  }

  /// The command in a section that has some word in it.
  private func example(with word: String, in section: String) throws -> ManPage.Example {
    let examples = page.examples(in: section).flatMap { $0 }
    return try #require(examples.first { $0.command.contains(word) }, "no \(word) in \(section)")
  }

  @Test func tokenLinesAreThoseOfTheTokenizer() throws {
    let example = try example(with: "tokenize", in: "TOKEN LINES")
    try withWorkplace { place in
      let outcome = try place.succeed(example.command)
      #expect(outcome.text == example.output)
    }
  }

  @Test(.enabled(if: Tools.have("sed", "tr"), "needs sed and tr"))
  func sedDetokenizes() throws {
    let story = try Story.made()
    let example = try example(with: "sed", in: "TOKEN LINES")
    try withWorkplace { place in
      let script = "cp $STORY/story.tok novel.tok; (\(example.command)) | cmp - $STORY/story.txt"
      try place.succeed(script, environment: story.environment)
    }
  }

  @Test(.enabled(if: Tools.have("sort", "uniq", "awk"), "needs sort, uniq and awk"))
  func sortAndAwkMakeAVocabulary() throws {
    let story = try Story.made()
    let example = try example(with: "uniq -c", in: "VOCABULARY")
    try withWorkplace { place in
      try place.succeed("cp $STORY/story.tok novel.tok", environment: story.environment)
      try place.succeed(example.command)
      let outcome = try place.succeed("vocab encode -v novel.vocab -o ids novel.tok")
      #expect(outcome.diagnostics.contains(" 0 tokens spelled"))
      try place.succeed("vocab decode ids | cmp - novel.tok")
    }
  }

  @Test(.enabled(if: Tools.have("python3"), "needs python3"))
  func pythonSpellsTheTokens() throws {
    let story = try Story.made()
    let program = try #require(
      page.literalBlocks(in: "VOCABULARY").first { $0.first?.hasPrefix("import re") == true })
    #expect(program.count <= 40, "an encoder is short")
    try withWorkplace { place in
      place.write(program.joined(separator: "\n") + "\n", to: "encoder.py")
      place.write("沈青沈青 却说柳三更 ▁听雨楼\\xFF听雨楼 鑫\\\\\\t\\u{3000}▁ <0x41> aaaaa\n\n说\n", to: "odd.tok")
      try place.succeed(
        """
        vocab bpe --size 1400 --min-frequency 1 -o v $STORY/story.tok odd.tok 2> said
        vocab bpe --size 1300 --character-coverage 0.98 -o small $STORY/story.tok 2>> said
        for vocabulary in v small; do
          for file in $STORY/story.tok odd.tok; do
            python3 encoder.py $vocabulary < $file > cut
            vocab encode -v $vocabulary $file 2>> said | vocab decode | cmp - cut
            if cmp -s cut $file; then exit 1; fi
          done
        done
        """, environment: story.environment)
      #expect(place.text(of: "said").contains("merges"))
    }
  }

  @Test(.enabled(if: Tools.have("python3"), "needs python3"))
  func pythonReadsTheIds() throws {
    let story = try Story.made()
    let program = try #require(
      page.literalBlocks(in: "ID STREAM").first { $0.first?.hasPrefix("import struct") == true })
    #expect(program.count <= 36, "a reader is short")
    try withWorkplace { place in
      place.write(program.joined(separator: "\n") + "\n", to: "reader.py")
      try place.succeed(
        """
        python3 reader.py < $STORY/story.ids > lines
        vocab decode $STORY/story.ids | cmp - lines
        for i in {1..15}; do tr '\\n' ' ' < $STORY/story.tok | tr -s ' '; done | sed 's/ $//' > long
        vocab encode -v $STORY/story.vocab long $STORY/story.tok 2> /dev/null > ids
        python3 reader.py < ids > lines
        vocab decode ids | cmp - lines
        head -c 3000 ids > cut
        ! python3 reader.py < cut > lines 2> /dev/null
        """, environment: story.environment)
    }
  }
}
