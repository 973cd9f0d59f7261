import TestSupport
import Testing

/// `huaben-plot` is one of the tools in all that they have in common.
@Suite struct PlotConventionTests {
  /// Each picture with a file for it.
  private static let pictures: [(picture: String, text: String)] = [
    ("attention", "\t却\t说\n道\t0.25\t0.75\n"),
    ("curves", "seconds\tupdates\tvalid_bits_per_char\n1\t2\t7\n2\t4\t6\n"),
    ("surprise", "line\tplace\ttoken\tnats\n1\t1\t却\t1.5\n"),
  ]

  private func withInputs(_ body: (Workplace, _ picture: String) throws -> Void) throws {
    for (picture, _) in Self.pictures where picture != "curves" || Tools.have("gnuplot") {
      try withWorkplace { place in
        for (name, text) in Self.pictures { place.write(text, to: name) }
        try body(place, picture)
      }
    }
  }

  @Test func standardInputAndFilesAreTheSame() throws {
    try withInputs { place, picture in
      try place.succeed(
        """
        cd tmp; mkdir links; ln -s ../../\(picture) links/'<stdin>'; cd links
        huaben-plot \(picture) '<stdin>' > ../../expected; cd ../..; rm -r tmp/links
        test -s expected
        huaben-plot \(picture) < \(picture) | cmp - expected
        cat \(picture) | huaben-plot \(picture) - | cmp - expected
        huaben-plot \(picture) -o file < \(picture) > nothing
        cmp file expected
        test ! -s nothing
        ln -s file link
        umask 027
        huaben-plot \(picture) --output=link - < \(picture)
        test -L link
        huaben-plot \(picture) -onew - < \(picture)
        test $(stat -c %a new) = 640
        cmp new expected
        huaben-plot \(picture) -o - < \(picture) | cmp - expected
        """)
    }
  }

  @Test func inputsAndOutputsThatFailAreNamed() throws {
    try withInputs { place, picture in
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
    try withInputs { place, picture in
      let before = place.text(of: picture)
      for output in [picture, "./link"] {
        let outcome = try place.run(
          "ln -sf \(picture) link; huaben-plot \(picture) -o \(output) \(picture)")
        outcome.expectFailure(64, "huaben-plot", saying: "would replace \(picture)", "another file")
        #expect(place.text(of: picture) == before)
      }
    }
  }

  @Test func aWrongFileIsCalledWhatItIs() throws {
    let story = try Story.made()
    try withInputs { place, picture in
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

  @Test func aClosedPipeEndsItQuietly() throws {
    try withWorkplace { place in
      let rows = (1...3000).map { "\($0)\t1\t却说\t9\n" }.joined()
      place.write("line\tplace\ttoken\tnats\n\(rows)", to: "scores")
      let outcome = try place.run(
        "huaben-plot surprise --html scores | head -c 1 > first; echo ${PIPESTATUS[@]}")
      #expect(outcome.text == "141 0\n" && outcome.diagnostics == "")
    }
  }

  @Test func aMissingGnuplotIsNamed() throws {
    try withInputs { place, picture in
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

  @Test func helpPageAndCompletionsNameTheOptions() throws {
    let page = try #require(ManPage("huaben-plot.1"))
    try withWorkplace { place in
      let help = try place.succeed("huaben-plot --help")
      #expect(help.diagnostics == "")
      let named = help.text.matches(of: #/(?:^|[\s\[])(--?[a-z][a-z-]*)/#).map { String($0.1) }
      // Options of other tools stand in quotation marks behind their names.
      let options = Set(named).subtracting(["--attention", "--log", "--per-token"])
      #expect(options.count == 11 && page.options == options, "\(options) \(page.options)")
      let completions = "\(Tools.package)/Scripts/completions"
      let bash = Files.text(of: "\(completions)/huaben-plot.bash")
      let zsh = Files.text(of: "\(completions)/_huaben-plot")
      let fish = Files.text(of: "\(completions)/huaben-plot.fish")
      for option in options {
        #expect(bash.contains(option) && zsh.contains(option), "\(option)")
        let fishName =
          option.hasPrefix("--") ? "-l \(option.dropFirst(2))" : "-s \(option.dropFirst())"
        #expect(fish.contains(fishName), "\(option)")
      }
      let version = try place.succeed("huaben-plot --version").text
      #expect(
        try place.succeed("detok --version").text == version.replacing("huaben-plot", with: "detok")
      )
    }
  }

  @Test(.enabled(if: Tools.have("gnuplot"), "needs gnuplot"))
  func theExamplesOfThePageRun() throws {
    let page = try #require(ManPage("huaben-plot.1"))
    try withWorkplace { place in
      for example in page.examples().flatMap({ $0 }) {
        let outcome = try place.succeed(example.command)
        #expect(outcome.text == example.output, "\(example.command)")
      }
      for name in ["weights.svg", "runs.svg"] {
        #expect(place.text(of: name).contains("</svg>"))
      }
    }
  }

  /// The programs are for any awk; gawk is another than mawk, which Debian has.
  @Test(.enabled(if: Tools.have("mawk", "gawk"), "needs mawk and gawk"))
  func everyAwkDrawsTheSame() throws {
    try withInputs { place, picture in
      try place.succeed(
        """
        for awk in mawk gawk; do
          mkdir $awk
          ln -s "$(command -v $awk)" $awk/awk
          PATH=$PWD/$awk:$PATH huaben-plot \(picture) -o $awk.out \(picture)
        done
        cmp mawk.out gawk.out
        """)
    }
  }
}
