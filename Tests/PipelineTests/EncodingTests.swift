import TestSupport
import Testing

/// Text as it comes: other encodings, gzip, and what is invalid.
@Suite struct EncodingTests {
  @Test(arguments: [
    ("gb18030", "却说，第一回。\n"), ("big5", "卻說，第一回。\r\n"), ("utf-16", "却說 a\n"),
    ("shift_jis", "日本語の、カナ\n"), ("iso-2022-jp", "日本語の\nカナ\n"), ("koi8-r", "Привет, мир\n"),
  ])
  func decodedAsIconvDecodes(encoding: String, text: String) throws {
    try withWorkplace { place in
      place.write(text, to: "text")
      let outcome = try place.succeed(
        """
        iconv -f utf-8 -t \(encoding) text > encoded
        tokenize -e \(encoding) encoded | detok
        tokenize -e \(encoding) < encoded | cmp - <(tokenize text)
        """)
      #expect(outcome.text == text)
      #expect(outcome.diagnostics == "")
    }
  }

  @Test func autoSaysWhatItFound() throws {
    try withWorkplace { place in
      place.write("第一回：甄士隐梦幻识通灵，贾雨村风尘怀闺秀。\n", to: "text")
      let outcome = try place.succeed(
        "iconv -f utf-8 -t gbk text > novel.txt; tokenize -e auto novel.txt | detok | cmp - text")
      #expect(outcome.diagnosticLines.count == 1)
      #expect(
        outcome.diagnostics.hasPrefix("tokenize: novel.txt: GB18030 (confidence "),
        "\(outcome.diagnostics)")
      place.write([0x80, 0xFF], to: "nothing")
      try place.run("tokenize -e auto -o out nothing").expectFailure(
        65, "tokenize", saying: "nothing: cannot tell the encoding", "-e")
      #expect(!place.exists("out"))
    }
  }

  @Test func otherEncodingsAreNamed() throws {
    try withWorkplace { place in
      place.write("第一回：甄士隱夢幻識通靈，賈雨村風塵懷閨秀。\n", to: "text")
      let outcome = try place.run("iconv -f utf-8 -t big5 text > novel.txt; tokenize novel.txt")
      outcome.expectFailure(65, "tokenize", saying: "novel.txt:1:1: byte 0xB2", "-e big5")
    }
  }

  @Test func unknownNamesAreRefused() throws {
    try withWorkplace { place in
      try place.run("tokenize -e gb18031 -o out /dev/null").expectFailure(
        64, "tokenize", saying: "'gb18031'", "did you mean GB18030", "--list-encodings")
      try place.run("tokenize --transform 'NFC; Traditional-Simplifed' /dev/null").expectFailure(
        64, "tokenize", saying: "'Traditional-Simplifed'", "did you mean Traditional-Simplified",
        "--list-transforms")
      #expect(!place.exists("out"))
      let encodings = try place.succeed("tokenize --list-encodings").lines
      #expect(encodings.contains { $0.hasPrefix("GB18030 ") })
      #expect(encodings.contains { $0.hasPrefix("Big5-HKSCS ") })
      let transforms = try place.succeed("tokenize --list-transforms").lines
      #expect(transforms.contains("Traditional-Simplified"))
    }
  }

  @Test func invalidBytesAreToldOneByOne() throws {
    try withWorkplace { place in
      place.write([0x0A, 0xA4, 0xA4, 0x8E, 0xCD, 0x0A, 0xFF, 0x61], to: "bad")
      let hkscs = "tokenize -e big5-hkscs -o out"
      try place.run("\(hkscs) bad").expectFailure(
        65, "tokenize", saying: "bad:2:3: bytes 0x8E 0xCD are not valid Big5-HKSCS; ")
      #expect(!place.exists("out"))
      let replaced = try place.succeed("\(hkscs) --invalid replace bad; detok out")
      #expect(replaced.text == "\n中\u{FFFD}\n\u{FFFD}a")
      #expect(
        replaced.diagnosticLines == [
          "tokenize: bad:2:3: bytes 0x8E 0xCD are not valid Big5-HKSCS, replaced with U+FFFD",
          "tokenize: bad:3:1: byte 0xFF is not valid Big5-HKSCS, replaced with U+FFFD",
          "tokenize: replaced 2 invalid sequences with U+FFFD",
        ])
      let escaped = try place.succeed("\(hkscs) --invalid escape bad; cat out")
      #expect(escaped.lines == ["", "中 \\x8E \\xCD", "", "\\xFF a"])
      place.write([UInt8](repeating: 0x80, count: 30), to: "worse")
      let skipped = try place.succeed("tokenize --invalid skip worse bad")
      #expect(skipped.diagnosticLines.count == 20 + 1 + 5 + 1)
      #expect(skipped.diagnosticLines[20] == "tokenize: worse: 10 more invalid sequences, skipped")
      #expect(skipped.diagnosticLines.last == "tokenize: skipped 35 invalid bytes")
    }
  }

  @Test func gzipIsReadAsWhatItHolds() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try place.succeed(
        """
        head -n 9 $STORY/story.txt > a; tail -n 9 $STORY/story.txt > b
        (gzip < a; gzip < b) > text.gz
        cat a b | tokenize > tokens; gzip < tokens > tokens.gz
        tokenize text.gz | cmp - tokens
        tokenize < text.gz | cmp - tokens
        detok tokens.gz | cmp - <(cat a b)
        vocab tokens.gz 2> /dev/null | cmp - <(vocab tokens 2> /dev/null)
        iconv -f utf-8 -t gb18030 a | gzip | tokenize -e gb18030 | cmp - <(tokenize a)
        """, environment: story.environment)
      for (command, tool) in [("tokenize", "tokenize"), ("vocab", "vocab"), ("detok", "detok")] {
        let file = tool == "tokenize" ? "text.gz" : "tokens.gz"
        let cut = try place.run("head -c 90 \(file) > cut; \(command) -o out cut")
        cut.expectFailure(65, tool, saying: "cut: the gzip data is cut off after ")
        let more = try place.run("(cat \(file); echo x) > more; \(command) -o out more")
        more.expectFailure(65, tool, saying: "more: other bytes follow the gzip data")
        #expect(!place.exists("out"))
      }
    }
  }

  @Test func transformsChangeOnlyWhatIsAskedFor() throws {
    try withWorkplace { place in
      let text = "printf '紅樓夢，Ａ\\r\\n'"
      let one = try place.succeed("\(text) | tokenize --transform Traditional-Simplified | detok")
      #expect(one.text == "红楼梦，Ａ\r\n")
      let two = try place.succeed(
        "\(text) | tokenize --transform Traditional-Simplified --transform NFKC | detok")
      #expect(two.text == "红楼梦,A\r\n")
      let pairs = try place.succeed(
        "printf '夢\\t紅\\n' | tokenize --pairs --transform Traditional-Simplified")
      #expect(pairs.text == "梦\t红\n")
    }
  }

  /// A pipe used by hand answers at once, whatever the text is passed through.
  @Test func answersBeforeTheInputEnds() throws {
    try withWorkplace { place in
      let outcome = try place.run(
        """
        mkfifo in out
        tokenize -e gb18030 --transform Traditional-Simplified < in > out &
        exec 3> in 4< out
        printf '\\xB5\\xDA\\xD2\\xBB\\n' >&3
        read -r -t 20 line <&4; echo "$line"
        exec 3>&-
        wait
        """)
      #expect(outcome.lines.first == "第一")
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func theFileWithInvalidBytesTellsThem() throws {
    try withWorkplace { place in
      let file = "\(SharedData.root)/raw/sanxiawuyi_trad.big5hkscs.crlf.txt"
      let outcome = try place.succeed("tokenize -e auto --invalid replace -o out '\(file)'")
      let lines = outcome.diagnosticLines.map { $0.replacing(file, with: "f") }
      #expect(
        lines == [
          "tokenize: f: Big5-HKSCS (confidence 100 of 100)",
          "tokenize: f:210:895: bytes 0x8E 0xCD are not valid Big5-HKSCS, replaced with U+FFFD",
          "tokenize: f:313:319: bytes 0xFE 0xAA are not valid Big5-HKSCS, replaced with U+FFFD",
          "tokenize: f:313:389: bytes 0x8E 0xCD are not valid Big5-HKSCS, replaced with U+FFFD",
          "tokenize: f:333:507: bytes 0x8E 0xB4 are not valid Big5-HKSCS, replaced with U+FFFD",
          "tokenize: replaced 4 invalid sequences with U+FFFD",
        ])
    }
  }
}
