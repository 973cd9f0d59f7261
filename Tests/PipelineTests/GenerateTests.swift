import Testing

/// Passages after prompts, by the rules of generate(1).
@Suite struct GenerateTests {
  private static let generate = "generate -m $STORY/story.safetensors --seed 7 --max-length 30"

  @Test func everyAnswerEndsInAnEmptyLine() throws {
    let answers = try answer("a\n\n却 说\n沈青 道\n\n说\n", "--sentences 1")
    #expect(answers.status == 0)
    // A sentence and an empty line for each of the three paragraphs.
    #expect(answers.lines.map(\.isEmpty) == [false, true, false, true, false, true])
    let passage = try answer("却 说\n\n", "--sentences 5")
    #expect(passage.lines.count { !$0.isEmpty } == 5)
    #expect(passage.lines.last == "")
    let twoEmpty = passage.lines.dropLast().last == ""
    #expect(!twoEmpty, "one empty line, also where the passage ends a paragraph")
  }

  @Test func anEmptyPromptHasAnEmptyAnswer() throws {
    #expect(try answer("\n").text == "\n")
    #expect(try answer("\n\n\n").text == "\n\n\n")
    let between = try answer("却 说\n\n\n说\n\n", "--sentences 1").lines
    #expect(between.map(\.isEmpty) == [false, true, true, false, true])
    #expect(try answer("").text == "")
  }

  @Test func linesStayAligned() throws {
    let prompts = "却 说\n\n沈青 道\n\n\n说\n人\n"
    let answers = try answer(prompts, "--lines").lines
    #expect(answers.map(\.isEmpty) == splitLines(prompts).map(\.isEmpty))
    let noLineFeed = try answer("却 说\n沈青", "--lines")
    #expect(noLineFeed.lines.count == 2 && noLineFeed.text.hasSuffix("\n"))
    let many = try answer(String(repeating: "却 说\n", count: 40), "--lines").lines
    #expect(many.count == 40)
    #expect(Set(many).count > 1, "each answer draws its own numbers")
  }

  @Test func aLineMayBePromptedForOneSentenceOnly() throws {
    try answer("却\n", "--lines --sentences 2").expectFailure(64, "generate", saying: "--lines")
    #expect(try answer("却\n", "--lines --sentences 1").lines.count == 1)
  }

  @Test func noReservedTokenAndNoRawByteComesOut() throws {
    // At such heat every row of the vocabulary would come up.
    for options in ["--temperature 50 --top-p 1", "--temperature 1000 --top-p 1", ""] {
      let outcome = try answer(String(repeating: "却 说\n", count: 60), "--lines \(options)")
      #expect(outcome.status == 0)
      for token in outcome.lines.flatMap({ $0.split(separator: " ") }) {
        let reserved = ["<pad>", "<unk>", "<s>", "</s>", "<p>"].contains(token)
        #expect(!reserved && !token.hasPrefix("<0x") && !token.contains("\\x"), "\(token)")
      }
      let valid = String(validating: outcome.output, as: UTF8.self) != nil
      #expect(valid)
      try withWorkplace { place in
        place.write(outcome.output, to: "lines")
        let text = try place.succeed("detok lines")
        let validText = String(validating: text.output, as: UTF8.self) != nil
        #expect(validText && !text.output.isEmpty)
      }
    }
  }

  @Test func anUnseenCharacterIsNoTrouble() throws {
    for prompt in ["龘 🐉 ĝ", "<0xE9> <0xBE> <0x98>", "\\xFF", "\\u{3000} \\\\ ▁▁"] {
      let outcome = try answer("\(prompt)\n", "--sentences 1")
      #expect(outcome.status == 0 && outcome.lines.count == 2, "\(outcome.diagnostics)")
    }
    let long = try answer(String(repeating: "说 ", count: 5000) + "说\n", "--sentences 1")
    #expect(long.lines.count == 2)
    #expect(long.diagnostics.contains("ended in a sentence of more than 100 tokens"))
  }

  @Test func promptsAreAnsweredAlikeHoweverTheyArrive() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("却 说\n\n沈青 道\n听\n\n人\n", to: "prompts")
      try place.succeed(
        """
        \(Self.generate) prompts > whole
        while IFS= read -r -d '' -n 1 byte; do printf '%s' "$byte"; sleep 0.01; done < prompts |
          \(Self.generate) | cmp - whole
        head -n 2 prompts > first; tail -n +3 prompts > second
        \(Self.generate) first second | cmp - whole
        """, environment: story.environment)
    }
  }

  @Test(arguments: ["", "--lines"])
  func answersComeAtOnce(options: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      // Each answer has come before the next prompt goes; a tool that waits for more is given up.
      let outcome = try place.succeed(
        """
        mkfifo to from
        \(Self.generate) --sentences 1 \(options) < to > from 2> said &
        exec 3> to 4< from
        for prompt in 却 沈青 人; do
          printf '%s\\n' $prompt >&3
          \(options.isEmpty ? "printf '\\n' >&3" : "")
          IFS= read -r -t 100 answer <&4 || { echo none; kill $!; break; }
          test -n "$answer" && echo answered
          \(options.isEmpty ? "IFS= read -r -t 100 end <&4; test -z \"$end\"" : "")
        done
        exec 3>&-
        wait $!
        """, environment: story.environment)
      #expect(outcome.lines == ["answered", "answered", "answered"])
    }
  }

  @Test func thePipeIsQuickByHand() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        """
        mkfifo to from
        tokenize < to | \(Self.generate) --lines 2> said | detok > from &
        exec 3> to 4< from
        printf '却说。\\n' >&3
        IFS= read -r -N 1 -t 100 character <&4 && echo answered
        exec 3>&-
        wait
        """, environment: story.environment)
      #expect(outcome.lines == ["answered"])
    }
  }

  /// What the small model says to prompts.
  private func answer(_ prompts: String, _ options: String = "") throws -> Outcome {
    let story = try Story.made()
    let place = try Workplace()
    defer { place.remove() }
    place.write(prompts, to: "prompts")
    return try place.run(
      "\(Self.generate) \(options) prompts", environment: story.environment)
  }
}
