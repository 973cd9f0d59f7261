import TestSupport
import Testing

/// `huaben-plot` is one of the tools in all that they have in common.
@Suite struct PlotConventionTests {
  @Test func standardInputAndFilesAreTheSame() throws {
    try withPictures { place, picture in
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

  @Test func aClosedPipeEndsItQuietly() throws {
    try withWorkplace { place in
      let rows = (1...3000).map { "\($0)\t1\t却说\t9\n" }.joined()
      place.write("line\tplace\ttoken\tnats\n\(rows)", to: "scores")
      let outcome = try place.run(
        "huaben-plot surprise --html scores | head -c 1 > first; echo ${PIPESTATUS[@]}")
      #expect(outcome.text == "141 0\n" && outcome.diagnostics == "")
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
    try withPictures { place, picture in
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
