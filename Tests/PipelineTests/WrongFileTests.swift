import Testing

/// A file of the wrong kind is called what it is, and the fix is named.
@Suite struct WrongFileTests {
  /// A command, what it says of the file, and the fix that it names.
  static let cases: [(command: String, kind: String, fix: String)] = [
    ("vocab decode $STORY/story.safetensors", "this is a model", "vocab encode"),
    ("vocab decode $STORY/story.vocab", "this is a vocabulary", "vocab encode"),
    ("vocab decode $STORY/story.tok", "this is text", "vocab encode"),
    ("vocab cat $STORY/story.ids $STORY/story.safetensors", "this is a model", "vocab encode"),
    ("vocab encode -v $STORY/story.ids $STORY/story.tok", "this is an id stream", "vocab"),
    ("vocab encode -v $STORY/story.safetensors $STORY/story.tok", "this is a model", "vocab"),
    ("vocab encode -v $STORY/story.tok $STORY/story.tok", "this is text", "vocab"),
    ("vocab encode -v $STORY/story.vocab $STORY/story.ids", "this is an id stream", "vocab decode"),
    ("vocab $STORY/story.ids", "this is an id stream", "vocab decode"),
    ("vocab $STORY/story.safetensors", "this is a model", "tokenize"),
    ("vocab $STORY/story.vocab", "this is a vocabulary", "tokenize"),
    ("vocab bpe $STORY/story.vocab", "this is a vocabulary", "tokenize"),
    ("vocab phrases $STORY/story.ids", "this is an id stream", "vocab decode"),
    ("vocab merge $STORY/story.vocab $STORY/story.ids", "this is an id stream", "--vocabulary"),
    ("vocab merge $STORY/story.tok", "this is text", "vocab"),
    ("gzip < $STORY/story.vocab > z; vocab merge z", "compressed", "gzip -d"),
    ("vocab coverage -v $STORY/story.tok $STORY/story.tok", "this is text", "vocab"),
    ("vocab coverage -v $STORY/story.vocab $STORY/story.ids", "this is an id stream", "decode"),
    ("vocab coverage --by-size $STORY/story.safetensors", "this is a model", "tokenize"),
    ("vocab export --format marian $STORY/story.safetensors", "this is a model", "vocab"),
    ("vocab export --format marian $STORY/story.dict", "this is text", "vocab"),
    ("vocab import --format fairseq $STORY/story.vocab", "this is a vocabulary", "no import"),
    ("vocab import --format sentencepiece $STORY/story.vocab", "a vocabulary", "no import"),
    ("vocab import --format marian $STORY/story.dict", "fairseq's dictionary", "fairseq"),
    ("vocab import --format marian $STORY/story.ids", "this is an id stream", "vocab decode"),
    ("vocab import --format marian-list $STORY/story.safetensors", "a model", "vocabulary"),
    ("vocab import --format fairseq $STORY/story.txt", "not fairseq's", "a count"),
    ("gzip < $STORY/story.dict > z; vocab import --format fairseq z", "compressed", "gzip -d"),
    ("detok $STORY/story.ids", "this is an id stream", "vocab decode"),
    ("detok $STORY/story.safetensors", "this is a model", "tokenize"),
    ("train $STORY/story.txt", "this is text", "vocab encode"),
    ("train $STORY/story.tok", "this is text", "vocab encode"),
    ("train $STORY/story.vocab", "this is a vocabulary", "vocab encode"),
    ("train $STORY/story.safetensors", "this is a model", "vocab encode"),
    ("train < $STORY/story.txt", "<stdin>: this is text", "vocab encode"),
    ("train --valid $STORY/story.tok $STORY/story.ids", "this is text", "vocab encode"),
    ("train --pairs -v $STORY/story.vocab $STORY/story.ids", "this is an id stream", "--pairs"),
    ("train --pairs -v $STORY/story.vocab $STORY/story.vocab", "this is a vocabulary", "--pairs"),
    ("train --pairs -v $STORY/story.tok $STORY/story.tok", "this is text", "vocab"),
    ("printf 'a\\tb\\n' > p; train p", "these are columns", "--pairs"),
    (
      "score --pairs -m $STORY/story.safetensors $STORY/story.ids", "this is an id stream",
      "--pairs"
    ),
    (
      "train --init-embeddings $STORY/story.safetensors $STORY/story.ids", "this is a model",
      "word vectors"
    ),
    ("generate -m $STORY/story.ids", "this is an id stream", "train"),
    ("generate -m $STORY/story.vocab", "this is a vocabulary", "train"),
    ("generate -m $STORY/story.txt", "this is text", "train"),
    ("score -m $STORY/story.ids", "this is an id stream", "train"),
    ("score -m $STORY/story.vocab", "this is a vocabulary", "train"),
    ("score -m $STORY/story.tok", "this is text", "train"),
    ("score -m $STORY/story.safetensors $STORY/story.ids", "this is an id stream", "vocab decode"),
    (
      "generate -m $STORY/story.safetensors --top-k 1 $STORY/story.ids", "this is an id stream",
      "vocab decode"
    ),
    (
      "generate -m $STORY/story.safetensors --bias $STORY/story.ids", "this is an id stream",
      "list of words"
    ),
    (
      "generate -m $STORY/story.safetensors --dictionary $STORY/story.safetensors",
      "this is a model", "list of words"
    ),
    (
      "generate -m $STORY/story.safetensors --force $STORY/story.ids", "this is an id stream",
      "vocab decode"
    ),
    ("gzip < $STORY/story.ids > z; vocab decode z", "compressed", "gzip -d"),
    ("gzip < $STORY/story.vocab > z; detok z", "this is a vocabulary", "tokenize"),
    ("printf '\\x28\\xB5\\x2F\\xFDxxxx' > z; vocab z", "compressed", "zstd -d"),
    ("gzip < $STORY/story.safetensors > z; generate -m z", "compressed", "train"),
  ]

  @Test(arguments: [
    "generate -m model --sentences 1 $STORY/prompts.tok -o", "score -m model $STORY/story.tok -o",
    "generate -m model --sentences 1 $STORY/prompts.tok --attention",
  ])
  func anOutputDoesNotTakeThePlaceOfTheModel(command: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      for output in ["model", "./link"] {
        let outcome = try place.run(
          "cp $STORY/story.safetensors model; ln -sf model link; \(command) \(output)",
          environment: story.environment)
        outcome.expectFailure(
          64, String(command.prefix { $0 != " " }), saying: "would replace model", "another file")
        let after = try place.run(
          "cmp model $STORY/story.safetensors && readlink link", environment: story.environment)
        #expect(after.status == 0, "\(after.diagnostics)")
      }
    }
  }

  @Test(arguments: cases.map(\.command))
  func theFileIsCalledWhatItIs(command: String) throws {
    let story = try Story.made()
    let expected = try #require(Self.cases.first { $0.command == command })
    try withWorkplace { place in
      let outcome = try place.run(command, environment: story.environment)
      let last = command.split(separator: "; ").last ?? ""
      outcome.expectFailure(
        65, String(last.prefix { $0 != " " }), saying: expected.kind, expected.fix)
    }
  }
}
