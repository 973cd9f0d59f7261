import Testing

/// `huaben-plot curves` draws training logs.
@Suite(.enabled(if: Tools.have("gnuplot", "python3"), "needs gnuplot and python3"))
struct CurvePictureTests {
  private static let names = "seconds\tupdates\tepochs\tvalid_bits_per_char\tgradient_norm\n"

  /// Returns the texts of a picture that is well-formed.
  private func texts(of picture: String, in place: Workplace) throws -> [String] {
    let reader = """
      import sys, xml.etree.ElementTree as tree
      for text in tree.parse(sys.argv[1]).getroot().iter("{http://www.w3.org/2000/svg}text"):
          print("".join(text.itertext()).strip())
      """
    place.write(reader, to: "reader.py")
    return try place.succeed("python3 reader.py \(picture)").lines
  }

  @Test func everyLogHasACurve() throws {
    try withWorkplace { place in
      place.write("\(Self.names)10\t5\t1\t7.25\t1\n20\t10\t2\t6.5\t1\n", to: "a & <b>'s 100%.log")
      place.write("\(Self.names)12\t5\t1\t7.5\t1\n24\t10\t2\t6.125\t1\n", to: "红楼梦.log.tsv")
      try place.succeed("huaben-plot curves -o out.svg *.log *.tsv")
      let texts = try texts(of: "out.svg", in: place)
      #expect(texts.contains("a & <b>'s 100%, best 6.500"), "\(texts)")
      #expect(texts.contains("红楼梦, best 6.125"))
      #expect(texts.contains("training time (seconds)") && texts.contains("held-out bits/char"))
      let picture = place.text(of: "out.svg")
      #expect(picture.matches(of: #/id="curves_plot_\d+"/#).count == 2)
    }
  }

  @Test func theAxisHasItsUnit() throws {
    try withWorkplace { place in
      for (last, options, label) in [
        ("599.9", "", "training time (seconds)"), ("600", "", "training time (minutes)"),
        ("14400.5", "", "training time (hours)"), ("14400.5", "--updates", "updates"),
      ] {
        place.write("\(Self.names)1\t1\t1\t7\t1\n\(last)\t9\t1\t6\t1\n", to: "log")
        try place.succeed("huaben-plot curves \(options) -o out.svg log")
        #expect(try texts(of: "out.svg", in: place).contains(label), "\(last)")
      }
    }
  }

  @Test func logsOfOneNameHaveTheirDirectories() throws {
    try withWorkplace { place in
      let log = "\(Self.names)10\t5\t1\t7.25\t1\n"
      try place.succeed("mkdir a b")
      for name in ["a/log.tsv", "b/log.tsv", "other.tsv"] { place.write(log, to: name) }
      try place.succeed(
        "cat other.tsv | huaben-plot curves a/log.tsv b/log.tsv other.tsv - > out.svg")
      let labels = try texts(of: "out.svg", in: place).filter { $0.contains(", best ") }
      #expect(
        labels == ["a/log.tsv", "b/log.tsv", "other", "<stdin>"].map { "\($0), best 7.250" })
    }
  }

  @Test func aNameThatIsASuffixIsWhole() throws {
    try withWorkplace { place in
      for name in [".tsv", ".log", ".log.tsv", "x.tsv"] {
        place.write("\(Self.names)10\t5\t1\t7.25\t1\n", to: name)
      }
      try place.succeed(
        "huaben-plot curves -o out.svg .tsv .log .log.tsv x.tsv; rm .tsv .log .log.tsv")
      let labels = try texts(of: "out.svg", in: place).filter { $0.contains(", best ") }
      #expect(labels == [".tsv", ".log", ".log.tsv", "x"].map { "\($0), best 7.250" })
    }
  }

  @Test func aCurveMayBeOnePointAtZero() throws {
    try withWorkplace { place in
      place.write("\(Self.names)0\t0\t0\t7.25\t1\n", to: "log")
      for options in ["", "--updates"] {
        try place.succeed("huaben-plot curves \(options) -o out.svg log")
        #expect(try texts(of: "out.svg", in: place).contains("log, best 7.250"))
      }
    }
  }

  @Test func aNameIsNeverACommand() throws {
    try withWorkplace { place in
      let log = "\(Self.names)10\t5\t1\t7.25\t1\n"
      for name in ["$(touch ran)", "x]", "a[$(touch ran)]", "`touch ran`", "-e"] {
        place.write(log, to: "\(name).tsv")
      }
      try place.succeed("huaben-plot curves -o out.svg -- *.tsv")
      #expect(!place.exists("ran"))
      let labels = try texts(of: "out.svg", in: place).filter { $0.contains(", best ") }
      #expect(labels.count == 5 && labels.contains("$(touch ran), best 7.250"), "\(labels)")
    }
  }

  @Test func manyLogsAllHaveTheirName() throws {
    try withWorkplace { place in
      for run in 10..<40 {
        place.write("\(Self.names)10\t5\t1\t7\t1\n9\t5\t1\t6\t1\n", to: "\(run).tsv")
      }
      try place.succeed("huaben-plot curves -o out.svg *.tsv")
      let labels = try texts(of: "out.svg", in: place).filter { $0.contains(", best ") }
      #expect(labels == (10..<40).map { "\($0), best 6.000" })
    }
  }

  @Test func aLogOfTrainIsDrawn() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        "huaben-plot curves -o out.svg $STORY/story.log", environment: story.environment)
      #expect(try texts(of: "out.svg", in: place).contains { $0.hasPrefix("story, best ") })
    }
  }

  @Test func badLogsAreRefusedWithTheirPlace() throws {
    try withWorkplace { place in
      place.write("\(Self.names)1\t1\t1\t7\t1\n", to: "good.tsv")
      for (rows, reason) in [
        ("1\t1\t1\tNA\t1\n", "bad.tsv:2: no held-out figure; train with"),
        ("1\t1\t1\t7\n", "bad.tsv:2: 4 fields, where the first line has 5"),
        ("x\t1\t1\t7\t1\n", "bad.tsv:2: expected a number in column 1, found 'x'"),
        ("1e999\t1\t1\t7\t1\n", "bad.tsv:2: expected a number in column 1, found '1e999'"),
        ("", "bad.tsv: a log without a row"),
      ] {
        place.write(Self.names + rows, to: "bad.tsv")
        let outcome = try place.run("huaben-plot curves -o out.svg good.tsv bad.tsv")
        outcome.expectFailure(65, "huaben-plot", saying: reason)
        #expect(!place.exists("out.svg"))
      }
    }
  }
}
