import Testing

/// Stories that are written together, at a terminal.
@Suite(.enabled(if: Tools.have("python3"), "needs Python for a terminal"))
struct InteractiveTerminalTests {
  @Test(arguments: ["C.UTF-8", "C", "zh_CN.GB18030"])
  func chineseIsEdited(locale: String) throws {
    try withTerminal(
      [
        "type 却说宝玉", "row > 却说宝玉", "key DEL", "row > 却说宝", "type 钗。", "row > 却说宝钗。",
        // In the middle, what is behind it moves by two columns.
        "key LEFT 2", "key DEL", "row > 却说钗。", "type 宝", "row > 却说宝钗。", "key ENTER",
        "await 3 ", "row >", "type w out", "key ENTER", "await 1 sentence saved to out", "row >",
        "key ^D",
      ], ["LC_ALL": locale]
    ) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "out") == "却说宝钗。")
    }
  }

  @Test func aLineOfTwoRowsIsEdited() throws {
    // 39 characters fill the row behind the prompt.
    let text = (0..<50).map { String(Unicode.Scalar(0x4E00 + $0) ?? "?") }
    let (start, middle, end) = (text[..<38].joined(), text[38], text[39...].joined())
    try withTerminal([
      "type \(text.joined())", "row \(end)", "key ^A", "row > \(start)\(middle)", "type 又",
      "row > 又\(start)", "below \(middle)\(end)", "key DEL", "row > \(start)\(middle)",
      "below \(end)", "key ENTER", "await 3 ", "row >", "type w out", "key ENTER", "await saved",
      "row >", "key ^D",
    ]) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "out") == text.joined())
    }
  }

  @Test func theLastLinesComeBack() throws {
    try withTerminal([
      "type 却说。", "key ENTER", "await 3 ", "row >", "key UP", "row > 却说。", "key DEL", "type ，",
      "row > 却说，", "key ENTER", "await 3 ", "row >", "type w out", "key ENTER", "await saved",
      "row >", "type q", "key ENTER",
    ]) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "out") == "却说。却说，")
    }
  }

  @Test func aProposalIsChanged() throws {
    try withTerminal([
      "type 却说。", "key ENTER", "await 3 ", "row >", "type e 1", "key ENTER", "await > ", "type 了",
      "key ^A", "type 又", "key ENTER", "await 3 ", "row >", "type w out", "key ENTER",
      "await saved", "row >", "key ^D",
    ]) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      let text = place.text(of: "out")
      #expect(text.hasPrefix("却说。又") && text.hasSuffix("了") && text.count > 6, "\(text)")
      let first = splitLines(outcome.text).first { $0.hasPrefix("1 ") } ?? ""
      let proposal = first.dropFirst(2).replacing(" ¶", with: "").replacing(" …", with: "")
      #expect(text == "却说。又\(proposal)了")
    }
  }

  @Test func theInterruptKeyLeavesTheLineAndTheStoryStays() throws {
    try withTerminal([
      "type 却说。", "key ENTER", "await 3 ", "row >", "type 不要", "row > 不要", "key ^C",
      "await ^C", "row >",
      "key ^C", "row >", "type l", "key ENTER", "await 却说。", "row >", "type w out", "key ENTER",
      "await 1 sentence saved", "row >", "key ^D",
    ]) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "out") == "却说。")
    }
  }

  @Test func theInterruptKeyStopsTheModel() throws {
    // So hot, it does not end a sentence soon.
    try withTerminal(
      [
        "type 却说。", "key ENTER", "await 3 ", "interrupt", "type 1", "key ENTER",
        "await nothing is proposed", "row >", "type u", "key ENTER", "await 3 ", "row >",
        "type w out", "key ENTER", "await 1 sentence saved", "row >", "key ^D",
      ], options: "--temperature 1000 --top-p 1 --max-length 3000 --n-best 9"
    ) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      #expect(outcome.text.contains("interrupted; 'r' asks again"))
      #expect(place.text(of: "out") == "却说。")
    }
  }

  @Test func anUnsavedStoryIsNotLeftAtOnce() throws {
    let warning = "await the story is not saved"
    try withTerminal([
      "type 却说。", "key ENTER", "await 3 ", "row >", "key ^D", warning, "row >", "type q",
      "key ENTER",
    ]) { _, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
    }
    try withTerminal([
      "type 却说。", "key ENTER", "await 3 ", "row >", "key ^D", warning, "row >", "type 不",
      "row > 不", "key ^C", "row >", "type q", "key ENTER", warning, "row >", "key ^D",
    ]) { _, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
    }
  }

  @Test(arguments: [("SIGTERM", 15), ("SIGHUP", 1)])
  func anEndFromOutsideSavesTheStory(signal: String, number: Int32) throws {
    try withTerminal([
      "type 却说。", "key ENTER", "await 3 ", "row >", "type 不要", "row > 不要", "signal \(signal)",
      "await the story is saved in generate.hup",
    ]) { place, outcome in
      #expect(outcome.status == 128 + number, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "generate.hup") == "却说。")
    }
    try withTerminal(["signal \(signal)"]) { place, outcome in
      #expect(outcome.status == 128 + number, "\(outcome.text)\(outcome.diagnostics)")
      #expect(!place.exists("generate.hup"))
    }
  }

  @Test(arguments: [("signal SIGTERM", 15), ("signal SIGHUP", 1), ("hangup", 1)])
  func anEndFromOutsideStopsTheModel(step: String, number: Int32) throws {
    // So hot, it does not end a sentence soon.
    try withTerminal(
      ["type 却说。", "key ENTER", "await 3 ", "row >", "type r", "key ENTER", "row", step],
      options: "--temperature 1000 --top-p 1 --max-length 3000 --n-best 9"
    ) { place, outcome in
      #expect(outcome.status == 128 + number, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "generate.hup") == "却说。")
      let prompts = splitLines(outcome.text).filter { $0.hasPrefix(">") }
      #expect(prompts.last == "> r", "nothing more is asked for")
    }
  }

  @Test func anEndFromOutsideLeavesOtherStoriesAlone() throws {
    try withTerminal(
      [
        "await 3 ", "row >", "type 了。", "key ENTER", "await 3 ", "row >", "signal SIGHUP",
        "await saved in",
      ],
      beginning: "却说。", files: ["generate.hup": "old"], fifos: ["generate.hup.1"]
    ) { place, outcome in
      #expect(outcome.status == 129, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "generate.hup") == "old")
      #expect(place.text(of: "generate.hup.2") == "却说。了。")
    }
  }

  @Test func aMistakeIsSaidAndTheSessionGoesOn() throws {
    try withTerminal([
      "type 1", "key ENTER", "await the story has not begun", "row >", "type ?", "key ENTER",
      "await undo the last", "row >", "type 却说。", "key ENTER", "await 3 ", "row >", "type 7",
      "key ENTER", "await there is no proposal 7, only 3", "row >", "type w none/out", "key ENTER",
      "await none/out: cannot create", "row >", "type q!", "key ENTER",
    ]) { _, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
    }
  }

  @Test(arguments: [
    (["NO_COLOR": ""], true), (["NO_COLOR": "1"], false),
    (["NO_COLOR": "", "TERM": "dumb"], false),
  ])
  func coloursAreAMatterOfTaste(environment: [String: String], hasColours: Bool) throws {
    try withTerminal(
      ["row >", "type 却说。", "row > 却说。", "key ENTER", "row >", "type q!", "key ENTER"], environment
    ) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      #expect(place.text(of: "raw").contains("\u{1B}[36m1") == hasColours)
    }
  }

  @Test func controlCharactersDoNotReachTheTerminal() throws {
    try withTerminal(
      ["await 3 ", "row >", "type l", "key ENTER", "await 却", "row >", "type q!", "key ENTER"],
      beginning: "却\u{1B}]0;x\u{7}\u{9B}2J\u{202E}说。"
    ) { place, outcome in
      #expect(outcome.status == 0, "\(outcome.text)\(outcome.diagnostics)")
      #expect(outcome.text.contains(#"却\u{1B}]0;x\u{7}\u{9B}2J\u{202E}说。"#))
      let raw = place.text(of: "raw")
      for control in ["\u{1B}]", "\u{7}", "\u{9B}", "\u{202E}"] {
        #expect(!raw.utf8.contains(control.utf8))
      }
    }
  }

  /// Runs a session at a terminal.
  private func withTerminal(
    _ steps: [String], _ environment: [String: String] = [:], options: String = "--max-length 20",
    beginning: String? = nil, files: [String: String] = [:], fifos: [String] = [],
    _ body: (Workplace, Outcome) throws -> Void
  ) throws {
    let story = try Story.made()
    try withWorkplace { place in
      for (name, text) in files { place.write(text, to: name) }
      for name in fifos { try place.succeed("mkfifo \(name)") }
      if let beginning { place.write(beginning, to: "beginning") }
      let outcome = try place.runOnTerminal(
        "generate -i -m $STORY/story.safetensors --seed 7 \(options)"
          + (beginning == nil ? "" : " beginning"),
        ["await can be typed", "row >"] + steps,
        environment: story.environment.merging(environment) { $1 })
      try body(place, outcome)
    }
  }
}
