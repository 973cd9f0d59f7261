import TestSupport
import Testing

/// `huaben-plot attention` draws what each token written looked at.
@Suite(.enabled(if: Tools.have("python3"), "needs python3"))
struct AttentionPictureTests {
  /// Two sentences, with tokens that would break a careless picture.
  private static let weights = """
    \t<&">\t'x'\t\\u{3000}\t▁海棠\t%s]]>\t</s>
    \\\\\t0.100000\t0.200000\t0.300000\t0.400000\t0.000000\t0.000000
    <p>\t0.000001\t0.950000\t0.000000\t0.000000\t0.000000\t0.049999
    </s>\t0.000000\t0.000000\t0.000000\t0.000000\t1.000000\t0.000000

    \t却\t说
    道\t0.250000\t0.750000

    """

  /// Reads a picture: its tokens with their places, and its cells, each on a line.
  private static let reader = #"""
    import re, sys, xml.etree.ElementTree as tree

    svg = "{http://www.w3.org/2000/svg}"
    root = tree.parse(sys.argv[1]).getroot()
    for element in root.iter():
        title = element.find(svg + "title")
        if element.tag == svg + "text":
            short = "".join(element.itertext())
            if title is not None:
                short = title.text
            first = element.find(svg + "tspan")
            place = (element if first is None else first).attrib
            turned = re.match(r"translate\(([\d.]+) ([\d.]+)\)", place.get("transform", ""))
            x, y = turned.groups() if turned else (place["x"], place["y"])
            print("text", x, y, short, sep="\t")
        elif element.tag == svg + "rect" and title is not None:
            print("cell", element.get("x"), element.get("y"), element.get("fill"), title.text, sep="\t")
    print("size", root.get("width"), root.get("height"), sep="\t")
    """#

  /// Rows of what is in a picture, field by field.
  private func rows(of picture: String, in place: Workplace) throws -> [[Substring]] {
    place.write(Self.reader, to: "reader.py")
    return try place.succeed("python3 reader.py \(picture)").lines
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
  }

  @Test func everyTokenStandsInThePicture() throws {
    try withWorkplace { place in
      place.write(Self.weights, to: "weights.tsv")
      try place.succeed("huaben-plot attention weights.tsv > picture.svg")
      let rows = try rows(of: "picture.svg", in: place)
      let texts = rows.filter { $0[0] == "text" }.map { String($0[3]) }
      for token in ["<&\">", "'x'", "\\u{3000}", "▁海棠", "%s]]>", "\\\\", "<p>"] {
        #expect(texts.count { $0 == token } == 1, "\(token) in \(texts)")
      }
      #expect(texts.count { $0 == "</s>" } == 2, "of the source and of the target")
      #expect(!texts.contains("却"))
    }
  }

  @Test func aCellIsDarkByItsWeight() throws {
    try withWorkplace { place in
      place.write(Self.weights, to: "weights.tsv")
      try place.succeed("huaben-plot attention weights.tsv > picture.svg")
      let cells = try rows(of: "picture.svg", in: place).filter { $0[0] == "cell" }
      #expect(cells.count == 18)
      let ofWeight = { (weight: String) in cells.first { $0[4].hasSuffix(weight) }?[3] ?? "" }
      #expect(ofWeight("0.000000") == "#ffffff" && ofWeight("1.000000") == "#08306b")
      // Red falls all the way from white to the darkest blue.
      let reds = ["0.100000", "0.200000", "0.300000", "0.400000", "0.950000"].map {
        Int(ofWeight($0).dropFirst().prefix(2), radix: 16) ?? -1
      }
      #expect(reds == reds.sorted(by: >) && Set(reds).count == 5 && !reds.contains(-1), "\(reds)")
      #expect(cells.contains { $0[4] == "<p> ← 'x'  0.950000" })
    }
  }

  @Test func sentencesAreChosen() throws {
    try withWorkplace { place in
      place.write(Self.weights, to: "weights.tsv")
      try place.succeed(
        """
        huaben-plot attention -n 2 -o two.svg weights.tsv
        huaben-plot attention -n2 < weights.tsv | sed 's/&lt;stdin&gt;/weights.tsv/' | cmp - two.svg
        huaben-plot attention -o one.svg weights.tsv
        mkdir a.b
        huaben-plot attention --all -o a.b/all weights.tsv
        cmp a.b/all-1 one.svg
        cmp a.b/all-2 two.svg
        huaben-plot attention --all -o x.y.svg weights.tsv
        cmp x.y-2.svg two.svg
        """)
      #expect(Files.names(in: "\(place.path)/a.b") == ["all-1", "all-2"])
      let texts = try rows(of: "two.svg", in: place).filter { $0[0] == "text" }.map { $0[3] }
      #expect(texts.contains("却") && texts.contains("道") && !texts.contains("<p>"))
      try place.run("huaben-plot attention -n 3 weights.tsv").expectFailure(
        65, "huaben-plot", saying: "weights.tsv: 2 sentences", "number 3")
      try place.run("huaben-plot attention --all weights.tsv").expectFailure(
        64, "huaben-plot", saying: "-o out.svg")
    }
  }

  @Test func aNumberedPictureDoesNotTakeThePlaceOfWhatIsDrawn() throws {
    try withWorkplace { place in
      place.write(Self.weights, to: "w-2.tsv")
      place.write("old", to: "w-1.tsv")
      let outcome = try place.run("huaben-plot attention --all -o w.tsv w-2.tsv")
      outcome.expectFailure(64, "huaben-plot", saying: "would replace w-2.tsv", "another file")
      #expect(place.text(of: "w-2.tsv") == Self.weights && place.text(of: "w-1.tsv") == "old")
      // A file with the name itself is not among the pictures.
      try place.succeed("mv w-2.tsv w.tsv; huaben-plot attention --all -o w.tsv w.tsv")
      #expect(place.text(of: "w.tsv") == Self.weights && place.text(of: "w-2.tsv").contains("<svg"))
    }
  }

  @Test func whatWouldMoveOthersIsAnEscape() throws {
    try withWorkplace { place in
      place.write("\ta\u{202E}\tb\u{FFFF}\nx\u{200B}\t0.25\t0.75\n", to: "weights.tsv")
      try place.succeed("huaben-plot attention -o picture.svg weights.tsv")
      let rows = try rows(of: "picture.svg", in: place)
      let texts = rows.filter { $0[0] == "text" }.map { $0[3] }
      for token in ["a\\u{202E}", "b\\u{FFFF}", "x\\u{200B}"] {
        #expect(texts.contains { $0 == token }, "\(token) in \(texts)")
      }
      #expect(rows.contains { $0[0] == "cell" && $0[4] == "x\\u{200B} ← a\\u{202E}  0.25" })
    }
  }

  @Test func thePictureGrowsWithTheTokens() throws {
    try withWorkplace { place in
      let source = (1...90).map { "字\($0)" } + [String(repeating: "长", count: 400)]
      let target = (1...70).map { "词\($0)" } + [String(repeating: "a", count: 400)]
      let weights = source.map { _ in "0.010000" }.joined(separator: "\t")
      place.write(
        "\t\(source.joined(separator: "\t"))\n"
          + target.map { "\($0)\t\(weights)\n" }.joined(), to: "weights.tsv")
      try place.succeed("huaben-plot attention -o picture.svg weights.tsv")
      let rows = try rows(of: "picture.svg", in: place)
      func places(_ tokens: [String], axis: Int) -> [Double] {
        tokens.compactMap { token in
          rows.first { $0[0] == "text" && $0[3] == token }.flatMap { Double($0[axis]) }
        }
      }
      let size = try #require(rows.last)
      for (places, count, extent) in [
        (places(source, axis: 1), source.count, size[1]),
        (places(target, axis: 2), target.count, size[2]),
      ] {
        #expect(places.count == count)
        #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 14 }, "they overlap")
        #expect((places.last ?? .infinity) < (Double(extent) ?? 0))
      }
    }
  }

  @Test func badWeightsAreRefusedWithTheirPlace() throws {
    try withWorkplace { place in
      for (text, line, reason) in [
        ("\ta\tb\nx\t0.5\n", 2, "1 weight, where the source has 2 tokens"),
        ("\ta\nx\t1.5\n", 2, "from 0 to 1"), ("\ta\nx\t-0.5\n", 2, "from 0 to 1"),
        ("\ta\nx\tnan\n", 2, "from 0 to 1"), ("\ta\nx\t0x1\n", 2, "from 0 to 1"),
        ("\ta\n\n", 2, "a source without a target"), ("\ta\t\nx\t1\t0\n", 1, "empty token"),
        ("\ta\nx\t1\n\ny\t1\n", 4, "expected an empty cell"),
        ("\ta\nx\t1\r\n", 2, "lines end in LF alone"), ("\ta\u{7}\nx\t1\n", 1, "control"),
      ] {
        place.write(text, to: "bad.tsv")
        let outcome = try place.run("huaben-plot attention --all -o out.svg bad.tsv")
        outcome.expectFailure(65, "huaben-plot", saying: "bad.tsv:\(line): ", reason)
        #expect(!place.exists("out-1.svg"), "\(reason)")
      }
      place.write([0x09, 0xE4, 0xBD, 0x0A], to: "bad.tsv")
      try place.run("huaben-plot attention bad.tsv").expectFailure(
        65, "huaben-plot", saying: "bad.tsv:1: not valid UTF-8")
    }
  }
}
