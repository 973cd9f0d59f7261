import Testing

@testable import Cleaning

@Suite("Hard-wrapped text")
struct UnwrapTests {
  private static let paragraphs = [
    "话说天下大势，分久必合，合久必分。此是古人之言，今人听了，也只当作一句闲话，谁知世上之事，件件如此，并无一件例外。",
    "却说此处有一少年，姓王名远，自幼失了父母，跟着叔父过活。叔父为人忠厚，待他如同己出，又请先生教他读书，不想他只爱舞枪弄棒。",
    "一日，叔父叫他到跟前，说道：“你今年十八岁了，也该出去走走，见见世面。”王远听了，心中大喜，当夜收拾行李，次日一早便辞了叔父。",
    "他一路行来，晓行夜宿，不觉已到江边。只见大江东去，水天一色，远处几点帆影，似有似无，他看得呆了，半日不曾挪步，天色却渐渐晚了。",
  ]

  /// Breaks text at a width in characters, the first line of a paragraph after an indent.
  private static func wrap(_ paragraph: String, width: Int, indent: Int) -> String {
    var lines: [String] = []
    var line = String(repeating: "　", count: indent)
    for character in paragraph {
      if line.count == width {
        lines.append(line)
        line = ""
      }
      line.append(character)
    }
    return (lines + [line]).joined(separator: "\n") + "\n"
  }

  @Test("Indents start paragraphs", arguments: [20, 25, 34])
  func indented(width: Int) throws {
    let paragraphs = Self.paragraphs + Self.paragraphs
    let text = paragraphs.map { Self.wrap($0, width: width, indent: 2) }.joined()
    let cleaned = try clean(text, unwraps: true)
    #expect(cleaned.text == paragraphs.map { "\($0)\n" }.joined())
    #expect(cleaned.reports.last?.hasSuffix("hard-wrapped lines to 8 paragraphs") == true)
    #expect(try clean(cleaned.bytes, unwraps: true).text == cleaned.text)
  }

  @Test("Blank lines start paragraphs, and go", arguments: [true, false])
  func spaced(cleans: Bool) throws {
    let text = Self.paragraphs.map { Self.wrap($0, width: 24, indent: 0) }.joined(separator: "\n")
    let cleaned = try clean(Array(text.utf8), cleans: cleans, unwraps: true)
    #expect(cleaned.text == Self.paragraphs.map { "\($0)\n" }.joined())
  }

  @Test("Short lines end paragraphs where nothing else does")
  func bare() throws {
    let text = Self.paragraphs.map { Self.wrap($0, width: 23, indent: 0) }.joined()
    #expect(try clean(text, unwraps: true).text == Self.paragraphs.map { "\($0)\n" }.joined())
  }

  @Test("Carriage returns and blanks at the joints go without cleaning too")
  func carriageReturns() throws {
    let text = Self.paragraphs.map { Self.wrap($0, width: 24, indent: 2) }.joined()
      .split(separator: "\n").map { "\($0) \r\n" }.joined()
    let cleaned = try clean(Array(text.utf8), cleans: false, unwraps: true)
    #expect(cleaned.text == Self.paragraphs.map { "　　\($0) \r\n" }.joined())
  }

  @Test("A blank joins words of Latin letters, and a hyphen none")
  func latin() throws {
    let text = """
      It was late when the old man came down from the hill, and the lamps in
      the village had been lit an hour before. He went from door to door and
      asked for the miller, but nobody had seen him since the morning, when a
      boat with two strangers in it had gone up the river to the half-
      forgotten landing below the church.

      She waited for him at the bridge, as she had done on every evening of
      that year, and would not hear of going in.

      """
    let cleaned = try clean(text, unwraps: true)
    #expect(cleaned.text.split(separator: "\n").count == 2)
    #expect(cleaned.text.contains("lamps in the village"))
    #expect(cleaned.text.contains("half-forgotten landing"))
    #expect(cleaned.text.hasSuffix("going in.\n"))
  }

  @Test(
    "What is not hard-wrapped passes unchanged",
    arguments: [
      "　　他说。\r\n\r\n　　她不答。\n \n\n\n甲", "无材可去补苍天，\n枉入红尘若许年。\n此系身前身后事，\n倩谁记去作奇传。\n", "\n\n", "",
      "a\nb\nc\n",
      "“甲甲”乙乙　　　“丙丙”丁丁\n“甲甲”乙乙　　　“丙丙”丁丁\n“甲甲”乙乙　　　“丙丙”丁丁\n“甲甲”乙乙　　　“丙丙”丁丁\n",
    ])
  func unwrapped(text: String) throws {
    let cleaned = try clean(text, cleans: false, unwraps: true)
    #expect(cleaned.text == text)
    #expect(cleaned.reports == ["not hard-wrapped, no lines joined"])
  }

  @Test("Verse among hard-wrapped lines stays verse, and so do headings")
  func verse() throws {
    let wrapped = Self.paragraphs.map { Self.wrap($0, width: 24, indent: 2) }
    let verse = "　　白日依山尽，黄河入海流。\n　　欲穷千里目，更上一层楼。\n"
    let text = "第一回\n\(wrapped[0])\(wrapped[1])\(verse)\(wrapped[2])第二回\n\(wrapped[3])"
    #expect(
      try clean(text, unwraps: true).text
        == """
        第一回
        \(Self.paragraphs[0])
        \(Self.paragraphs[1])
        白日依山尽，黄河入海流。
        欲穷千里目，更上一层楼。
        \(Self.paragraphs[2])
        第二回
        \(Self.paragraphs[3])

        """)
  }

  @Test("A paragraph of one full line ends where the next is indented like it")
  func fullLines() throws {
    let line = "　　他叔父为人忠厚，待他如同己出，又请先生教他读书。"
    let wrapped = Self.paragraphs.map { Self.wrap($0, width: 26, indent: 2) }.joined()
    let text = "\(wrapped)\(line)\n\(line)\n\(wrapped)"
    let expected = Self.paragraphs.map { "\($0)\n" }.joined()
    let whole = "\(line.dropFirst(2))\n"
    #expect(try clean(text, unwraps: true).text == "\(expected)\(whole)\(whole)\(expected)")
  }

  @Test("Verse that counts its stanzas at the ends of lines is none")
  func stanzas() throws {
    let verse =
      "山中一夜雨，树杪百重泉；汉女输橦布，巴人讼芋田。一解\n"
      + "文翁翻教授，不敢倚先贤；万壑树参天，千山响杜鹃。二解\n"
      + "山中一夜雨，树杪百重泉；汉女输橦布，巴人讼芋田。三解\n"
      + "文翁翻教授，不敢倚先贤；万壑树参天，千山响杜鹃。四解\n"
    #expect(try clean(verse, unwraps: true).text == verse)
  }

  @Test("A sentence goes on behind the header of a page")
  func pages() throws {
    var lines = Self.wrap(Self.paragraphs.joined(), width: 24, indent: 0).split(separator: "\n")
    let whole = lines.joined()
    for (page, index) in [2, 6, 10].enumerated() { lines.insert("\n- \(page + 1) -\n", at: index) }
    let cleaned = try clean(lines.joined(separator: "\n") + "\n", unwraps: true)
    #expect(cleaned.text.filter { $0 != "\n" } == whole)
    #expect(cleaned.text.split(separator: "\n").count <= 2)
  }
}
