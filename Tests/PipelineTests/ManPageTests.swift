import Testing

/// The manual agrees with the tools.
@Suite struct ManPageTests {
  @Test(arguments: Tools.names.filter { ManPage("\($0).1") != nil })
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
        for command in ["count", "encode", "decode", "cat"] {
          help += try place.succeed("vocab \(command) --help").text
        }
      }
      for option in options { #expect(help.contains(option), "\(option)") }
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
}
