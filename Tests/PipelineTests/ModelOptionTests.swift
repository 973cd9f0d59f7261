import Testing

/// The options that say what the model is like.
@Suite struct ModelOptionTests {
  static let kinds: [(options: String, metadata: [String])] = [
    ("--cell rnn --enc-type unidirectional", [#""cell":"rnn""#, #""enc_type":"unidirectional""#]),
    ("--cell gru --attention dot", [#""cell":"gru""#, #""attention":"dot""#]),
    ("--attention general --attention-state current", [#""attention_state":"current""#]),
    ("--attention scaled-dot --attention-window 3", [#""attention_window":"3""#]),
    ("--attention location --input-feeding", [#""input_feeding":"true""#]),
    ("--attention none --bridge last-backward", [#""fixed_context":"every-step""#]),
    (
      "--attention none --fixed-context first-state --bridge copy",
      [#""fixed_context":"first-state""#, #""bridge":"copy""#]
    ),
    ("--coverage --bridge zero", [#""coverage":"true""#, #""coverage_loss":"1.0""#]),
    (
      "--enc-depth 2 --dec-depth 3 --residual --layer-normalization --dropout-rnn 0.2",
      [
        #""enc_depth":"2""#, #""dec_depth":"3""#, #""residual":"true""#,
        #""layer_normalization":"true""#, #""training.dropout_rnn":"0.2""#,
      ]
    ),
    ("--readout maxout --embeddings untied", [#""readout":"maxout""#, #""embeddings":"untied""#]),
    ("--enc-type unidirectional --reverse-source", [#""reverse_source":"true""#]),
  ]

  @Test("A model of any kind is scored and goes on writing", arguments: kinds)
  func everyKind(options: String, metadata: [String]) throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        train --updates 2 --seed 1 --dim-emb 8 --dim-rnn 12 \(options) -o m $STORY/story.ids
        score -m m < $STORY/story.tok | grep -q '^bits_per_char'
        printf '却 说\\n' | generate -m m --sentences 2 --seed 1 --max-length 5 > out
        printf '却 说\\n' | generate -m m --int8 --sentences 1 --seed 1 --max-length 5 > out8
        test -s out && test -s out8
        """, environment: story.environment)
      let header = try place.succeed("tr -d '\\0' < m | head -c 200000").text
      for entry in metadata { #expect(header.contains(entry), "\(entry)") }
    }
  }

  @Test(arguments: [
    ("--cell lstn", "'lstm' or 'gru'"), ("--attention luong", "scaled-dot"),
    ("--enc-depth 0", "--enc-depth takes"), ("--dec-depth 65", "--dec-depth takes"),
    ("--dim-rnn 7", "even"), ("--residual", "--enc-depth or --dec-depth"),
    ("--reverse-source", "--enc-type unidirectional"),
    ("--coverage --attention dot", "--coverage goes with"),
    ("--coverage-loss 1", "--coverage-loss goes with --coverage"),
    ("--fixed-context first-state", "--attention none"),
    ("--attention none --attention-window 2", "--attention-window"),
    ("--attention none --attention-state current", "--attention-state"),
    ("--bridge copy --enc-depth 2", "--dec-depth"),
    ("--attention none --fixed-context first-state --bridge zero", "hide the source"),
    ("--attention none --fixed-context first-state --bridge last-backward", "read forwards"),
    ("--dropout-rnn 1", "--dropout-rnn takes"), ("--scale 2", "--scale goes with --preset"),
    ("--preset huge", "luong2015"), ("--preset base --scale 0", "--scale takes"),
    ("--benchmark --self-check", "not both"), ("--self-check --time 1m", "--time means nothing"),
  ])
  func aContradictionIsAMistakeOfUsage(options: String, reason: String) throws {
    let story = try Story.made()
    let file = options.contains("--self-check") ? "" : "$STORY/story.ids"
    try withWorkplace { place in
      try place.run("train \(options) -o out \(file)", environment: story.environment)
        .expectFailure(64, "train", saying: reason)
      #expect(!place.exists("out"))
    }
  }

  @Test(
    "A preset is trained and scored, and options prevail over it",
    arguments: ["tiny", "sutskever2014", "cho2014", "bahdanau2015", "luong2015"])
  func presets(name: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = """
        train --preset \(name) --scale 0.01 --updates 1 --seed 1 --mini-batch-words 40 -o a $STORY/story.ids
        train --dim-emb 6 --preset=\(name) --scale=0.01 --optimizer adam --updates 1 --seed 1 -o b $STORY/story.ids
        score -m a < $STORY/story.tok > /dev/null
        """
      let outcome = try place.succeed(script, environment: story.environment)
      #expect(outcome.diagnostics.contains("--dim-emb 6"))
    }
  }

  @Test(
    "One option beside a preset is enough to compare",
    arguments: ["sutskever2014", "cho2014", "bahdanau2015", "luong2015"])
  func oneOptionBesideAPreset(name: String) throws {
    let options =
      ["additive", "dot", "scaled-dot", "general", "location", "none"].map { "--attention \($0)" }
      + ["rnn", "lstm", "gru"].map { "--cell \($0)" }
      + ["bidirectional", "unidirectional"].map { "--enc-type \($0)" }
      + ["--enc-depth 1", "--dec-depth 1", "--enc-depth=2 --dec-depth=2"]
    try withWorkplace { place in
      for option in options {
        let outcome = try place.run(
          "train --benchmark --preset \(name) --scale 0.01 --vocab-size 300 --mini-batch 2"
            + " --max-length 3 -j 1 \(option)")
        #expect(outcome.status == 0, "\(name) \(option): \(outcome.diagnostics)")
      }
    }
  }

  @Test func aModelIsCheckedWithoutText() throws {
    try withWorkplace { place in
      let outcome = try place.succeed(
        "train --self-check --cell rnn --enc-type unidirectional --attention dot < /dev/null")
      let names = outcome.lines.map { String($0.prefix { $0 != "\t" }) }
      #expect(names == ["gradients", "padding", "dependence", "start", "overfitting", "reversal"])
      #expect(outcome.lines.allSatisfy { $0.contains("\tpassed\t") })
    }
  }
}
