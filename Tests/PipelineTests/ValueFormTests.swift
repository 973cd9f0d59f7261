import Testing

/// A value that cannot be read is answered by the form that is wanted.
@Suite struct ValueFormTests {
  @Test(arguments: [
    ("--dec-depth 1.5", "'--dec-depth <n>': expected a whole number; see"),
    ("--updates 99999999999999999999", "expected a number that is not as large"),
    ("--epochs many", "expected a number;"), ("--dropout a-third", "expected a number;"),
    ("--time 5x", "expected a duration such as 90s, 10m or 1.5h"),
    ("--valid-freq 5x", "expected a duration such as 60s, or a number of updates such as 500u"),
    ("--adaptive-softmax-cutoff 500,abc", "such as 2000 or 2000,8000"),
    ("--cell lstn", "'lstm' or 'gru'"),
  ])
  func theFormIsSaid(option: String, reason: String) throws {
    try withWorkplace { place in
      try place.run("train \(option) -o out").expectFailure(64, "train", saying: reason)
    }
  }

  @Test(arguments: ["tokenize", "train", "generate", "score"])
  func noOptionOnlySaysThatAValueIsInvalid(tool: String) throws {
    try withWorkplace { place in
      for option in try ToolOptions.of(tool, in: place).long where option.takesValue {
        let outcome = try place.run("\(tool) \(option.name)=1.5x,")
        let isSilent =
          outcome.diagnostics.contains("is invalid for") && outcome.diagnostics.contains(">'; see")
        #expect(!isSilent, "\(outcome.diagnostics)")
      }
    }
  }
}
