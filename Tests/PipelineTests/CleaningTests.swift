import Testing

/// `tokenize --clean`, `--unwrap` and `--dropped` as they are typed.
@Suite struct CleaningTests {
  private static let dirty =
    "　　*****\r\n　　第 一 回　甲乙　丙丁\r\n\r\n　　却说他去了。ｗｗｗ．ａｂｃ．ｃｏｍ她听。\r\n请收藏本站\r\n\r\n　　他说。\r\n"

  @Test func aNovelIsCleanedAndWhatWasLeftOutIsListed() throws {
    try withWorkplace { place in
      place.write(Self.dirty, to: "novel.txt")
      let outcome = try place.succeed("tokenize --clean --dropped list.tsv novel.txt | detok")
      #expect(outcome.text == "第一回 甲乙 丙丁\n却说他去了。她听。\n他说。\n")
      #expect(
        outcome.diagnostics
          == "tokenize: novel.txt: dropped 2 lines: 1 rule, 1 advertisement; removed 1 clause\n")
      #expect(
        place.text(of: "list.tsv") == """
          file\tline\treason\ttext
          novel.txt\t1\trule\t*****
          novel.txt\t4\tclause\tｗｗｗ．ａｂｃ．ｃｏｍ
          novel.txt\t5\tadvertisement\t请收藏本站

          """)
      // Line 5 of the file is what the list says.
      #expect(try place.succeed("sed -n 5p novel.txt | tr -d '\\r'").text == "请收藏本站\n")
    }
  }

  @Test func anyEncodingAndEveryFileIsCleanedByItself() throws {
    try withWorkplace { place in
      place.write(Self.dirty, to: "novel.txt")
      try place.succeed(
        """
        iconv -f utf-8 -t gb18030 novel.txt > gb.txt
        iconv -f utf-8 -t utf-16 novel.txt | gzip > utf-16.gz
        tokenize --clean novel.txt > expected 2> /dev/null
        for jobs in 1 2; do
          tokenize -j $jobs -e gb18030 --clean gb.txt 2> /dev/null | cmp - expected
        done
        tokenize -e utf-16 --clean < utf-16.gz 2> /dev/null | cmp - expected
        tokenize --clean --dropped list.tsv -o twice novel.txt - < novel.txt 2> report
        cat expected expected | cmp - twice
        """)
      #expect(
        splitLines(place.text(of: "list.tsv")).map { $0.prefix { $0 != "\t" } } == [
          "file", "novel.txt", "novel.txt", "novel.txt", "<stdin>", "<stdin>", "<stdin>",
        ])
      #expect(splitLines(place.text(of: "report")).count == 2)
    }
  }

  @Test func hardWrappedTextIsJoinedAndOtherTextIsNot() throws {
    try withWorkplace { place in
      let wrapped = """
        　　话说天下大势，分久必合，合久必分。此是古
        人之言，今人听了，也只当作一句闲话，谁知世上之
        事，件件如此，并无一件例外。他叔父为人忠厚，待
        他如同己出，又请先生教他读书，不想他只爱舞枪弄
        棒，先生的话一句也不听，叔父也不说他，由着他去
        了几年，把一座后院的树都砍作了枪杆，又请先生教
        他读书。
        　　一日，叔父叫他到跟前。

        """
      place.write(wrapped, to: "wrapped.txt")
      let outcome = try place.succeed("tokenize --clean --unwrap wrapped.txt | detok")
      let joined = wrapped.filter { $0 != "\n" && $0 != "　" }
      #expect(outcome.text == joined.replacing("读书。", with: "读书。\n") + "\n")
      #expect(
        outcome.diagnostics
          == "tokenize: wrapped.txt: joined 7 hard-wrapped lines to 1 paragraph\n")
      place.write("　　他说。\r\n\r\n　　她听。\r\n", to: "other.txt")
      let other = try place.succeed("tokenize --unwrap other.txt | detok | cmp - other.txt")
      #expect(
        other.diagnostics == "tokenize: other.txt: not hard-wrapped, no lines joined\n")
    }
  }

  @Test func whatDoesNotGoTogetherIsAMistakeOfUsage() throws {
    try withWorkplace { place in
      place.write("甲\t乙\n", to: "pairs.tsv")
      for (options, reason) in [
        ("--pairs --clean", "--clean is for running text"),
        ("--pairs --unwrap", "--unwrap is for running text"), ("--dropped list", "add --clean"),
        ("--unwrap --dropped list", "add --clean"), ("--clean --dropped -", "takes a file"),
        ("--clean --dropped ./x -o x", "name one file"),
      ] {
        let outcome = try place.run("tokenize \(options) pairs.tsv")
        outcome.expectFailure(64, "tokenize", saying: reason)
        #expect(!place.exists("list") && !place.exists("x"))
      }
    }
  }

  @Test func theListAppearsWholeOrNotAtAll() throws {
    try withWorkplace { place in
      place.write("old", to: "list.tsv")
      place.write(Array("请收藏本站\n甲".utf8) + [0xFF], to: "bad.txt")
      let bad = try place.run("tokenize --clean --dropped list.tsv bad.txt > lines")
      bad.expectFailure(65, "tokenize", saying: "bad.txt:2:4: byte 0xFF")
      #expect(place.text(of: "list.tsv") == "old")
      place.write("请收藏本站\n", to: "good.txt")
      let nowhere = try place.run("tokenize --clean --dropped nowhere/list good.txt")
      nowhere.expectFailure(73, "tokenize", saying: "nowhere/list: cannot create")
      let full = try place.run("tokenize --clean --dropped /dev/full good.txt")
      #expect(full.status == 74)
      #expect(full.diagnosticLines.last?.contains("no space left") == true)
    }
  }
}
