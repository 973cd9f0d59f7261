import Testing

/// Stories that are written together, by lines that come through a pipe.
@Suite struct InteractiveTests {
  private static let generate = "generate -i -m $STORY/story.safetensors --seed 7 --max-length 20"

  @Test func proposalsAreTakenAndSaved() throws {
    try withSession("却说沈青。\n2\n\nw out\nq\n") { place, outcome in
      #expect(outcome.status == 0, "\(outcome.diagnostics)")
      let lines = outcome.lines
      #expect(lines.count == 3 + 1 + 3 + 1 + 3, "\(lines)")
      for first in [0, 4, 8] {
        #expect((1...3).allSatisfy { lines[first + $0 - 1].hasPrefix("\($0) ") })
      }
      #expect(
        lines[1].dropFirst(2).hasPrefix(lines[3]) && lines[4].dropFirst(2).hasPrefix(lines[7]))
      let text = "却说沈青。" + taken(lines[1]) + taken(lines[4])
      #expect(place.text(of: "out") == text)
      #expect(
        outcome.diagnosticLines.prefix(2)
          == ["generate: --seed 7", "generate: 3 sentences saved to out"])
      let hasEscapes = outcome.output.contains(0x1B)
      #expect(!hasEscapes && !outcome.text.contains("> "))
    }
  }

  @Test func theSameLinesAndSeedMakeTheSameStory() throws {
    let typed = "却说沈青。\nr\n2\nu\nr\n1\np\n半城道：\n\nl\n"
    try withSession(typed) { place, outcome in
      place.write(typed, to: "typed")
      let story = try Story.made()
      for (options, isSame) in [("-j 1", true), ("--mini-batch 1", true), ("--seed 8", false)] {
        let again = try place.run(
          "\(Self.generate) \(options) < typed", environment: story.environment)
        #expect((again.output == outcome.output) == isSame, "\(options)")
      }
    }
  }

  @Test(arguments: ["却说沈青听了。", "沈青道：“这是谁？”说罢大笑。", "Once 龘 upon 12.5 a  time. He came."])
  func textIsCutAsTokenizeCutsIt(text: String) throws {
    // The penalty would see the sentences that the model does not read only where they are a story's.
    try withSession("+\(text)\n", "--n-best 1 --frequency-penalty 0") { place, outcome in
      place.write(text, to: "text")
      let story = try Story.made()
      let passage = try place.succeed(
        """
        tokenize text | \(Self.generate.replacing(" -i", with: "")) --frequency-penalty 0 \
          --sentences 1 | detok
        """, environment: story.environment)
      #expect(!passage.text.isEmpty)
      let proposal = outcome.lines.first ?? ""
      #expect(taken(proposal).trimmed == passage.text.trimmed, "\(outcome.diagnostics)")
    }
  }

  @Test func aStoryGoesOnWithASavedOne() throws {
    try withSession("却说沈青。\n+ 笑道。\np\n+\u{3000}次日。\nw out\n") { place, _ in
      #expect(place.text(of: "out") == "却说沈青。 笑道。\n\u{3000}次日。")
      let story = try Story.made()
      let outcome = try place.run(
        "printf 'l\\n\\nl 1\\nw out\\n' | \(Self.generate) --n-best 1 out",
        environment: story.environment)
      #expect(outcome.lines.first == "\u{3000}次日。", "the end of the story")
      #expect(outcome.text.contains("却说沈青。 笑道。\n\u{3000}次日。"))
      #expect(outcome.status == 73)
      #expect(outcome.diagnosticLines.last?.contains("out: exists and is not of this") == true)
      #expect(place.text(of: "out") == "却说沈青。 笑道。\n\u{3000}次日。")
      try place.succeed(
        "printf 'w! out\\n' | \(Self.generate) out; gzip -c out > z", environment: story.environment
      )
      #expect(place.text(of: "out") == "却说沈青。 笑道。\n\u{3000}次日。")
      let both = try place.succeed(
        "printf 'l\\n' | \(Self.generate) z out", environment: story.environment)
      #expect(both.text.hasSuffix("\u{3000}次日。却说沈青。 笑道。\n\u{3000}次日。\n"))
    }
  }

  @Test func whatIsNotSavedIsSaid() throws {
    let warning = "the story is not saved; 'w FILE' saves it, and 'q' again leaves it"
    for (typed, isWarned) in [
      ("却说。\n", true), ("却说。\nq\n", true), ("却说。\nq!\n", false), ("却说。\nu\n", false), ("", false),
      ("却说。\nw out\n", false), ("却说。\nw out\n1\nq\n", true),
    ] {
      try withSession(typed) { _, outcome in
        #expect(outcome.status == 0)
        let warnings = outcome.diagnosticLines.count { $0 == "generate: \(warning)" }
        #expect(warnings == (isWarned ? 1 : 0), "\(typed): \(outcome.diagnostics)")
      }
    }
  }

  @Test func otherOptionsApply() throws {
    try withSession("却说。\n", "--temperature 0 --n-best 9") { _, outcome in
      #expect(outcome.lines.count == 1, "all nine are the likeliest")
      #expect(!outcome.diagnostics.contains("--seed"), "nothing is random")
    }
    try withSession("却说。\n", "--n-best 9 --max-length 1") { _, outcome in
      #expect(outcome.lines.allSatisfy { taken($0).count <= 4 })
      #expect(outcome.diagnostics.contains("broken off after 1 token; --max-length sets the limit"))
      #expect(outcome.lines.contains { $0.hasSuffix(" …") })
    }
    try withSession("却说。\n1\n", "--verse 1 --min-length 15") { _, outcome in
      #expect(outcome.diagnostics.contains("broken off, as no token was allowed"))
      #expect(outcome.lines.contains { $0.hasSuffix(" …") })
    }
  }

  @Test func answersComeAtOnce() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        """
        mkfifo to from
        \(Self.generate) < to > from 2> said &
        exec 3> to 4< from
        for line in 却说。 1 r; do
          echo $line >&3
          test $line = 1 && read -r -t 100 sentence <&4
          for number in 1 2 3; do read -r -t 100 proposal <&4 && echo ${proposal%% *}; done
        done
        exec 3>&-
        wait $!
        """, environment: story.environment)
      #expect(outcome.lines == ["1", "2", "3", "1", "2", "3", "1", "2", "3"])
    }
  }

  /// The text of a proposal, with its paragraph's end.
  private func taken(_ line: String) -> String {
    var text = line.dropFirst(2)
    if text.hasSuffix(" …") { text = text.dropLast(2) }
    return text.hasSuffix(" ¶") ? text.dropLast(2) + "\n" : String(text)
  }

  /// Runs a session to its end.
  private func withSession(
    _ typed: String, _ options: String = "", _ body: (Workplace, Outcome) throws -> Void
  ) throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(typed, to: "typed")
      try body(
        place,
        try place.run("\(Self.generate) \(options) < typed", environment: story.environment))
    }
  }
}

extension String {
  /// Without line feeds at the end.
  fileprivate var trimmed: Substring {
    var text = self[...]
    while text.hasSuffix("\n") { text = text.dropLast() }
    return text
  }
}
