import Testing

/// Nothing in, something sensible out.
@Suite struct EmptyInputTests {
  @Test(arguments: [Filter.tokenize, .detok, .generate])
  func nothingBecomesNothing(filter: Filter) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        "\(filter.command) < /dev/null", environment: story.environment)
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func aVocabularyOfNothingHasTheReservedRows() throws {
    try withWorkplace { place in
      try place.succeed(
        """
        vocab < /dev/null > v
        vocab encode -v v < /dev/null > ids
        vocab cat ids ids > both
        """)
      #expect(splitLines(place.text(of: "v")).count == 261)
      #expect(try place.succeed("vocab decode ids both").output.isEmpty)
      let text = try place.succeed("echo '却 说' | vocab encode -v v | vocab decode | detok")
      #expect(text.text == "却说", "all of it is spelled")
      try place.run("train -o model both").expectTrainingFailure(saying: "nothing to learn from")
      #expect(!place.exists("model"))
    }
  }

  @Test func nothingHasNoPiecesAndNoPhrases() throws {
    try withWorkplace { place in
      try place.succeed("vocab < /dev/null > v; vocab bpe < /dev/null | cmp - v")
      let outcome = try place.succeed("vocab phrases < /dev/null")
      #expect(outcome.output.isEmpty)
      #expect(outcome.diagnostics == "vocab: no tokens; did the program before it fail?\n")
    }
  }

  @Test(arguments: [Filter.decode, .cat, .train])
  func nothingIsNoIdStream(filter: Filter) throws {
    try withWorkplace { place in
      try place.run("\(filter.rawValue) < /dev/null").expectFailure(
        65, filter.tool, saying: "<stdin>: empty, not an id stream", "vocab encode")
    }
  }

  @Test func nothingCannotBeScored() throws {
    let story = try Story.made()
    try withWorkplace { place in
      for text in ["", "却 说\\n\\n", "\\n\\n\\n"] {
        let outcome = try place.run(
          "printf '\(text)' | score -m $STORY/story.safetensors", environment: story.environment)
        outcome.expectFailure(65, "score", saying: "no two sentences follow one another")
      }
      try place.run("score < /dev/null").expectFailure(65, "score", saying: "no sentences")
      for (option, header) in [
        ("--per-line", "tokens\tcharacters\tnats"), ("--per-token", "line\tplace\ttoken\tnats"),
      ] {
        let rows = try place.succeed(
          "score \(option) -m $STORY/story.safetensors < /dev/null", environment: story.environment)
        #expect(rows.lines == [header])
      }
      let list = try place.succeed(
        "score --rerank --source $STORY/prompts.tok -m $STORY/story.safetensors < /dev/null",
        environment: story.environment)
      #expect(list.output.isEmpty)
      let two = try place.succeed(
        "printf '却 说\\n\\n' | score --per-line -m $STORY/story.safetensors",
        environment: story.environment)
      #expect(two.lines.dropFirst() == ["0\t0\t0", "0\t0\t0"])
    }
  }

  @Test(arguments: ["generate", "score"])
  func nothingIsNoModel(tool: String) throws {
    try withWorkplace { place in
      place.write("", to: "empty")
      try place.run("\(tool) -m empty < /dev/null").expectFailure(65, tool, saying: "empty: ")
    }
  }
}

extension Outcome {
  /// Expects that training ends in bad data, whatever was said of the text before.
  func expectTrainingFailure(
    saying part: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(status == 65, "\(diagnostics)", sourceLocation: sourceLocation)
    #expect(
      diagnosticLines.last?.contains(part) == true, "\(diagnostics)",
      sourceLocation: sourceLocation)
  }
}
