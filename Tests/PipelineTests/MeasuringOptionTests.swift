import Testing

/// Beside `--benchmark` and `--self-check` no option is ignored in silence: it has an effect or is
/// refused.
@Suite struct MeasuringOptionTests {
  private static let kinds: Set = [
    "--cell", "--enc-type", "--enc-depth", "--dec-depth", "--residual", "--layer-normalization",
    "--reverse-source", "--bridge", "--readout", "--embeddings", "--attention", "--fixed-context",
    "--attention-state", "--attention-window", "--input-feeding", "--coverage", "--coverage-loss",
  ]
  private static let benchmarkOptions: Set = [
    "--preset", "--scale", "--dim-emb", "--dim-rnn", "--dim-att", "--max-length", "--mini-batch",
    "--optimizer", "--momentum", "--vocab-size", "--profile", "--threads", "--output",
  ]
  private static let selfCheckOptions: Set = [
    "--preset", "--dropout", "--dropout-rnn", "--adaptive-softmax-cutoff",
    "--adaptive-softmax-factor", "--seed", "--output",
  ]

  @Test(arguments: [
    ("--benchmark", kinds.union(benchmarkOptions)), ("--self-check", kinds.union(selfCheckOptions)),
  ])
  func whatWouldBeIgnoredIsRefused(measurement: String, effective: Set<String>) throws {
    try withWorkplace { place in
      let options = try TrainOption.all(in: place).filter {
        !["--benchmark", "--self-check"].contains($0.name) && !effective.contains($0.flag)
      }
      #expect(options.count > 25)
      for option in options {
        let companions = option.companions.replacing("--benchmark", with: "")
        let outcome = try place.run("train \(measurement) \(option.text) \(companions)")
        if option.name == "--vocab-size" {
          outcome.expectFailure(64, "train", saying: "--vocab-size goes with --benchmark")
        } else {
          outcome.expectFailure(64, "train", saying: "\(option.name) means nothing")
        }
      }
      try place.run("train \(measurement) file")
        .expectFailure(64, "train", saying: "a file means nothing")
    }
  }

  @Test func theShortNamesAreRefusedToo() throws {
    try withWorkplace { place in
      for option in ["-j2", "-j 2", "--seed=1 -j2"] {
        try place.run("train --self-check \(option)")
          .expectFailure(64, "train", saying: "means nothing")
      }
    }
  }

  @Test func theBenchmarkTakesTheOthers() throws {
    let small = "--vocab-size 300 --dim-emb 8 --dim-rnn 8 --mini-batch 2 --max-length 3 --threads 1"
    // Each takes a second or two, so that options share them.
    let lines = [
      "--cell gru --enc-type unidirectional --reverse-source --enc-depth 2 --dec-depth 2 --residual"
        + " --layer-normalization --bridge copy --readout maxout --embeddings untied --coverage"
        + " --coverage-loss 0.5 --attention-state current --attention-window 2 --input-feeding"
        + " --attention additive --dim-att 7 --output out",
      "--preset luong2015 --scale 0.01 --attention none --fixed-context first-state --no-residual"
        + " --no-layer-normalization --no-reverse-source --no-input-feeding --no-coverage"
        + " --optimizer sgd --momentum 0.5 --profile",
    ]
    try withWorkplace { place in
      let effective = Self.kinds.union(Self.benchmarkOptions)
      let options = try TrainOption.all(in: place).filter { effective.contains($0.flag) }
      let tried = ([small] + lines).joined(separator: " ").split(separator: " ")
        .filter { $0.hasPrefix("--") }.map(String.init)
      #expect(Set(tried) == Set(options.map(\.name)))
      for line in lines { try place.succeed("train --benchmark \(small) \(line)") }
      #expect(place.text(of: "out").contains("target tokens/s"))
    }
  }

  @Test(arguments: kinds.union(selfCheckOptions).subtracting(["--output"]).sorted())
  func theSelfCheckIsAnotherWithEachOfTheOthers(name: String) throws {
    try withWorkplace { place in
      let option = try #require(try TrainOption.all(in: place).first { $0.name == name })
      // The first finding is that of the gradients, which everything changes; the rest takes long.
      func finding(_ options: String) throws -> String? {
        try place.run("train --self-check \(options) | head -n 1").lines.first
      }
      let (without, with) = (
        try finding(option.companions), try finding("\(option.companions) \(option.text)")
      )
      #expect(with?.hasPrefix("gradients\tpassed\t") == true)
      #expect(with != without)
    }
  }

  @Test(arguments: [
    ("--valid $STORY/story.ids --valid-fraction 0.05", "leave one of them out"),
    ("--attention dot --dim-att 7", "--dim-att goes with"),
    ("--attention none --dim-att 7", "--dim-att goes with"),
    ("--attention dot --fixed-context every-step", "--fixed-context goes with"),
    ("--attention none --attention-state previous", "--attention-state goes with"),
  ])
  func anOptionThatAnotherLeavesWithoutMeaningIsRefused(options: String, reason: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.run("train \(options) -o out $STORY/story.ids", environment: story.environment)
        .expectFailure(64, "train", saying: reason)
    }
  }

  @Test func aWindowHasALayerOfTheSizeOfAttention() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        train --updates 1 \(Story.small) --attention dot --attention-window 2 --dim-att 7 -o out \
          $STORY/story.ids
        """, environment: story.environment)
    }
  }
}
