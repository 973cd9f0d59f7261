import Testing

/// The output layers and objectives that one can ask for.
@Suite struct ObjectiveTests {
  private static let train = "train --updates 40 --learn-rate 0.02 --seed 1 \(Story.small)"

  @Test func aModelWithTailsScoresAndGenerates() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        """
        \(Self.train) --adaptive-softmax-cutoff 300,400 -j 1 -o model $STORY/story.ids
        \(Self.train) --adaptive-softmax-cutoff 300,400 -j 2 -o two $STORY/story.ids
        cmp model two
        score -m model $STORY/story.tok > scores
        score --per-line -m model $STORY/story.tok > lines
        score --int8 -m model $STORY/story.tok > rounded
        generate -m model --seed 7 --sentences 3 $STORY/prompts.tok > passages
        generate -m model --seed 7 --sentences 3 --mini-batch 1 $STORY/prompts.tok | cmp - passages
        generate --int8 -m model --seed 7 --sentences 3 $STORY/prompts.tok | detok > text
        """, environment: story.environment)
      #expect(!outcome.diagnostics.contains("worse than the unigram model"))
      let figures = ["scores", "rounded"].map { name in
        splitLines(place.text(of: name)).compactMap {
          $0.split(separator: "\t").last.flatMap { Double($0) }
        }
      }
      try #require(figures.allSatisfy { $0.count > 7 })
      #expect(figures[0][5] < figures[0][6], "a trained model is better than counting")
      #expect(abs(figures[1][5] / figures[0][5] - 1) < 0.01)
      let nats = splitLines(place.text(of: "lines")).dropFirst().reduce(0) {
        $0 + ($1.split(separator: "\t").last.flatMap { Double($0) } ?? .nan)
      }
      #expect(abs(nats / figures[0][1] - figures[0][3]) < 1e-3)
      let passages = splitLines(place.text(of: "passages"))
      #expect(passages.contains { !$0.isEmpty } && !place.contents(of: "text").isEmpty)
      let header = String(decoding: place.contents(of: "model").prefix(100_000), as: UTF8.self)
      #expect(header.contains(#""adaptive_softmax_cutoff":"300,400""#))
    }
  }

  @Test func theObjectiveChangesTheModelAndIsRecorded() throws {
    let story = try Story.made()
    try withWorkplace { place in
      for (option, record) in [
        ("--label-smoothing 0.1", #""training.label_smoothing":"0.1""#),
        ("--scheduled-sampling 0.5", #""training.scheduled_sampling":"0.5""#),
      ] {
        try place.succeed(
          """
          train --updates 3 --seed 1 -j 1 \(Story.small) \(option) -o one $STORY/story.ids
          train --updates 3 --seed 1 -j 2 \(Story.small) \(option) -o two $STORY/story.ids
          train --updates 3 --seed 1 -j 2 \(Story.small) -o plain $STORY/story.ids
          train --updates 3 --seed 1 -j 2 \(Story.small) --label-smoothing 0 \
          --scheduled-sampling 0 -o none $STORY/story.ids
          cmp one two
          cmp plain none
          tail -c 4000 one > one.numbers
          tail -c 4000 plain > plain.numbers
          ! cmp -s one.numbers plain.numbers
          """, environment: story.environment)
        let header = String(decoding: place.contents(of: "one").prefix(100_000), as: UTF8.self)
        #expect(header.contains(record))
      }
    }
  }

  @Test(
    arguments: [
      ("--adaptive-softmax-cutoff 261", "rising ids above 261"),
      ("--adaptive-softmax-cutoff 400,400", "rising ids above 261"),
      ("--adaptive-softmax-cutoff 400,300", "rising ids above 261"),
      ("--adaptive-softmax-cutoff 300,", "--adaptive-softmax-cutoff"),
      ("--adaptive-softmax-cutoff 9999999", "leaves no token for the last tail"),
      ("--adaptive-softmax-factor 2", "goes with --adaptive-softmax-cutoff"),
      ("--adaptive-softmax-cutoff 300 --adaptive-softmax-factor 0", "from 1 to 65536"),
      ("--adaptive-softmax-cutoff 300 --label-smoothing 0.1", "leave one of them out"),
      ("--label-smoothing 1", "from 0 to below 1"), ("--label-smoothing nan", "from 0 to below 1"),
      ("--scheduled-sampling 1.1", "from 0 to 1"),
      ("--benchmark --adaptive-softmax-cutoff 300", "means nothing"),
      ("--benchmark --label-smoothing 0.1", "means nothing"),
      ("--benchmark --scheduled-sampling 0.1", "means nothing"),
    ])
  func valuesThatMeanNothingAreMistakesOfUsage(options: String, reason: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let file = options.contains("--benchmark") ? "" : "$STORY/story.ids"
      let outcome = try place.run(
        "train --updates 1 \(options) -o out \(file)".replacing(
          "--updates 1 --benchmark", with: "--benchmark"), environment: story.environment)
      #expect(outcome.status == 64)
      let last = try #require(outcome.diagnosticLines.last)
      #expect(last.hasPrefix("train: ") && last.contains(reason), "\(last)")
      #expect(!place.exists("out"))
    }
  }
}
