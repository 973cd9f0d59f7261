import Testing

/// How `generate` chooses tokens, and what keeps it from repeating itself.
@Suite struct SamplingOptionTests {
  private static let generate = "generate -m $STORY/story.safetensors --max-length 30"
  private static let penalties =
    "--repetition-penalty 1.2 --presence-penalty 0.3 --frequency-penalty -0.1 "
    + "--no-repeat-ngram-size 3 --repetition-window 90 --min-length 5"

  @Test(arguments: [
    "--top-k 40 --top-p 0.95 --min-p 0.01 --typical 0.9 --temperature 1.1",
    "--mirostat 4 --mirostat-eta 0.2",
  ])
  func theTextDoesNotDependOnHowItIsMade(options: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      for number in 0..<7 { place.write("却 说\n\n沈青 道\n听\n\n", to: "prompt\(number)") }
      let write = "\(Self.generate) --seed 3 \(options) \(Self.penalties)"
      try place.succeed(
        """
        \(write) -j 1 --mini-batch 1 prompt? > one
        \(write) -j 1 --mini-batch 5 prompt? | cmp - one
        \(write) -j 2 --mini-batch 64 prompt? | cmp - one
        \(Self.generate) --seed 3 -j 1 prompt? > plain
        ! cmp -s plain one
        """, environment: story.environment)
    }
  }

  @Test func whatIsLeftToOneTokenIsTheLikeliest() throws {
    let greedy = try write("--temperature 0")
    #expect(!greedy.diagnostics.contains("--seed"), "no seed matters")
    for options in ["--top-p 0", "--top-k 1", "--min-p 1"] {
      let outcome = try write(options)
      #expect(outcome.output == greedy.output, "\(options)")
    }
    // Even so what is likeliest may change.
    for options in [
      "--repetition-penalty 1.5", "--presence-penalty 1", "--frequency-penalty 1",
      "--no-repeat-ngram-size 1",
    ] {
      let outcome = try write("--temperature 0 \(options)")
      #expect(outcome.output != greedy.output, "\(options)")
      #expect(variety(outcome) > variety(greedy), "\(options)")
    }
    // One token is left of those that typical keeps, which need not be the likeliest.
    #expect(try write("--typical 0").output != greedy.output)
  }

  @Test(arguments: ["--min-p 0.2", "--typical 0.5", "--mirostat 2"])
  func eachWayOfSamplingChangesTheText(options: String) throws {
    let plain = try write("--seed 5")
    let other = try write("--seed 5 \(options)")
    #expect(other.status == 0 && other.output != plain.output)
    #expect(other.diagnostics.contains("--seed 5"))
  }

  @Test func noSentenceIsTooShort() throws {
    func lengths(_ options: String) throws -> [Int] {
      try write("--seed 5 --sentences 60 \(options)").lines.filter { !$0.isEmpty }
        .map { $0.split(separator: " ").count }
    }
    #expect(try lengths("").contains { $0 < 7 })
    #expect(try lengths("--min-length 7").allSatisfy { $0 >= 7 })
    #expect(try lengths("--min-length 30").allSatisfy { $0 == 30 })
    try write("--min-length 31").expectFailure(64, "generate", saying: "above --max-length 30")
  }

  @Test func noNGramComesAgain() throws {
    func repetitions(_ options: String) throws -> Int {
      let passage = try write(
        "--seed 5 --temperature 0.6 --sentences 40 --repetition-window 5000 \(options)")
      var tokens = ["却", "说"]
      for line in passage.lines {
        tokens += line.isEmpty ? ["<p>"] : line.split(separator: " ").map { String($0) }
      }
      var seen: Set<[String]> = []
      return zip(tokens, tokens.dropFirst())
        .count { $1 != "<p>" && !seen.insert([$0, $1]).inserted }
    }
    #expect(try repetitions("--presence-penalty 0.01") > 20)
    #expect(try repetitions("--no-repeat-ngram-size 2") == 0)
  }

  @Test func mirostatSetsTheSurprise() throws {
    let story = try Story.made()
    func natsPerToken(_ target: Int) throws -> Double {
      try withPlace { place in
        let outcome = try place.succeed(
          """
          echo 却 说 | \(Self.generate) --seed 5 --sentences 60 --mirostat \(target) |
            score -m $STORY/story.safetensors --per-line |
            awk 'NR > 1 { tokens += $1; nats += $3 } END { print int(1000 * nats / tokens) }'
          """, environment: story.environment)
        return try #require(Double(outcome.lines[0])) / 1000
      }
    }
    let low = try natsPerToken(2)
    let high = try natsPerToken(5)
    #expect(low + 1 < high, "\(low) and \(high) nats")
  }

  @Test(arguments: [
    ("--temperature nan", "--temperature takes a number from 0 to 1000"),
    ("--top-k -1", "--top-k"), ("--top-p nan", "--top-p takes a number from 0 to 1"),
    ("--top-p 1.1", "--top-p takes"), ("--min-p nan", "--min-p takes a number from 0 to 1"),
    ("--min-p 2", "--min-p takes"), ("--typical nan", "--typical takes a number from 0 to 1"),
    ("--typical 1.5", "--typical takes"), ("--mirostat nan", "--mirostat takes a number above 0"),
    ("--mirostat 0", "--mirostat takes"), ("--mirostat 101", "--mirostat takes"),
    ("--mirostat 3 --mirostat-eta nan", "--mirostat-eta takes a number above 0, up to 1"),
    ("--mirostat 3 --mirostat-eta 0", "--mirostat-eta takes"),
    ("--mirostat-eta 0.1", "is for --mirostat"),
    ("--mirostat 3 --top-p 0.9", "takes the place of --top-p"),
    ("--mirostat 3 --top-k 0", "takes the place of --top-k"),
    ("--mirostat 3 --min-p 0", "takes the place of --min-p"),
    ("--mirostat 3 --typical 1", "takes the place of --typical"),
    ("--min-length 0", "--min-length takes a number from 1"),
    ("--min-length 50 --max-length 49", "--min-length 50 is above --max-length 49"),
    ("--repetition-penalty nan", "--repetition-penalty takes a number from 0.001"),
    ("--repetition-penalty 0", "--repetition-penalty takes"),
    ("--repetition-penalty inf", "--repetition-penalty takes"),
    ("--presence-penalty nan", "--presence-penalty takes a number from -100 to 100"),
    ("--frequency-penalty -1e9", "--frequency-penalty takes"),
    ("--frequency-penalty inf", "--frequency-penalty takes"),
    ("--no-repeat-ngram-size -1", "--no-repeat-ngram-size"),
    ("--no-repeat-ngram-size 300", "wants a --repetition-window as large"),
    ("--no-repeat-ngram-size 2 --repetition-window 0", "--repetition-window takes"),
    ("--temperature 0 --repetition-window 9", "is for a penalty or --no-repeat-ngram-size"),
  ])
  func mistakesOfUsage(options: String, reason: String) throws {
    try withWorkplace { place in
      let outcome = try place.run("generate -m nowhere \(options) < /dev/null")
      outcome.expectFailure(64, "generate", saying: reason)
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func theModelsGreatestLengthIsRespected() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.run(
        "generate -m $STORY/story.safetensors --min-length 101 < /dev/null",
        environment: story.environment
      )
      .expectFailure(64, "generate", saying: "greatest length, 100; give --max-length too")
    }
  }

  /// How many different tokens there are, of all that were written.
  private func variety(_ outcome: Outcome) -> Double {
    let tokens = outcome.lines.flatMap { $0.split(separator: " ") }
    return Double(Set(tokens).count) / Double(max(1, tokens.count))
  }

  /// What the small model says to a prompt.
  private func write(_ options: String) throws -> Outcome {
    let story = try Story.made()
    return try withPlace { place in
      try place.run("echo 却 说 | \(Self.generate) \(options)", environment: story.environment)
    }
  }

  private func withPlace<Result>(_ body: (Workplace) throws -> Result) throws -> Result {
    let place = try Workplace()
    defer { place.remove() }
    return try body(place)
  }
}
