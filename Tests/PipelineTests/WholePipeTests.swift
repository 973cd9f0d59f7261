import Glibc
import TestSupport
import Testing

/// The pipe from a novel to new text, as the manual shows it.
@Suite struct WholePipeTests {
  @Test func everyToolSaysWhatItMade() throws {
    let story = try Story.made()
    #expect(story.diagnostics["tokenize"] == "")
    let vocab = try #require(story.diagnostics["vocab"])
    #expect(splitLines(vocab).count == 1 && vocab.hasPrefix("vocab: "))
    #expect(vocab.contains("types") && vocab.contains("they cover"))
    let encode = try #require(story.diagnostics["encode"])
    #expect(splitLines(encode).count == 1 && encode.contains("spelled"))
    let train = splitLines(try #require(story.diagnostics["train"]))
    #expect(train.allSatisfy { $0.hasPrefix("train: ") })
    #expect(train.contains { $0.contains("unigram") && $0.contains("bigram") })
    #expect(train.contains { $0.contains("--seed 1") })
    #expect(train.last?.contains("held-out") == true)
  }

  @Test func theLogIsATable() throws {
    let story = try Story.made()
    let rows = splitLines(Files.text(of: "\(story.path)/story.log")).map {
      $0.split(separator: "\t").map(String.init)
    }
    #expect(
      rows.first == [
        "seconds", "updates", "epochs", "tokens", "train_nats_per_token", "valid_nats_per_token",
        "valid_bits_per_char", "learning_rate", "gradient_norm", "tokens_per_second",
      ])
    #expect(rows.count > 2)
    for row in rows.dropFirst() {
      #expect(row.count == 10)
      #expect(row.allSatisfy { Double($0) != nil }, "\(row)")
    }
    #expect(rows.last?[1] == "80")
    let losses = rows.dropFirst().compactMap { Double($0[5]) }
    #expect(try #require(losses.last) < #require(losses.first), "training lowers the loss")
  }

  @Test func aPromptBecomesText() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = """
        echo '却说沈青听了，' | tokenize | generate -m $STORY/story.safetensors --sentences 4 \
        --seed 7 | tee lines | detok
        """
      let outcome = try place.succeed(script, environment: story.environment)
      #expect(!outcome.output.isEmpty)
      #expect(String(validating: outcome.output, as: UTF8.self) != nil)
      #expect(splitLines(place.text(of: "lines")).count { !$0.isEmpty } == 4)
      #expect(outcome.diagnosticLines == ["generate: --seed 7"])
    }
  }

  @Test func trainReadsAPipe() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        cat $STORY/story.txt | tokenize | vocab encode -v $STORY/story.vocab |
          train --updates 80 --seed 1 \(Story.small) -o piped.safetensors -
        train --updates 80 --seed 1 \(Story.small) < $STORY/story.ids > redirected.safetensors
        cmp piped.safetensors $STORY/story.safetensors
        cmp redirected.safetensors $STORY/story.safetensors
        """, environment: story.environment)
    }
  }

  @Test func scoreSaysHowWellATextIsForeseen() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        "tokenize $STORY/story.txt | score -m $STORY/story.safetensors",
        environment: story.environment)
      #expect(outcome.diagnostics == "")
      let rows = outcome.lines.map { $0.split(separator: "\t").map(String.init) }
      #expect(
        rows.map(\.first) == [
          "sentences", "tokens", "characters", "nats_per_token", "perplexity", "bits_per_char",
          "unigram_bits_per_char", "distinct_1", "distinct_2", "distinct_3", "seq_rep_4",
          "sentence_characters",
        ])
      let values = rows.compactMap { Double($0[1]) }
      try #require(values.count == 12)
      let lines = splitLines(Files.text(of: "\(story.path)/story.tok"))
      #expect(Int(values[0]) == lines.count { !$0.isEmpty } - 1)
      #expect(abs(exp(values[3]) / values[4] - 1) < 1e-4)
      #expect(abs(values[3] * values[1] / values[2] / M_LN2 / values[5] - 1) < 1e-4)
      #expect(values[5] < values[6], "a trained model is better than counting")
    }
  }

  @Test func scorePerLineHasARowForEveryLine() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = "score --per-line -m $STORY/story.safetensors $STORY/story.tok"
      let rows = try place.succeed(script, environment: story.environment).lines.map {
        $0.split(separator: "\t").map(String.init)
      }
      let lines = splitLines(Files.text(of: "\(story.path)/story.tok"))
      #expect(rows.first == ["tokens", "characters", "nats"])
      #expect(rows.count == lines.count + 1)
      for (row, line) in zip(rows.dropFirst(2), lines.dropFirst()) {
        #expect((row == ["0", "0", "0"]) == line.isEmpty, "\(line): \(row)")
      }
      let summary = try place.succeed(
        "score -m $STORY/story.safetensors $STORY/story.tok", environment: story.environment)
      let values = summary.lines.compactMap {
        $0.split(separator: "\t").last.flatMap { Double($0) }
      }
      try #require(values.count == 12)
      func sum(_ column: Int) -> Double {
        rows.dropFirst().reduce(0) { $0 + (Double($1[column]) ?? .nan) }
      }
      #expect(sum(0) == values[1])
      #expect(sum(1) == values[2])
      #expect(abs(sum(2) / values[1] - values[3]) < 1e-3)
    }
  }

  @Test func sentencesSpelledInDifferentWaysCostTheSameCharacters() throws {
    let story = try Story.made()
    try withWorkplace { place in
      for unit in ["word", "character"] {
        let script = "tokenize -u \(unit) $STORY/story.txt | score -m $STORY/story.safetensors"
        let outcome = try place.succeed(script, environment: story.environment)
        // Every character but the line feeds and the first sentence, which has none before it.
        let text = Files.text(of: "\(story.path)/story.txt").unicodeScalars.count { $0 != "\n" }
        let first = "半部话本".unicodeScalars.count
        #expect(outcome.lines[2] == "characters\t\(text - first)")
      }
    }
  }
}
