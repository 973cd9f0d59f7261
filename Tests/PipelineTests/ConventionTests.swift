import Testing

/// What all tools have in common: inputs, outputs, exit statuses, diagnostics.
@Suite struct ConventionTests {
  @Test(arguments: Filter.allCases)
  func standardInputAndFilesAreTheSame(filter: Filter) throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        \(filter.command) \(filter.input) > expected
        test -s expected
        \(filter.command) < \(filter.input) | cmp - expected
        \(filter.command) - < \(filter.input) | cmp - expected
        cat \(filter.input) | \(filter.command) | cmp - expected
        \(filter.command) -o file \(filter.input) > nothing
        cmp file expected
        test ! -s nothing
        \(filter.command) --output file2 - < \(filter.input) && cmp file2 expected
        \(filter.command) -o - \(filter.input) | cmp - expected
        """, environment: story.environment)
    }
  }

  @Test(arguments: Filter.allCases)
  func aWrongOptionIsAMistakeOfUsage(filter: Filter) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = "\(filter.command) --no-such-option \(filter.input)"
      let outcome = try place.run(script, environment: story.environment)
      outcome.expectFailure(
        64, filter.tool, saying: "--no-such-option", "see '\(filter.rawValue) --help'")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func anArgumentThatIsNoTextIsRefused() throws {
    try withWorkplace { place in
      let outcome = try place.run("tokenize -o out $'\\xB8'")
      outcome.expectFailure(64, "tokenize", saying: "argument 3 is not valid UTF-8")
    }
  }

  @Test(arguments: Filter.allCases)
  func aDiagnosticHasNothingThatATerminalObeys(filter: Filter) throws {
    let story = try Story.made()
    try withWorkplace { place in
      // ESC, a tab, the C1 form of ESC [, and an override of the text's direction.
      let outcome = try place.run(
        #"\#(filter.command) "$(printf 'a\033\t\302\233\342\200\256b')""#,
        environment: story.environment)
      outcome.expectFailure(66, filter.tool, saying: #"a\u{1B}\u{9}\u{9B}\u{202E}b: "#)
    }
  }

  @Test func aNegativeNumberIsToldHowToWrite() throws {
    try withWorkplace { place in
      let outcome = try place.run("generate -m model --temperature -1")
      outcome.expectFailure(64, "generate", saying: "missing value", "'--temperature=-1'")
      try place.run("generate -m model --temperature=-1")
        .expectFailure(64, "generate", saying: "--temperature takes a number from 0")
    }
  }

  @Test(arguments: Filter.allCases)
  func helpAndVersionGoToStandardOutput(filter: Filter) throws {
    try withWorkplace { place in
      let help = try place.succeed("\(filter.rawValue) --help")
      #expect(help.text.contains("USAGE") && help.diagnostics == "")
      let version = try place.succeed("\(filter.rawValue) --version")
      #expect(version.lines.count == 1 && version.text.hasPrefix("\(filter.tool) (huaben) "))
    }
  }

  @Test(arguments: Filter.allCases)
  func aMissingInputIsNamed(filter: Filter) throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("old", to: "out")
      let script = "\(filter.command) -o out nowhere/missing"
      let outcome = try place.run(script, environment: story.environment)
      outcome.expectFailure(66, filter.tool, saying: "nowhere/missing: no such file or directory")
      #expect(place.text(of: "out") == "old")
      let directory = try place.run("\(filter.command) tmp", environment: story.environment)
      directory.expectFailure(66, filter.tool, saying: "tmp: is a directory")
    }
  }

  @Test(arguments: ["generate", "score"])
  func aMissingModelIsNamed(tool: String) throws {
    try withWorkplace { place in
      try place.run("\(tool) -m missing").expectFailure(66, tool, saying: "missing: no such file")
    }
  }

  @Test func theToolThatNeedsAModelAsksForIt() throws {
    try withWorkplace { place in
      try place.run("generate").expectFailure(64, "generate", saying: "--model")
    }
  }

  @Test(arguments: Filter.allCases)
  func anOutputInNoDirectoryCannotBeCreated(filter: Filter) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = "\(filter.command) -o nowhere/out \(filter.input)"
      let outcome = try place.run(script, environment: story.environment)
      outcome.expectFailure(73, filter.tool, saying: "nowhere/out: cannot create")
      let onDirectory = try place.run(
        "\(filter.command) -o tmp \(filter.input)", environment: story.environment)
      onDirectory.expectFailure(73, filter.tool, saying: "tmp: cannot create: is a directory")
    }
  }

  @Test(arguments: Filter.allCases, ["> /dev/full", "-o /dev/full"])
  func aFullDiskIsNamed(filter: Filter, redirection: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = "\(filter.command) \(redirection) \(filter.input)"
      let outcome = try place.run(script, environment: story.environment)
      #expect(outcome.status == 74, "\(outcome.diagnostics)")
      let last = try #require(outcome.diagnosticLines.last)
      #expect(last.hasPrefix("\(filter.tool): ") && last.contains("no space left on device"))
    }
  }

  @Test(arguments: Filter.allCases.filter(\.readsTokenLines))
  func badTokenLinesAreRefusedWithTheirPlace(filter: Filter) throws {
    let story = try Story.made()
    try withWorkplace { place in
      for (bytes, position, reason) in [
        ("却 说\n话  本\n", "2:5", "empty token"), ("却 说\n \n", "2:1", "empty token"),
        ("却 说 \n", "1:8", "empty token"), ("却 说\r\n", "1:8", "lines end in LF alone"),
        ("却 <p>\n", "1:5", "reserved"), ("a \\q\n", "1:3", "escape"),
      ] {
        place.write(bytes, to: "bad.tok")
        let script = "\(filter.command) -o out bad.tok"
        let outcome = try place.run(script, environment: story.environment)
        outcome.expectFailure(65, filter.tool, saying: "bad.tok:\(position): ", reason)
        #expect(!place.exists("out"))
      }
      place.write([0x61, 0x20, 0xFF, 0x0A], to: "bad.tok")
      let outcome = try place.run("\(filter.command) bad.tok", environment: story.environment)
      outcome.expectFailure(65, filter.tool, saying: "bad.tok:1:3: ", "UTF-8")
    }
  }

  @Test func badTextIsRefusedWithItsPlace() throws {
    try withWorkplace { place in
      place.write([0x61, 0x0A, 0xE4, 0xBD, 0xA0, 0xFF, 0x0A], to: "bad.txt")
      let outcome = try place.run("tokenize -o out bad.txt")
      outcome.expectFailure(65, "tokenize", saying: "bad.txt:2:4: byte 0xFF", "--invalid escape")
      #expect(!place.exists("out"))
    }
  }
}
