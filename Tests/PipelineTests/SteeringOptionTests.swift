import Testing

/// The options of generate that say what the text is to be.
@Suite struct SteeringOptionTests {
  private static let generate = "generate -m $STORY/story.safetensors --seed 7 --max-length 60"
  private static let prompts = String(repeating: "却 说\n\n沈青 道\n\n", count: 6)

  @Test func everyAnswerBeginsWithThePrefix() throws {
    for prefix in ["沈青", "龘🐉 x", "“  a"] {
      for options in ["--lines", "--sentences 2"] {
        let answers = try text(options, "--prefix '\(prefix)'")
        #expect(answers.count == 12)
        for answer in answers { #expect(answer.first?.hasPrefix(prefix) == true, "\(answer)") }
      }
    }
  }

  @Test func sentencesBeginWithTheCharactersOfAnAcrostic() throws {
    for answer in try text("--acrostic 话龘本") {
      #expect(answer.map { $0.prefix(1) } == ["话", "龘", "本"])
    }
    for answer in try text("--acrostic 话本 --sentences 3") {
      #expect(answer.count == 3 && answer.prefix(2).map { $0.prefix(1) } == ["话", "本"])
    }
    for answer in try text("--acrostic 话 --lines") { #expect(answer[0].hasPrefix("话")) }
  }

  @Test func anAcrosticThatEndsTooSoonIsTold() throws {
    let outcome = try run("--acrostic 话本 --characters 1")
    #expect(outcome.status == 0)
    #expect(
      outcome.diagnostics.contains("12 characters of --acrostic did not appear, as the passage"))
    #expect(try !run("--acrostic 话本").diagnostics.contains("--acrostic"))
  }

  @Test func versesHaveTheirClauses() throws {
    for sentence in try text("--verse 7,5 --max-length 100").joined() {
      let clauses = sentence.split { !$0.isLetter && !$0.isNumber }.map(\.count)
      #expect(clauses == [7, 5], "\(sentence)")
    }
  }

  @Test func bannedWordsDoNotCome() throws {
    let free = try text("").joined().joined()
    let words = ["，", "。", "沈青", "不", "说道"].filter { free.contains($0) }
    #expect(words.count > 2)
    let files = ["bias": words.map { "\($0)\tban\n" }.joined()]
    let banned = try text("--bias bias", files: files).joined().joined()
    for word in words { #expect(!banned.contains(word)) }
    let raised = try text("--bias bias", files: ["bias": "银子 6\n"]).joined().joined()
    #expect(raised.components(of: "银子") > 3 * free.components(of: "银子"))
  }

  @Test func namesAppearInEveryPassage() throws {
    let names = ["沈青", "贾半城", "龘龘"]
    let files = ["names": names.joined(separator: "\n")]
    for answer in try text("--dictionary names --sentences 2", files: files) {
      for name in names { #expect(answer.joined().contains(name)) }
    }
    for answer in try text("--dictionary names --lines", files: files) {
      for name in names { #expect(answer[0].contains(name)) }
    }
    let outcome = try run("--dictionary names --sentences 1 --max-length 2", files: files)
    #expect(outcome.status == 0)
    #expect(
      outcome.diagnostics.contains(
        " names of --dictionary did not appear, '沈青', '贾半城', '龘龘'; more"))
    let many = ["names": "沈青\n" + (0..<5).map { "龘龘\($0)\n" }.joined()]
    let shown = try run("--dictionary names --stop ， --stop 。 --max-length 9", files: many)
    #expect(shown.diagnostics.contains(" names of --dictionary did not appear, "))
    #expect(shown.diagnostics.contains(" others; more --sentences or"))
  }

  @Test func namesComeBeforeParagraphsAndCharactersEndThePassage() throws {
    let names = ["沈青", "贾半城", "龘龘"]
    let files = ["names": names.joined(separator: "\n")]
    for limit in ["--paragraphs 1", "--characters 1", "--characters 9 --paragraphs 1"] {
      let outcome = try run("--dictionary names \(limit)", files: files)
      #expect(outcome.status == 0 && !outcome.diagnostics.contains("--dictionary"))
    }
  }

  @Test func aPrefixWithoutRoomIsTold() throws {
    let outcome = try run("--prefix 龘龘龘龘 --max-length 5 --sentences 2")
    #expect(outcome.status == 0)
    #expect(
      outcome.diagnostics.contains(
        "12 answers broken off within the text of --prefix; a greater --max-length makes room"))
    #expect(try !run("--prefix 龘 --max-length 5").diagnostics.contains("--prefix"))
  }

  @Test func whiteSpaceOfAnAcrosticBeginsNothing() throws {
    for answer in try text("--acrostic ' 话 \u{3000}本'") {
      #expect(answer.map { $0.prefix(1) } == ["话", "本"])
    }
  }

  @Test func aGreatBiasLeavesNamesTheirPlace() throws {
    let files = ["names": "贾半城\n", "bias": "沈青 1000\n"]
    let answers = try text("--dictionary names --bias bias --sentences 2", files: files)
    for answer in answers { #expect(answer.joined().contains("贾半城")) }
  }

  @Test func passagesEndWhereTheyAreToldTo() throws {
    let free = try text("--sentences 8")
    let limited = try text("--characters 40")
    for (whole, answer) in zip(free, limited) where answer.count <= 8 {
      #expect(whole.starts(with: answer))
      #expect(answer.joined().unicodeScalars.count >= 40)
      #expect(answer.dropLast().joined().unicodeScalars.count < 40)
    }
    let stopped = try text("--sentences 8 --stop ， --stop 道")
    for (whole, answer) in zip(free, stopped) {
      let end = whole.joined().prefix { $0 != "，" && $0 != "道" }
      #expect(answer.joined() == end)
    }
    let lines = try run("--lines --stop ，", prompts: "却 说\n沈青 道\n")
    #expect(lines.lines.count == 2)
    let paragraphs = try run("--paragraphs 2 --characters 100000", prompts: "却 说\n\n")
    #expect(paragraphs.lines.count(where: \.isEmpty) == 2 && paragraphs.lines.last == "")
  }

  @Test func givenTextIsWrittenAsItIs() throws {
    let lines = ["沈青 笑 道", "<0xE9> <0xBE> <0x98> ， 说", "a \\t ▁b", ""]
    let prompts = "却 说\n沈青\n人\n\n"
    let files = ["given": lines.joined(separator: "\n") + "\n"]
    let outcome = try run("--lines --force given", prompts: prompts, files: files)
    #expect(outcome.status == 0 && outcome.diagnostics == "")
    let texts = outcome.lines.map { $0.replacing(" ", with: "") }
    #expect(texts == ["沈青笑道", "龘，说", "a\\t▁b", ""])
    let passages = ["given": "沈青 道\n说\n\n人\n\n"]
    let paragraphs = try run(
      "--force given", prompts: "却 说\n\n沈青\n\n", files: passages)
    #expect(paragraphs.text.replacing(" ", with: "") == "沈青道\n说\n\n人\n\n")
    let missing = try run("--lines --force given", prompts: "却\n说\n人\n道\n却\n", files: files)
    #expect(missing.status == 65)
    #expect(
      missing.diagnosticLines == [
        "generate: given:5: ends before the prompts do; --force takes a passage for each"
      ])
    #expect(missing.lines.count == 4, "what could be written is")
    let surplus = try run("--lines --force given", prompts: "却\n", files: files)
    #expect(surplus.status == 0)
    #expect(
      surplus.diagnosticLines == [
        "generate: 3 passages of given left over; --force takes one for each prompt"
      ])
  }

  @Test func theTextDependsOnNothingElse() throws {
    let files = ["names": "沈青\n龘\n", "bias": "银子 2\n的 ban\n"]
    for options in [
      "--prefix 沈", "--acrostic 话本", "--verse 5,5", "--bias bias", "--dictionary names",
      "--stop ，", "--characters 50",
    ] {
      let outputs = try ["--mini-batch 1 -j 1", "--mini-batch 5 -j 1", "--mini-batch 7 -j 3"].map {
        try run("\(options) \($0)", files: files)
      }
      #expect(outputs.allSatisfy { $0.status == 0 && !$0.output.isEmpty })
      #expect(Set(outputs.map(\.output)).count == 1, "\(options)")
    }
  }

  @Test(arguments: [
    ("--prefix ''", "--prefix"), ("--stop ''", "--stop"), ("--acrostic ''", "--acrostic"),
    ("--verse 7,x", "--verse"), ("--verse 0,7", "clauses of 1 to 1000 characters"),
    ("--sentences 9223372036854775807", "--sentences takes a number from 1 to 1000000000"),
    ("--paragraphs 1000000001", "--paragraphs"), ("--characters 1000000001", "--characters"),
    ("--acrostic ' '", "--acrostic takes text, not white space alone"),
    ("--characters 0", "--characters"),
    ("--paragraphs 0", "--paragraphs"), ("--sentences 0", "--sentences"),
    ("--lines --paragraphs 2", "--paragraphs"), ("--lines --characters 2", "--characters"),
    ("--lines --acrostic 话本", "--acrostic"), ("--prefix 沈 --acrostic 话本", "'话'"),
    ("--acrostic 话本 --sentences 1", "--sentences allows 1"),
    ("--prefix $'a\\nb'", "line feed"), ("--prefix 沈， --verse 7", "--prefix"),
    ("--acrostic ， --verse 7", "--acrostic"), ("--force bias --prefix 沈", "leave out --prefix"),
    ("--force bias --sentences 2", "--force"), ("--force bias --stop x", "--force"),
    ("--bias bias --prefix 沈青山", "--bias"), ("--bias bias --acrostic 龘", "--bias"),
    ("--bias bias --dictionary names", "--dictionary"), ("--stop 青 --prefix 沈青", "--stop"),
    ("--verse 2 --dictionary names", "--verse"),
    ("--bias - --dictionary -", "--dictionary and --bias cannot both"),
    ("--bias - -", "the prompts and --bias cannot both"), ("-i --prefix 沈", "--prefix"),
    ("-i --stop 沈", "--stop"),
    ("-i --characters 9", "--characters"), ("-i --dictionary names", "--dictionary"),
  ])
  func contradictionsAreRefused(options: String, part: String) throws {
    let outcome = try run(options, files: ["bias": "龘 ban\n青山 ban\n", "names": "沈青山\n"])
    outcome.expectFailure(64, "generate", saying: part)
  }

  @Test func wrongFilesAreNamedByTheirPlace() throws {
    for (option, text, place) in [
      ("--bias", "沈青 1\n的\tx\n", "file:2:5: expected a bias"),
      ("--dictionary", "沈青\na\\q\n", "file:2:2: bad escape"),
      ("--dictionary", "沈青 3 nr\nMary Ann\n", "file:2:6: expected a weight, found 'Ann'; a space"),
      ("--lines --force", "沈 青\n沈  青\n", "file:2:5: empty token"),
    ] {
      try run("\(option) file", files: ["file": text])
        .expectFailure(65, "generate", saying: place)
      try run("\(option) none").expectFailure(66, "generate", saying: "none: ")
    }
  }

  @Test func whatIsSearchedForIsSteeredToo() throws {
    let files = ["bias": "，\tban\n说\tban\n", "names": "沈青\n龘\n"]
    let options = "--beam-size 3 --prefix 贾， --acrostic 贾龘"
    try run("\(options) --bias bias", files: files)
      .expectFailure(64, "generate", saying: "--bias bans: '贾，'")
    for answer in try text(
      "--beam-size 3 --acrostic 贾龘 --bias bias --dictionary names", files: files)
    {
      #expect(answer.map { $0.prefix(1) } == ["贾", "龘"])
      let whole = answer.joined()
      #expect(whole.contains("沈青") && !whole.contains("，") && !whole.contains("说"))
    }
  }

  @Test func whatCannotGoOnIsBrokenOff() throws {
    // So short a verse has no room for so many tokens.
    let prompts = String(repeating: "却 说\n", count: 10)
    let outcome = try run("--lines --verse 1 --min-length 30", prompts: prompts)
    #expect(outcome.status == 0 && outcome.lines.count == 10)
    #expect(
      outcome.diagnostics.contains(
        "sentences broken off, as no token was allowed; some options rule out"))
  }

