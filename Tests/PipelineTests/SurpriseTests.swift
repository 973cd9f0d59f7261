import Testing

/// `huaben-plot surprise` colours a text by what its tokens cost.
@Suite struct SurpriseTests {
  /// A table of tokens, each of so many bits.
  private func table(_ rows: [(line: Int, token: String, bits: Double)]) -> String {
    rows.enumerated().reduce(into: "line\tplace\ttoken\tnats\n") {
      let nats = $1.element.bits * 0.6931471805599453
      $0 += "\($1.element.line)\t\($1.offset + 1)\t\($1.element.token)\t\(nats)\n"
    }
  }

  /// The text in a picture for a terminal, without what stands below it.
  private func text(_ rows: [(line: Int, token: String, bits: Double)], options: String = "") throws
    -> String
  {
    var text = ""
    try withWorkplace { place in
      place.write(table(rows), to: "scores.tsv")
      text = try place.succeed("huaben-plot surprise \(options) scores.tsv").text
    }
    return String(
      text.prefix(upTo: text.firstRange(of: "\nbits of a token")?.lowerBound ?? text.endIndex))
  }

  @Test func aTerminalShowsColours() throws {
    let low = "\u{1B}[38;5;16;48;5;230m"
    let high = "\u{1B}[38;5;231;48;5;88m"
    let end = "\u{1B}[0m"
    #expect(
      try text([
        (2, "却", 1), (2, "▁说", 2.5), (2, "。", 99), (2, "</s>", 0), (3, "<&\">", 3), (3, "<p>", 0.5),
        (3, "</s>", 16.5), (5, "x", 0),
      ]) == "却\(low) 说\(end)\(high)。\(end)⊣\(low)<&\">\(end)¶\(high)⊣\(end)\nx\n")
  }

  @Test func escapesAreUndoneButForWhatCannotBeSeen() throws {
    #expect(
      try text(
        [
          "\\\\", "\\t", "\\r", "\\u{3C}p>", "\\u{2581}", "\\u{3000}", "\\u{200B}", "\\u{85}",
          "\\u{1B}",
          "\\u{202E}", "\\u{1F600}", "\\u{D800}", "\\u{FFFFFFFFFFFFFFFFF}", "\\xFF", "a\\\\t▁b",
          "é",
        ].map { (1, $0, 0) })
        == "\\⇥␍<p>▁\u{3000}\\u{200B}\\u{85}\\u{1B}\\u{202E}😀\\u{D800}\\u{FFFFFFFFFFFFFFFFF}\\xFFa\\t b"
        + "é\n")
  }

  /// Characters of a token that stand in it as themselves; others with the same first byte stay.
  @Test func literalCharactersThatWouldMoveOthersAreEscapes() throws {
    #expect(
      try text(
        [
          "\u{202E}", "a\u{200B}\\\\\u{2066}b", "\u{85}\u{AD}é", "\u{61C}ب", "\u{FEFF}！",
          "‘\u{2029}…",
          "\u{E0041}󰀀",
        ].map { (1, $0, 0) })
        == "\\u{202E}a\\u{200B}\\\\u{2066}b\\u{85}\\u{AD}é\\u{61C}ب\\u{FEFF}！‘\\u{2029}…"
        + "\\u{E0041}󰀀\n")
    try withWorkplace { place in
      place.write(table([(1, "a\u{202E}", 1)]), to: "scores.tsv")
      let page = try place.succeed("huaben-plot surprise --html scores.tsv").text
      #expect(page.contains("title=\"a\\u{202E}: 1.00 bits\">a\\u{202E}</span>"), "\(page)")
    }
  }

  @Test func bytesOfACharacterAreShownAsThat() throws {
    let bytes = { (bytes: [UInt8]) in
      bytes.map { byte -> (line: Int, token: String, bits: Double) in
        let digits = String(byte, radix: 16, uppercase: true)
        return (1, "<0x\(digits.count < 2 ? "0" : "")\(digits)>", 0)
      }
    }
    #expect(try text(bytes(Array("你😀é A".utf8))) == "你😀é A\n")
    // Neither of these is a character: cut, overlong, a surrogate, too great.
    #expect(try text(bytes([0xE4, 0xBD])) == "\\xE4\\xBD\n")
    #expect(try text(bytes([0xC0, 0x80, 0xE0, 0x9F, 0xBF])) == "\\xC0\\x80\\xE0\\x9F\\xBF\n")
    #expect(try text(bytes([0xED, 0xA0, 0x80])) == "\\xED\\xA0\\x80\n")
    #expect(try text(bytes([0xF4, 0x90, 0x80, 0x80])) == "\\xF4\\x90\\x80\\x80\n")
    #expect(try text(bytes([0xE4, 0xBD, 0x41, 0x0A, 0x09])) == "\\xE4\\xBDA␊⇥\n")
    #expect(try text(bytes([0xE2, 0x80, 0xAE])) == "\\u{202E}\n")
    // They are not put together across sentences, and bits are.
    #expect(
      try text([(1, "<0xC3>", 0), (2, "<0xA9>", 0), (2, "<0xC3>", 2), (2, "<0xA9>", 15)])
        == "\\xC3\\xA9\u{1B}[38;5;231;48;5;88mé\u{1B}[0m\n")
  }

  @Test func paragraphsOrSentencesAreLines() throws {
    let rows: [(line: Int, token: String, bits: Double)] = [
      (2, "a", 0), (2, "</s>", 0), (3, "b", 0), (3, "<p>", 0), (3, "</s>", 0), (5, "c", 0),
      (5, "</s>", 0), (8, "d", 0), (8, "</s>", 0),
    ]
    #expect(try text(rows) == "a⊣b¶⊣\nc⊣\nd⊣\n")
    #expect(try text(rows, options: "--lines") == "a⊣\nb¶⊣\nc⊣\nd⊣\n")
  }

  @Test func aPageIsWholeAndEscaped() throws {
    try withWorkplace { place in
      place.write(
        table([
          (1, "<&\">", 1), (1, "<0xC3>", 4), (1, "<0xA9>", 5), (1, "'</b>", 7.126), (1, "</s>", 2),
        ]),
        to: "a<b&c.tsv")
      let page = try place.succeed("huaben-plot surprise --html 'a<b&c.tsv'").text
      #expect(page.hasPrefix("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"))
      #expect(page.contains("<title>Surprise: a&lt;b&amp;c.tsv</title>"))
      #expect(
        page.contains(
          """
          <body>
          <p><span class="s0" title="&lt;&amp;&quot;&gt;: 1.00 bits">&lt;&amp;&quot;&gt;</span>\
          <span class="s4" title="&lt;0xC3&gt; &lt;0xA9&gt;: 9.00 bits">é</span>\
          <span class="s3" title="'&lt;/b&gt;: 7.13 bits">'&lt;/b&gt;</span>\
          <span class="s1 mark" title="&lt;/s&gt;: 2.00 bits">⊣</span></p>
          <footer>

          """), "\(page)")
      #expect(page.contains("<p>5 tokens, 3.83 bits a token on average</p>"))
      #expect(page.contains("prefers-color-scheme: dark") && !page.contains("http"))
      #expect(page.hasSuffix("</footer>\n</body>\n</html>\n"))
    }
  }

  @Test func badTablesAreRefusedWithTheirPlace() throws {
    try withWorkplace { place in
      for (row, reason) in [
        ("1\t1\ta\n", "expected a line, a place, a token and its nats"),
        ("x\t1\ta\t1\n", "expected the number of a line, found 'x'"),
        ("1\t1\ta\tnan\n", "found 'nan'"), ("1\t1\ta\t-1\n", "found '-1'"),
        ("1\t1\t\\q\t1\n", "bad escape in '\\q'"), ("1\t1\ta\\\t1\n", "bad escape"),
      ] {
        place.write("line\tplace\ttoken\tnats\n1\t1\tgood\t1\n\(row)", to: "bad.tsv")
        let outcome = try place.run("huaben-plot surprise bad.tsv")
        outcome.expectFailure(65, "huaben-plot", saying: "bad.tsv:3: ", reason)
        #expect(outcome.output.isEmpty)
      }
    }
  }
}
