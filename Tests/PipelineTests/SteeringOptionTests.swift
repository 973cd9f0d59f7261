import Testing

/// The options of generate that say what the text is to be.
@Suite struct SteeringOptionTests {
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
    let outcome = try steer("--acrostic 话本 --characters 1")
    #expect(outcome.status == 0)
    #expect(
      outcome.diagnostics.contains(
        "12 characters of --acrostic did not appear, as the text ended before; --stop, "))
    let family = try steer("--acrostic 👨\u{200D}👩\u{200D}👧 --max-length 5")
    #expect(family.diagnostics.contains("12 characters of --acrostic did not appear, "))
    #expect(try !steer("--acrostic 话本").diagnostics.contains("--acrostic"))
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
    let outcome = try steer("--dictionary names --sentences 1 --max-length 2", files: files)
    #expect(outcome.status == 0)
    #expect(
      outcome.diagnostics.contains(
        " names of --dictionary did not appear, '沈青', '贾半城', '龘龘'; more"))
    let many = ["names": "沈青\n" + (0..<5).map { "龘龘\($0)\n" }.joined()]
    let shown = try steer("--dictionary names --stop ， --stop 。 --max-length 9", files: many)
    #expect(shown.diagnostics.contains(" names of --dictionary did not appear, "))
    #expect(shown.diagnostics.contains(" others; more --sentences or"))
    let long = try steer(
      "--dictionary names --max-length 9", files: ["names": String(repeating: "龘", count: 99)])
    #expect(long.diagnostics.contains(", '\(String(repeating: "龘", count: 24))...'; more"))
  }

  @Test func namesComeBeforeParagraphsAndCharactersEndThePassage() throws {
    let names = ["沈青", "贾半城", "龘龘"]
    let files = ["names": names.joined(separator: "\n")]
    for limit in ["--paragraphs 1", "--characters 1", "--characters 9 --paragraphs 1"] {
      let outcome = try steer("--dictionary names \(limit)", files: files)
      #expect(outcome.status == 0 && !outcome.diagnostics.contains("--dictionary"))
    }
  }

  @Test func aPrefixWithoutRoomIsTold() throws {
    let outcome = try steer("--prefix 龘龘龘龘 --max-length 5 --sentences 2")
    #expect(outcome.status == 0)
    #expect(
      outcome.diagnostics.contains(
        "12 answers broken off within the text of --prefix; a greater --max-length makes room, "))
    let stopped = try steer("--prefix 沈 --stop 沈青 --bias bias", files: ["bias": "沈青 99\n"])
    #expect(stopped.diagnostics.contains(" answers broken off within the text of --prefix; "))
    #expect(try !steer("--prefix 龘 --max-length 5").diagnostics.contains("--prefix"))
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
    let lines = try steer("--lines --stop ，", prompts: "却 说\n沈青 道\n")
    #expect(lines.lines.count == 2)
    let paragraphs = try steer("--paragraphs 2 --characters 100000", prompts: "却 说\n\n")
    #expect(paragraphs.lines.count(where: \.isEmpty) == 2 && paragraphs.lines.last == "")
  }

  @Test func givenTextIsWrittenAsItIs() throws {
    let lines = ["沈青 笑 道", "<0xE9> <0xBE> <0x98> ， 说", "a \\t ▁b", ""]
    let prompts = "却 说\n沈青\n人\n\n"
    let files = ["given": lines.joined(separator: "\n") + "\n"]
    let outcome = try steer("--lines --force given", prompts: prompts, files: files)
    #expect(outcome.status == 0 && outcome.diagnostics == "")
    let texts = outcome.lines.map { $0.replacing(" ", with: "") }
    #expect(texts == ["沈青笑道", "龘，说", "a\\t▁b", ""])
    let passages = ["given": "沈青 道\n说\n\n人\n\n"]
    let paragraphs = try steer(
      "--force given", prompts: "却 说\n\n沈青\n\n", files: passages)
    #expect(paragraphs.text.replacing(" ", with: "") == "沈青道\n说\n\n人\n\n")
    let missing = try steer("--lines --force given", prompts: "却\n说\n人\n道\n却\n", files: files)
    #expect(missing.status == 65)
    #expect(
      missing.diagnosticLines == [
        "generate: given:5: ends before the prompts do; --force takes a passage for each"
      ])
    #expect(missing.lines.count == 4, "what could be written is")
    let surplus = try steer("--lines --force given", prompts: "却\n", files: files)
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
        try steer("\(options) \($0)", files: files)
      }
      #expect(outputs.allSatisfy { $0.status == 0 && !$0.output.isEmpty })
      #expect(Set(outputs.map(\.output)).count == 1, "\(options)")
    }
  }

  @Test func whatIsSearchedForIsSteeredToo() throws {
    let files = ["bias": "，\tban\n说\tban\n", "names": "沈青\n龘\n"]
    let options = "--beam-size 3 --prefix 贾， --acrostic 贾龘"
    try steer("\(options) --bias bias", files: files)
      .expectFailure(64, "generate", saying: "--bias bans: '贾，'")
    for answer in try text(
      "--beam-size 3 --acrostic 贾龘 --bias bias --dictionary names", files: files)
    {
      #expect(answer.map { $0.prefix(1) } == ["贾", "龘"])
      let whole = answer.joined()
      #expect(whole.contains("沈青") && !whole.contains("，") && !whole.contains("说"))
    }
  }

  @Test func filesOfNoLinesAskForNothing() throws {
    let free = try steer("--sentences 2").output
    for text in ["", "\n# nothing\n", "\u{FEFF}", "\r\n"] {
      for option in ["--dictionary", "--bias"] {
        let outcome = try steer("--sentences 2 \(option) file", files: ["file": text])
        #expect(outcome.status == 0 && outcome.output == free, "\(option) \(text)")
      }
    }
  }

  @Test func everyAnswerOfAListIsHeldToItsOptions() throws {
    let options = "--lines --n-best 3 --max-length 2 --dictionary names"
    let outcome = try steer(options, prompts: "却 说\n", files: ["names": "龘龘\n"])
    #expect(outcome.status == 0 && outcome.lines.count == 3)
    #expect(outcome.diagnostics.contains("3 names of --dictionary did not appear, '龘龘'; "))
    for search in ["", "--beam-size 3", "--beam-size 3 --stochastic-beam"] {
      let rows = try steer(
        "--lines --n-best 3 --acrostic 沈 \(search) --dictionary names", prompts: "却 说\n人\n",
        files: ["names": "贾半城\n"]
      ).lines.map { $0.split(separator: "\t").map(String.init) }
      #expect(rows.count >= 2 && rows.allSatisfy { $0.count == 3 })
      for row in rows {
        let text = Self.joined(row[2])
        #expect(text.hasPrefix("沈") && text.contains("贾半城"), "\(search): \(text)")
      }
    }
  }

  @Test func whatCannotGoOnIsBrokenOff() throws {
    // So short a verse has no room for so many tokens.
    let prompts = String(repeating: "却 说\n", count: 10)
    let outcome = try steer("--lines --verse 1 --min-length 30", prompts: prompts)
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
    let prompts = areLines ? steeringPrompts.replacing("\n\n", with: "\n") : steeringPrompts
    let outcome = try steer(options, prompts: prompts, files: files)
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
    let outcome = try steer(
      options, prompts: String(repeating: "\n", count: number) + "\(prompt)\n\n", files: files)
    return outcome.lines.filter { !$0.isEmpty }.map(Self.joined)
  }

  /// The text of a token line that has no escapes.
  private static func joined(_ line: String) -> String {
    line.replacing(" ", with: "").replacing("▁", with: " ")
  }
}

extension String {
  /// How often a string stands in this one.
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