  /// The answers' sentences as text, without the spaces between their tokens.
  private func text(
    _ options: String..., files: [String: String] = [:]
  ) throws -> [[String]] {
    let options = options.joined(separator: " ")
    let areLines = options.contains("--lines")
    let prompts = areLines ? Self.prompts.replacing("\n\n", with: "\n") : Self.prompts
    let outcome = try run(options, prompts: prompts, files: files)
    #expect(outcome.status == 0, "\(outcome.diagnostics)")
    let lines = outcome.lines.map(Self.joined)
    if areLines { return lines.map { [$0] } }
    // A prompt at a time, as an empty line ends an answer or a paragraph of it.
    let answers = try (0..<12).map { try answer($0, options, files) }
    #expect(answers.joined().elementsEqual(lines.filter { !$0.isEmpty }))
    return answers
  }

  /// The sentences that answer one of the prompts; those before it have empty ones.
  private func answer(
    _ number: Int, _ options: String, _ files: [String: String]
  ) throws -> [String] {
    let prompt = number.isMultiple(of: 2) ? "却 说" : "沈青 道"
    let outcome = try run(
      options, prompts: String(repeating: "\n", count: number) + "\(prompt)\n\n", files: files)
    return outcome.lines.filter { !$0.isEmpty }.map(Self.joined)
  }

  /// The text of a token line that has no escapes.
  private static func joined(_ line: String) -> String {
    line.replacing(" ", with: "").replacing("▁", with: " ")
  }

  private func run(
    _ options: String, prompts: String = Self.prompts, files: [String: String] = [:]
  ) throws -> Outcome {
    let story = try Story.made()
    let place = try Workplace()
    defer { place.remove() }
    for (name, text) in files { place.write(text, to: name) }
    place.write(prompts, to: "prompts")
    return try place.run(
      "\(Self.generate) \(options) \(options.hasSuffix(" -") ? "" : "prompts")",
      environment: story.environment)
  }
}

extension String {
  /// How often a string stands in this one.
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
