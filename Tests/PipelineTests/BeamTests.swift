import Testing

/// Searching for sentences, lists of answers, attention and ensembles, by generate(1).
@Suite struct BeamTests {
  private static let generate = "generate -m $STORY/story.safetensors --max-length 20 --seed 3"

  /// Runs a script with prompts, one of which is empty, and a second model.
  private func withPrompts(_ body: (Workplace, [String: String]) throws -> Void) throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("却 说\n\n沈青 道\n听\n人 说 书\n", to: "prompts")
      try body(place, story.environment)
    }
  }

  @Test func aBeamOfOneTakesTheLikeliestTokens() throws {
    try withPrompts { place, environment in
      let outcome = try place.succeed(
        """
        for options in --lines "--sentences 4"; do
          \(Self.generate) $options --temperature 0 prompts > greedy
          \(Self.generate) $options --beam-size 1 prompts | cmp - greedy
          \(Self.generate) $options --beam-size 5 prompts > beam
          if cmp -s beam greedy; then exit 1; fi
        done
        """, environment: environment)
      #expect(!outcome.diagnostics.contains("--seed"), "no seed matters")
    }
  }

  @Test(arguments: [
    "--beam-size 4", "--beam-size 4 --beam-groups 2", "--beam-size 3 --stochastic-beam",
  ])
  func theTextDoesNotDependOnTheBatchOrTheThreads(options: String) throws {
    try withPrompts { place, environment in
      let generate = "\(Self.generate) \(options) --sentences 3"
      try place.succeed(
        """
        tr '\\n' '@' < prompts | sed 's/@/@@/g' | tr '@' '\\n' > paragraphs
        \(generate) -j 1 paragraphs > one
        \(generate) -j 2 --attention second paragraphs | cmp - one
        \(generate) -j 1 --mini-batch 1 --attention first paragraphs | cmp - one
        cmp first second
        """, environment: environment)
    }
  }

  @Test(
    arguments: [
      ("--beam-size 4 --n-best 3", true), ("--n-best 3", false),
      ("--beam-size 3 --stochastic-beam --temperature 0.8 --n-best 3", true),
      ("--beam-size 3 --beam-groups 3 --diversity-penalty 9 --n-best 3", true),
    ])
  func aListOfAnswers(options: String, isDistinct: Bool) throws {
    try withPrompts { place, environment in
      try place.succeed(
        """
        \(Self.generate) --lines \(options) prompts > list
        \(Self.generate) --lines \(options) -j 1 --mini-batch 1 prompts | cmp - list
        sed 's/$/\\n/' prompts | \(Self.generate) --sentences 1 \(options) > paragraphs
        """, environment: environment)
      let rows = splitLines(place.text(of: "list")).map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(rows.allSatisfy { $0.count == 3 && !$0[2].isEmpty })
      // The second prompt is empty: it counts and has no rows.
      #expect(rows.map(\.[0]) == ["1", "3", "4", "5"].flatMap { Array(repeating: $0, count: 3) })
      for number in ["1", "3", "4", "5"] {
        let own = rows.filter { $0[0] == number }
        let scores = own.compactMap { Double($0[1]) }
        #expect(scores.count == own.count && scores == scores.sorted(by: >))
        #expect(own.allSatisfy { $0[1].split(separator: ".").last?.count == 6 })
        if isDistinct { #expect(Set(own.map(\.[2])).count == own.count) }
      }
      #expect(splitLines(place.text(of: "paragraphs")).count == 12)
    }
  }

  @Test func theScoreOfASentenceIsWhatScoreSays() throws {
    try withPrompts { place, environment in
      // Sentences that the model did not choose, spelled characters among them.
      let outcome = try place.succeed(
        """
        { sed -n '/./{p;}' $STORY/story.tok | sed -n '5,40p'; echo '龘 说 🐉 x'; } > answers
        sed 's/.*/却 说/' answers > prompts
        \(Self.generate) --lines --max-length 300 --n-best 1 --force answers prompts > list
        paste prompts answers | while IFS='\t' read -r prompt answer; do
          printf '%s\\n%s\\n' "$prompt" "$answer" |
            score --per-line -m $STORY/story.safetensors | sed -n 3p
        done
        """, environment: environment)
      let scored = outcome.lines.map { $0.split(separator: "\t").compactMap { Double($0) } }
      let scores = splitLines(place.text(of: "list")).compactMap {
        Double($0.split(separator: "\t")[1])
      }
      #expect(scores.count == 37 && scored.count == 37)
      for (score, row) in zip(scores, scored) {
        // So near for each of its tokens.
        #expect(abs(row[2] + score) < 1e-5 * row[0], "\(row) \(score)")
      }
    }
  }

  @Test func theAttentionOfEachSentence() throws {
    try withPrompts { place, environment in
      try place.succeed(
        "\(Self.generate) --sentences 2 --attention weights prompts > passages",
        environment: environment)
      let sentences = splitLines(place.text(of: "passages")).filter { !$0.isEmpty }
      let blocks = splitLines(place.text(of: "weights")).split(separator: "").map { block in
        block.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
      }
      #expect(blocks.count == sentences.count)
      var source = ["却", "说", "<p>"]
      for (block, sentence) in zip(blocks, sentences).prefix(2) {
        #expect(block[0] == [""] + source)
        let tokens = sentence.split(separator: " ").map(String.init)
        let written = block.dropFirst().map(\.[0])
        let end = written.count > tokens.count ? written.last : nil
        #expect(end.map { ["</s>", "<p>"].contains($0) } ?? (tokens.count == 20))
        #expect(written.filter { !["</s>", "<p>"].contains($0) } == tokens)
        for row in block.dropFirst() {
          let weights = row.dropFirst().compactMap(Double.init)
          #expect(weights.count == source.count && abs(weights.reduce(0, +) - 1) < 1e-4)
        }
        source = tokens + (end == "<p>" ? ["<p>"] : [])
      }
    }
  }

  @Test func aModelWithItselfWritesWhatItWrites() throws {
    try withPrompts { place, environment in
      try place.succeed(
        """
        m=$STORY/story.safetensors
        train --updates 30 --seed 2 \(Story.small) --context-sentences 2 --attention none \
          -o other $STORY/story.ids
        for options in "--temperature 0" "--beam-size 3"; do
          \(Self.generate) --lines $options prompts > alone
          \(Self.generate) --lines $options -m $m --weights 0.3,0.7 prompts | cmp - alone
          \(Self.generate) --lines $options -m other --weights 1,0 prompts | cmp - alone
        done
        \(Self.generate) --lines --top-p 1 prompts > alone
        \(Self.generate) --lines --top-p 1 -m other --attention a prompts > mixed
        if cmp -s mixed alone; then exit 1; fi
        test -s a
        """, environment: environment)
      try place.run("generate -m other --attention b prompts")
        .expectFailure(64, "generate", saying: "other has no attention", "--attention")
      try place.run("generate -m other --beam-size 2 --coverage-penalty 0.2 prompts")
        .expectFailure(64, "generate", saying: "other has no attention", "--coverage-penalty")
      #expect(!place.exists("b"))
    }
  }

  @Test func modelsThatDoNotFitAreRefused() throws {
    try withPrompts { place, environment in
      try place.succeed(
        """
        vocab $STORY/story.tok > v
        vocab encode -v v $STORY/story.tok | train --updates 1 --valid-fraction 0 \(Story.small) -o other
        printf '却\\t说\\n说\\t却\\n' > pairs
        train --pairs -v $STORY/story.vocab --updates 1 --valid-fraction 0 \(Story.small) -o paired pairs
        """, environment: environment)
      try place.run("\(Self.generate) -m other prompts", environment: environment)
        .expectFailure(64, "generate", saying: "story.safetensors and other", "vocabular")
      try place.run("\(Self.generate) -m paired prompts", environment: environment)
        .expectFailure(64, "generate", saying: "story.safetensors and paired", "pairs")
      try place.run("\(Self.generate) --weights 1,2 prompts", environment: environment)
        .expectFailure(64, "generate", saying: "--weights")
      try place.run("generate prompts").expectFailure(64, "generate", saying: "--model")
      let list = try place.succeed(
        "printf '却\\n\\n说\\n' | generate -m paired --n-best 2 --beam-size 2 | cut -f 1")
      #expect(list.lines.allSatisfy { ["1", "3"].contains($0) } && Set(list.lines).count == 2)
    }
  }

  @Test(
    arguments: [
      ("--beam-size 0", "--beam-size"), ("--beam-size 5000", "--beam-size"),
      ("--length-penalty 1", "--beam-size"), ("--coverage-penalty 1", "--beam-size"),
      ("--stochastic-beam", "--beam-size"), ("--beam-groups 2", "--beam-size"),
      ("--beam-size 2 --length-penalty -1", "--length-penalty"),
      ("--beam-size 2 --top-p 0.9", "--top-p"), ("--beam-size 2 --top-k 3", "--top-k"),
      ("--beam-size 2 --temperature 0.5", "--temperature"),
      ("--beam-size 2 --stochastic-beam --temperature 0", "--temperature"),
      ("--beam-size 2 --stochastic-beam --top-k 2", "--top-k"),
      ("--beam-size 2 --stochastic-beam --length-penalty 1", "--length-penalty"),
      ("--beam-size 2 --stochastic-beam --beam-groups 2", "--beam-groups"),
      ("--beam-size 4 --beam-groups 3", "--beam-groups"),
      ("--beam-size 4 --diversity-penalty 1", "--beam-groups"),
      ("--beam-size 2 --n-best 3 --lines", "--n-best"), ("--n-best 0 --lines", "--n-best"),
      ("--n-best 2", "--lines"),
      ("--n-best 2 --lines --stop 宝", "--stop"), ("--n-best 2 --sentences 2", "--lines"),
      ("--attention -", "--attention"), ("--attention x -o x", "one file"),
      ("--attention ./x -o x", "one file"),
    ])
  func whatMakesNoSenseIsAMistakeOfUsage(options: String, part: String) throws {
    try withPrompts { place, environment in
      try place.run("\(Self.generate) \(options) prompts", environment: environment)
        .expectFailure(64, "generate", saying: part)
      #expect(!place.exists("x"))
    }
  }
}
