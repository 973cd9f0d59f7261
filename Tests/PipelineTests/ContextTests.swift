import TestSupport
import Testing

/// Sources of several sentences, and embeddings that start from word vectors.
@Suite struct ContextTests {
  @Test func theModelSaysHowManySentencesItReads() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let options = "--updates 20 --seed 1 \(Story.small)"
      try place.succeed(
        """
        train \(options) --context-sentences 3 -o three $STORY/story.ids
        train \(options) --context-sentences 1 -o one $STORY/story.ids
        train \(options) -o default $STORY/story.ids
        cmp one default
        """, environment: story.environment)
      // What is scored depends on the third sentence before, and not on the fourth.
      func nats(_ model: String, _ first: String, _ second: String) throws -> String? {
        try place.succeed(
          """
          printf '\(first)\\n\(second)\\n\\n沈青 道\\n听\\n说\\n' |
            score --per-line -m \(model) | tail -n 1
          """
        ).lines.last
      }
      #expect(try nats("three", "却", "说") == nats("three", "道", "说"))
      #expect(try nats("three", "却", "说") != nats("three", "却", "道"))
      #expect(try nats("one", "却", "说") == nats("one", "却", "道"))
    }
  }

  @Test func aPromptIsItsLastSentences() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        "train --updates 20 --seed 1 \(Story.small) --context-sentences 2 -o two $STORY/story.ids",
        environment: story.environment)
      // Prompts of sentences of so many tokens; the model was trained on sources of 100.
      for (lengths, isCut) in [
        ([60, 60], true), ([60, 20, 60], false), ([60], false), ([90, 60, 60], true), ([101], true),
      ] {
        let prompt = lengths.map { Array(repeating: "说", count: $0).joined(separator: " ") + "\n" }
        place.write(prompt.joined(), to: "prompt")
        let outcome = try place.succeed("generate -m two --seed 1 --sentences 3 prompt")
        let remark = "1 prompt ended in at most 2 sentences of more than 100 tokens"
        #expect(outcome.diagnostics.contains(remark) == isCut, "\(lengths)")
        #expect(outcome.lines.count { !$0.isEmpty } == 3)
      }
    }
  }

  @Test func embeddingsStartFromWordVectors() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("4 16\n\(Self.vectors(["说", "却", "not\\u{1F409}here", "说"]))", to: "vectors")
      let train = "train --updates 1 --seed 1 --dim-rnn 32"
      let outcome = try place.succeed(
        "\(train) --init-embeddings vectors -o model $STORY/story.ids",
        environment: story.environment)
      let rows = splitLines(Files.text(of: "\(story.path)/story.vocab")).count
      #expect(
        outcome.diagnostics.contains(
          "vectors: vectors of 2 of \(rows.formatted) tokens; 1 duplicate left out"))
      #expect(outcome.diagnostics.contains("--dim-emb 16 "))
      #expect(place.text(of: "model").contains("\"training.init_embeddings\":\"2\""))
      try place.succeed(
        """
        tail -n +2 vectors | \(train) --dim-emb 16 --init-embeddings - -o glove $STORY/story.ids
        cmp glove model
        \(train) --dim-emb 16 -o none $STORY/story.ids
        ! cmp -s none model
        """, environment: story.environment)
      try place.run(
        "\(train) --init-embeddings vectors --dim-emb 8 $STORY/story.ids",
        environment: story.environment
      ).expectFailure(64, "train", saying: "16", "--dim-emb is 8")
      let cut = try place.run(
        "head -n 3 vectors > cut; \(train) --init-embeddings cut -o out $STORY/story.ids",
        environment: story.environment)
      #expect(cut.status == 65)
      #expect(cut.diagnosticLines.last?.contains("cut:3: the file ends after 2 of 4") == true)
      #expect(!place.exists("out"))
    }
  }

  @Test func tablesOfTheirOwnStartFromTheSameWordVectors() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("2 16\n\(Self.vectors(["说", "却"]))", to: "vectors")
      for options in ["--embeddings untied --dim-rnn 32", "--preset base --embeddings untied"] {
        let outcome = try place.succeed(
          "train \(options) --updates 1 --seed 1 --init-embeddings vectors -o model $STORY/story.ids",
          environment: story.environment)
        #expect(outcome.diagnostics.contains("tokens, for sources too"))
        #expect(outcome.diagnostics.contains("--dim-emb 16 "))
        #expect(place.text(of: "model").contains("\"training.init_embeddings\":\"4\""))
      }
    }
  }

  @Test func bothTablesStartFromWordVectors() throws {
    try withWorkplace { place in
      place.write("a b\tc\nb a\tc c\na\tc\nb\tc\n", to: "pairs.tok")
      place.write(Self.vectors(["a", "b", "c", "c"]), to: "vectors")
      let outcome = try place.succeed(
        """
        cut -f 1 pairs.tok | vocab > source.vocab
        cut -f 2 pairs.tok | vocab > target.vocab
        train --pairs -v target.vocab --source-vocab source.vocab --init-embeddings vectors \
          --updates 1 --seed 1 --dim-rnn 8 -o model pairs.tok
        """)
      #expect(
        outcome.diagnostics.contains(
          "vectors: vectors of 1 of 262 tokens, and of 2 of 263 tokens of the sources; 1 dup"))
      #expect(place.text(of: "model").contains("\"training.init_embeddings\":\"3\""))
    }
  }

  /// Lines of vectors of 16 numbers.
  private static func vectors(_ tokens: [String]) -> String {
    tokens.enumerated().map { place, token in
      "\(token) \((0..<16).map { "\(Double(place - $0) / 8)" }.joined(separator: " "))\n"
    }.joined()
  }
}

extension Int {
  /// As the tools print it.
  fileprivate var formatted: String {
    self < 1000 ? "\(self)" : "\(self / 1000)," + String(1000 + self % 1000).dropFirst()
  }
}
