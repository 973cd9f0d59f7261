import Testing

/// What `huaben-plot` says when it cannot draw.
@Suite struct PlotDiagnosticTests {
  @Test func inputsAndOutputsThatFailAreNamed() throws {
    try withPictures { place, picture in
      for (command, status, parts) in [
        ("-o out missing", 66, "missing: no such file or directory"),
        ("-o out tmp", 66, "tmp: is a directory"),
        ("-o nowhere/out \(picture)", 73, "nowhere/out: cannot create: no such file or directory"),
        ("-o tmp \(picture)", 73, "tmp: cannot create: is a directory"),
        ("-o /dev/full \(picture)", 74, "/dev/full: cannot write: no space left on device"),
        ("\(picture) > /dev/full", 74, "<stdout>: cannot write: no space left on device"),
        ("\(picture) >&-", 74, "<stdout>: cannot write"),
        ("-o out < /dev/null", 65, "<stdin>: empty"),
        ("-o out <&-", 65, "<stdin>: empty"), ("--no-such-option", 64, "--no-such-option"),
        ("-o", 64, "missing value for '-o'"),
      ] {
        place.write("old", to: "out")
        let outcome = try place.run("huaben-plot \(picture) \(command)")
        outcome.expectFailure(Int32(status), "huaben-plot", saying: parts)
        #expect(outcome.output.isEmpty && place.text(of: "out") == "old", "\(command)")
      }
    }
  }

  @Test func aPictureDoesNotTakeThePlaceOfWhatIsDrawn() throws {
    try withPictures { place, picture in
      let before = place.text(of: picture)
      for output in [picture, "./link"] {
        let outcome = try place.run(
          "ln -sf \(picture) link; huaben-plot \(picture) -o \(output) \(picture)")
        outcome.expectFailure(64, "huaben-plot", saying: "would replace \(picture)", "another file")
        #expect(place.text(of: picture) == before)
      }
    }
  }

  @Test func diagnosticsAreOneLineWhateverTheName() throws {
    try withPictures { place, picture in
      for name in ["a\u{1B}[31m\nb", "c\u{9B}31m\u{7F}\r"] {
        let shown = String(
          String.UnicodeScalarView(
            name.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
        let variables = ["NAME": name]
        try place.run("huaben-plot \(picture) \"$NAME\"", environment: variables)
          .expectFailure(66, "huaben-plot", saying: "huaben-plot: \(shown): no such file")
        try place.run(
          "echo x > \"$NAME\"; huaben-plot \(picture) \"$NAME\"", environment: variables
        )
        .expectFailure(65, "huaben-plot", saying: "huaben-plot: \(shown): this is text")
      }
    }
  }

  @Test(arguments: ["--version", "--help", "surprise -h"])
  func helpAndVersionSayWhenTheyCannotBeWritten(option: String) throws {
    try withWorkplace { place in
      try place.run("huaben-plot \(option) > /dev/full").expectFailure(
        74, "huaben-plot", saying: "<stdout>: cannot write: no space left on device")
      let closed = try place.run("huaben-plot \(option) | true; echo ${PIPESTATUS[0]}")
      #expect(["0\n", "141\n"].contains(closed.text) && closed.diagnostics == "")
    }
  }

  @Test func aWrongFileIsCalledWhatItIs() throws {
    let story = try Story.made()
    try withPictures { place, picture in
      for (file, kind, fix) in [
        ("attention", "attention weights", "'huaben-plot attention' draws it"),
        ("curves", "training log", "'huaben-plot curves' draws it"),
        ("surprise", "table of tokens", "'huaben-plot surprise' draws it"),
        ("$STORY/story.ids", "an id stream", "--help"),
        ("$STORY/story.safetensors", "a model", "--help"),
        ("$STORY/story.vocab", "a vocabulary", "writes"), ("$STORY/story.tok", "text", "writes"),
        ("<(gzip < \(picture))", "compressed", "gzip -d"),
      ] where file != picture {
        let outcome = try place.run(
          "huaben-plot \(picture) -o out \(file)", environment: story.environment)
        outcome.expectFailure(65, "huaben-plot", saying: ": this is ", kind, fix)
        #expect(!place.exists("out"))
      }
    }
  }

  @Test func aMissingGnuplotIsNamed() throws {
    try withPictures { place, picture in
      let outcome = try place.run(
        """
        mkdir bin
        for command in bash readlink rm mktemp; do ln -s "$(command -v $command)" bin; done
        script=$(command -v huaben-plot)
        PATH=$PWD/bin
        bash "$script" curves curves
        """)
      outcome.expectFailure(69, "huaben-plot", saying: "apt-get install gnuplot-nox")
    }
  }
}
