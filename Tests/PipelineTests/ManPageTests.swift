import Testing

/// The manual agrees with the tools.
@Suite struct ManPageTests {
  @Test(arguments: Tools.names)
  func thePageNamesTheOptions(tool: String) throws {
    let page = try #require(ManPage("\(tool).1"), "there is no man/\(tool).1")
    try withWorkplace { place in
      let options = try ToolOptions.of(tool, in: place).all
      #expect(options.contains("--help") && options.contains("--version"))
      #expect(options.subtracting(page.options).sorted() == [], "not in the page")
      #expect(page.options.subtracting(options).sorted() == [], "not in the tool")
    }
  }

  @Test(arguments: Tools.names)
  func helpNamesTheOptions(tool: String) throws {
    try withWorkplace { place in
      let options = try ToolOptions.of(tool, in: place).all
      var help = try place.succeed("\(tool) --help").text
      if tool == "vocab" {
        for command in [
          "count", "bpe", "phrases", "merge", "coverage", "export", "import", "encode", "decode",
          "cat",
        ] {
          help += try place.succeed("vocab \(command) --help").text
        }
      }
      for option in options { #expect(help.contains(option), "\(option)") }
    }
  }

  /// The examples of these pages go on from one to the next, with a model that is trained less.
  @Test func theExamplesWithAModelRun() throws {
    try withWorkplace { place in
      try place.succeed(
        """
        cp '\(Tools.package)/Examples/story.txt' story.txt
        head -n 20 story.txt | tokenize | tee a.tok b.tok c.tok > novel.tok
        vocab -o novel.vocab novel.tok 2> /dev/null
        """)
      for tool in ["train", "generate", "score"] {
        let page = try #require(ManPage("\(tool).1"))
        let examples = page.examples().flatMap { $0 }
        #expect(examples.contains { $0.command.contains(tool) })
        for example in examples {
          if example.command.hasPrefix("huaben-plot curves"), !Tools.have("gnuplot") { continue }
          let command = example.command.replacing(
            "--updates 600", with: "--updates 20 \(Story.small)"
          )
          .replacing("--time 10m", with: "--updates 2 \(Story.small)")
          let outcome = try place.run(command)
          #expect(outcome.status == 0, "\(command)\n\(outcome.diagnostics)")
          if tool == "score" {
            #expect(outcome.lines.count == splitLines(example.output).count, "\(command)")
          } else if command.hasPrefix("vocab"), !command.contains("train") {
            #expect(example.output == "" || outcome.diagnostics == example.output, "\(command)")
          } else if command.hasPrefix("train") {
            // What is said of the text does not depend on how the model is trained.
            let said = splitLines(example.output).filter {
              $0.hasPrefix("train: ") && !$0.contains(" parameters: ") && !$0.contains(": wrote ")
            }
            for line in said { #expect(outcome.diagnosticLines.contains(line), "\(command)") }
          }
        }
      }
    }
  }

  /// Examples that need no novel and no model; those of a page share a directory.
  @Test(arguments: ["tokenize", "detok", "vocab"])
  func theExamplesPrintWhatThePageSays(tool: String) throws {
    let page = try #require(ManPage("\(tool).1"))
    let examples = page.examples().flatMap { $0 }
    #expect(examples.count >= 3)
    try withWorkplace { place in
      for example in examples {
        let outcome = try place.run(example.command)
        #expect(outcome.status == 0, "\(example.command)\n\(outcome.diagnostics)")
        // The page ends a text without a line feed like any other.
        let text = outcome.text
        let output = text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
        #expect(output == example.output, "\(example.command)")
      }
    }
  }

  /// A word of a title or of a name that is also a macro, as Li or An, ends a page of groff's early.
  @Test(.enabled(if: Tools.have("groff"), "needs groff"), arguments: ManPage.names)
  func thePageIsWholeInGroff(name: String) throws {
    let page = try #require(ManPage(name))
    try withWorkplace { place in
      let outcome = try place.succeed(
        "groff -k -mandoc -T utf8 -rLL=80n -P -cbou '\(Tools.package)/man/\(name)'")
      let complaints = outcome.diagnosticLines.filter {
        $0.contains("macro") || $0.contains("diversion")
      }
      #expect(complaints == [])
      let date = try #require(page.arguments(of: "Dd").first)
      #expect(outcome.lines.last { $0 != "" }?.contains(date) == true, "the footer is missing")
      for section in page.arguments(of: "Sh") { #expect(outcome.lines.contains(section)) }
      // Lines are broken, and words at their ends; a letter with an accent is an escape.
      let letters = outcome.text.filter(\.isLetter)
      for cited in ["%A", "%T", "%B", "%J"].flatMap(page.arguments) where !cited.contains("\\") {
        #expect(letters.contains(cited.filter(\.isLetter)), "\(cited)")
      }
    }
  }
}
