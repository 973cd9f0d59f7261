import Testing

/// What a session that comes through a pipe does about mistakes, and about what it cannot do.
@Suite struct InteractiveMistakeTests {
  private static let generate = "generate -i -m $STORY/story.safetensors --seed 7 --max-length 20"

  @Test func aBeginningIsText() throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write([0x61, 0x0A, 0xFF, 0x0A], to: "bytes")
      for (file, status, reason) in [
        ("$STORY/story.safetensors", 65, "this is a model, not text"),
        ("$STORY/story.ids", 65, "this is an id stream, not text"),
        ("$STORY/story.vocab", 65, "this is a vocabulary, not text"),
        ("bytes", 65, "bytes:2:1: not valid UTF-8"), ("missing", 66, "missing: no such file"),
      ] as [(String, Int32, String)] {
        let outcome = try place.run(
          "echo l | \(Self.generate) \(file)", environment: story.environment)
        outcome.expectFailure(status, "generate", saying: reason)
        #expect(outcome.output.isEmpty)
      }
    }
  }

  @Test(
    arguments: [
      ("9", "<stdin>:2: there is no proposal 9, only 3", 65),
      ("x", "<stdin>:2: there is no command", 65),
      ("e 10", "<stdin>:2: there is no command 'e 10'; '?' lists them, '+e 10' writes it", 65),
      ("e 2", "<stdin>:2: there is no line to edit", 65),
      ("w", "<stdin>:2: the story was not saved", 65),
      ("w none/out", "none/out: cannot create: no such file or directory", 73),
      ("w /dev/full", "/dev/full: cannot write: no space left on device", 74),
      ("w typed", "typed: exists and is not of this session", 73),
      ("\u{FF}", "<stdin>:2:1: not valid UTF-8", 65),
    ] as [(String, String, Int32)])
  func aMistakeEndsAScript(line: String, reason: String, status: Int32) throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write("却说。\n", to: "typed")
      place.write(line == "\u{FF}" ? [0xFF] : Array(line.utf8), to: "line")
      let outcome = try place.run(
        "{ cat typed line; printf '\\nw out\\n'; } | \(Self.generate)",
        environment: story.environment)
      #expect(outcome.status == status, "\(outcome.diagnostics)")
      #expect(outcome.diagnosticLines.last?.hasPrefix("generate: \(reason)") == true)
      #expect(outcome.lines.count == 3, "what came before it is there")
      #expect(!place.exists("out") && place.text(of: "typed") == "却说。\n")
    }
  }

  @Test(arguments: [
    ("--lines", "--lines"), ("--sentences 2", "--sentences"), ("-o out", "-o"),
    ("-", "name a file"), ("--bias -", "name a file"),
    ("--n-best 10", "at most 9"), ("--n-best 0", "from 1"),
  ])
  func whatMakesNoSenseIsRefused(options: String, reason: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.run("\(Self.generate) \(options)", environment: story.environment)
      outcome.expectFailure(64, "generate", saying: reason)
      #expect(!place.exists("out"))
    }
  }

  @Test func aModelOfPairsWritesNoStories() throws {
    try withWorkplace { place in
      place.write("a b\tb a\nb\tb\na\ta\n", to: "pairs")
      try place.succeed(
        """
        tr '\\t' ' ' < pairs | vocab > v 2> said
        train --pairs --vocab v --updates 2 \(Story.small) -o model pairs
        """)
      try place.run("echo a | generate -i -m model")
        .expectFailure(64, "generate", saying: "was trained on pairs")
    }
  }

  @Test func aFullDiskIsNamed() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.run(
        "echo 却说。 | \(Self.generate) > /dev/full", environment: story.environment)
      #expect(outcome.status == 74)
      #expect(outcome.diagnosticLines.last?.contains("no space left on device") == true)
    }
  }
}
