import Testing

/// What the options of `tokenize` that decide where tokens end do, and what they refuse.
@Suite struct SegmentationOptionTests {
  @Test func aVocabularyIsADictionary() throws {
    try withWorkplace { place in
      place.write("甄士隐梦幻识通灵\n", to: "names")
      try place.succeed(
        """
        printf '甄士隐\\t3\\n贾\\u3000雨\\n' | sed 's/\\xE3\\x80\\x80/\\\\u{3000}/' > d
        echo '甄士隐说贾　雨村' | tokenize --dictionary d > tokens
        grep -qx '甄士隐 说 贾\\\\u{3000}雨 村' tokens
        vocab tokens > v 2> /dev/null
        echo '甄士隐说贾　雨村' | tokenize --dictionary v | cmp - tokens
        # The last of several dictionaries has the last word on a weight.
        printf '士隐梦 9\\n甄士隐 1\\n隐梦幻 1\\n' > e
        printf '甄士隐 1\\n士隐梦 1\\n隐梦幻 9\\n' > f
        tokenize --dictionary e --dictionary f names | grep -q '甄 士 隐梦幻 '
        tokenize --dictionary f --dictionary e names | grep -q '甄 士隐梦 幻'
        cat e | tokenize --dictionary - --dictionary /dev/null names | detok | cmp - names
        """)
    }
  }

  @Test(arguments: ["word", "character", "grapheme", "sentence"])
  func everyUnitGoesThereAndBack(unit: String) throws {
    let story = try Story.made()
    try withWorkplace { place in
      place.write(
        "He said: \"It's 3.14, Mr. X.\" กรุงเทพมหานคร 日本語です。\r\n  👩‍👩‍👧 \n", to: "other")
      try place.succeed(
        """
        head -n 40 $STORY/story.txt > text
        cat other >> text
        for locale in zh en en@ss=standard ja th el; do
          tokenize -u \(unit) --locale $locale -j 1 text > one
          tokenize -u \(unit) --locale $locale -j 2 < text | cmp - one
          detok one | cmp - text
        done
        """, environment: story.environment)
    }
  }

  @Test func aSentenceIsOneToken() throws {
    try withWorkplace { place in
      let outcome = try place.succeed("printf '他走了。她没走。\\n' | tokenize -u sentence")
      #expect(outcome.text == "他走了。\n她没走。\n\n")
    }
  }

  @Test(arguments: [
    ("--locale xx", "knows no locale 'xx'"), ("--locale ja@lb=strict", "'lb=strict'"),
    ("-u sentence --dictionary d", "-u sentence"), ("-u character --dictionary d", "whole"),
    ("--dictionary - -", "the text and --dictionary cannot both be standard input"),
    ("--dictionary - --dictionary - d", "only one --dictionary"), ("-u words", "words"),
  ])
  func mistakesOfUsage(options: String, reason: String) throws {
    try withWorkplace { place in
      place.write("甲乙\n", to: "d")
      let outcome = try place.run("tokenize \(options) < /dev/null")
      outcome.expectFailure(64, "tokenize", saying: reason, "see 'tokenize --help'")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func aBadDictionaryIsNamedAndNothingIsWritten() throws {
    try withWorkplace { place in
      place.write("甲乙\n丙丁 x\n", to: "d")
      place.write("text\n", to: "text")
      let outcome = try place.run("tokenize --dictionary d -o out text")
      outcome.expectFailure(65, "tokenize", saying: "d:2:8: expected a weight, found 'x'")
      #expect(!place.exists("out"))
      let missing = try place.run("tokenize --dictionary nowhere -o out text")
      missing.expectFailure(66, "tokenize", saying: "nowhere: no such file")
      let model = try place.run(
        "head -c 100 $(command -v tokenize) > d; tokenize --dictionary d text")
      model.expectFailure(65, "tokenize", saying: "d: this is not UTF-8 text")
    }
  }
}
