import Testing

/// The options that say how the parameters are changed.
@Suite struct OptimisationOptionTests {
  @Test(arguments: [
    ("--momentum 0.5", "--momentum goes with --optimizer sgd"),
    ("--optimizer sgd --momentum 1", "--momentum takes"),
    ("--optimizer adam --weight-decay 0.1", "--weight-decay goes with --optimizer adamw"),
    ("--optimizer adamw --weight-decay -1", "--weight-decay"),
    ("--optimizer rmsprop", "adadelta"),
    ("--lr-schedule linear", "inverse-sqrt"),
    ("--optimizer-delay 0", "--optimizer-delay takes"),
    ("--ema-decay 1", "--ema-decay takes"),
    ("--early-stopping=-1", "--early-stopping takes"),
    ("--valid-fraction 0 --early-stopping 2", "--early-stopping goes by the held-out loss"),
    ("--valid-fraction 0 --lr-schedule plateau", "--lr-schedule plateau goes by"),
    ("--benchmark --optimizer-delay 2", "--optimizer-delay means nothing"),
    ("--benchmark --ema-decay 0.9", "--ema-decay means nothing"),
  ])
  func aBadValueIsAMistakeOfUsage(options: String, reason: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = "train \(options) -o out $STORY/story.ids"
      try place.run(script, environment: story.environment)
        .expectFailure(64, "train", saying: reason)
      #expect(!place.exists("out"))
    }
  }

  @Test func aTextTooShortToHoldOutIsToldBeforeTheTraining() throws {
    try withWorkplace { place in
      place.write("却 说\n沈青 道\n说 道\n", to: "tok")
      let script = """
        vocab -o v tok 2> /dev/null
        vocab encode -v v tok 2> /dev/null | train --early-stopping 2 -o out
        """
      try place.run(script).expectFailure(64, "train", saying: "nothing is held out")
    }
  }

  @Test(arguments: [
    (
      "",
      [
        "optimizer adamw", "weight_decay 0.1", "lr_schedule cosine", "lr_warmup 50",
        "learn_rate 0.003",
      ]
    ),
    ("--optimizer adam", ["optimizer adam", "learn_rate 0.003"]),
    ("--optimizer sgd", ["optimizer sgd", "momentum 0.9", "learn_rate 0.5"]),
    ("--optimizer adadelta", ["optimizer adadelta", "learn_rate 1.0"]),
    (
      "--optimizer sgd --momentum 0 --learn-rate 0.1 --lr-schedule plateau --lr-warmup 3",
      ["momentum 0.0", "learn_rate 0.1", "lr_schedule plateau", "lr_warmup 3"]
    ),
    (
      "--optimizer-delay 2 --ema-decay 0.9 --early-stopping 4 --clip-norm 2",
      ["optimizer_delay 2", "ema_decay 0.9", "early_stopping 4", "clip_norm 2.0"]
    ),
  ])
  func theModelSaysHowItWasTrained(options: String, record: [String]) throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        "train --updates 2 \(Story.small) \(options) -o model $STORY/story.ids",
        environment: story.environment)
      let header = String(decoding: place.contents(of: "model"), as: UTF8.self)
      for entry in record {
        let words = entry.split(separator: " ")
        #expect(header.contains("\"training.\(words[0])\":\"\(words[1])\""), "\(entry)")
      }
    }
  }

  @Test func aRunThatStopsEarlySaysSo() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        """
        train --updates 400 --seed 1 --learn-rate 10 --lr-schedule constant --valid-freq 2u \
          --early-stopping 3 \(Story.small) --log log -o model $STORY/story.ids
        """, environment: story.environment)
      let last = try #require(outcome.diagnosticLines.last)
      #expect(last.hasPrefix("train: stopped early; wrote model, the model after "))
      #expect(splitLines(place.text(of: "log")).count < 200)
    }
  }
}
