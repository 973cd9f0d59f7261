import Testing

/// The same input, options and seed give the same bytes.
@Suite struct DeterminismTests {
  @Test func trainingDoesNotDependOnTheRunOrTheThreads() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let train = "train --updates 50 \(Story.small) --dropout 0.2"
      try place.succeed(
        """
        \(train) --seed 1 -j 1 -o one $STORY/story.ids
        \(train) --seed 1 -j 1 -o again $STORY/story.ids
        \(train) --seed 1 -j 2 -o two $STORY/story.ids
        \(train) --seed 2 -j 2 -o other $STORY/story.ids
        cmp one again
        cmp one two
        ! cmp -s one other
        """, environment: story.environment)
    }
  }

  @Test(arguments: ["adamw", "sgd", "sgd --momentum 0", "adadelta"])
  func noOptimizerDependsOnTheThreads(optimizer: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let train =
        "train --updates 5 --seed 1 \(Story.small) --optimizer-delay 2 --ema-decay 0.9"
      try place.succeed(
        """
        \(train) --optimizer \(optimizer) -j 1 -o one $STORY/story.ids
        \(train) --optimizer \(optimizer) -j 2 -o two $STORY/story.ids
        cmp one two
        """, environment: story.environment)
    }
  }

  @Test func theSeedOfTrainingIsPrinted() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let train = "train --updates 3 \(Story.small)"
      let first = try place.succeed(
        "\(train) -o a $STORY/story.ids", environment: story.environment)
      let seed = try #require(printedSeed(first))
      try place.succeed(
        "\(train) --seed \(seed) -o b $STORY/story.ids; cmp a b", environment: story.environment)
    }
  }

  @Test func theSeedOfGeneratingIsPrinted() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("却 说\n\n沈青 道\n\n", to: "prompts")
      let generate = "generate -m $STORY/story.safetensors --sentences 3"
      func passage(_ options: String) throws -> Outcome {
        try place.succeed("\(generate) \(options) prompts", environment: story.environment)
      }
      let first = try passage("")
      let second = try passage("")
      let seed = try #require(printedSeed(first))
      #expect(try passage("--seed \(seed)").output == first.output)
      #expect(printedSeed(second) != seed && second.output != first.output)
      #expect(try passage("--seed 7").output == passage("--seed 7").output)
      #expect(try passage("--seed 7").output != passage("--seed 8").output)
      let greedy = try passage("--temperature 0")
      #expect(printedSeed(greedy) == nil, "no seed matters")
      #expect(try passage("--top-k 1").output == greedy.output)
    }
  }

  @Test(arguments: ["-m other --weights 2,1", "--int8", "--int8 -m other --beam-size 3"])
  func whatIsWrittenDoesNotDependOnTheThreads(options: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let prompts = ["却 说", "沈青 道", "听", "却 说\n沈青 笑 道"]
      for number in 0..<9 {
        place.write("\(prompts[number % prompts.count])\n\n", to: "prompt\(number)")
      }
      let write = "generate -m $STORY/story.safetensors --seed 5 --sentences 3 --max-length 20"
      try place.succeed(
        """
        train --updates 20 --seed 2 --context-sentences 2 \(Story.small) -o other $STORY/story.ids
        \(write) \(options) -j 1 --mini-batch 1 prompt? > one
        test -s one
        \(write) \(options) -j 1 --mini-batch 4 prompt? | cmp - one
        \(write) \(options) -j 1 --mini-batch 64 prompt? | cmp - one
        \(write) \(options) -j 2 --mini-batch 6 prompt? | cmp - one
        \(write) -j 1 prompt? > plain
        ! cmp -s plain one
        """, environment: story.environment)
    }
  }

  @Test func scoresDoNotDependOnTheThreads() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        score --per-line -j 1 -m $STORY/story.safetensors $STORY/story.tok > one
        score --per-line -j 2 -m $STORY/story.safetensors $STORY/story.tok | cmp - one
        """, environment: story.environment)
    }
  }

  private func printedSeed(_ outcome: Outcome) -> String? {
    for line in outcome.diagnosticLines {
      let words = line.split(separator: " ")
      if let place = words.firstIndex(of: "--seed"), place + 1 < words.endIndex {
        return String(words[place + 1])
      }
    }
    return nil
  }
}
