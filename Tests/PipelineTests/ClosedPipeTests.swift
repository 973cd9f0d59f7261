import Testing

/// A reader that goes away ends a tool without a word.
@Suite struct ClosedPipeTests {
  /// Commands that would write far more than a pipe holds.
  private static let commands: [(tool: String, command: String)] = [
    ("tokenize", "yes 却说宝玉听了。 | tokenize"),
    ("detok", "yes '却 说' | detok"),
    ("vocab", "seq 100000 | vocab"),
    ("vocab bpe", "seq 9000 | vocab bpe --size 20000 --min-frequency 1"),
    ("vocab encode", "yes '却 说' | vocab encode -v $STORY/story.vocab"),
    ("vocab coverage", "seq 100000 | vocab coverage -v $STORY/story.vocab --spelled 100000"),
    ("vocab merge", "seq 100000 | vocab 2> e | vocab merge"),
    ("vocab export", "seq 100000 | vocab 2> e | vocab export --format marian"),
    ("vocab import", "seq 100000 | sed 's/$/ 1/' | vocab import --format fairseq"),
    ("vocab decode", "vocab decode $STORY/story.ids{,}{,}{,}{,}{,}"),
    ("vocab cat", "vocab cat $STORY/story.ids{,}{,}{,}{,}{,}"),
    ("train", "train --updates 1 --dim-emb 64 --dim-rnn 64 $STORY/story.ids"),
    ("generate", "yes '却 说' | generate --lines -m $STORY/story.safetensors"),
    ("generate -i", "(echo 却说。; yes r) | generate -i -m $STORY/story.safetensors"),
    ("score", "score --per-line -m $STORY/story.safetensors $STORY/story.tok{,}{,}{,}{,}{,}{,}{,}"),
  ]

  @Test(arguments: commands.map(\.tool))
  func theToolEndsQuietly(tool: String) throws {
    let story = try Story.made()
    let command = try #require(Self.commands.first { $0.tool == tool }).command
    try withWorkplace { place in
      let script = "\(command) 2> said | head -c 1 > first; echo ${PIPESTATUS[@]}"
      let outcome = try place.run(script, environment: story.environment)
      #expect(place.contents(of: "first").count == 1)
      let statuses = outcome.text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
      // SIGPIPE ends it.
      #expect(statuses.suffix(2).first == 141, "\(tool): \(outcome.text)")
      let said = splitLines(place.text(of: "said"))
      #expect(!said.contains { $0.contains("pipe") || $0.contains("cannot write") }, "\(said)")
    }
  }

  @Test func theOthersGoOn() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.run(
        "tokenize $STORY/story.txt | head -n 1 | detok", environment: story.environment)
      #expect(outcome.text == "半部话本")
      #expect(outcome.diagnostics == "")
    }
  }
}
