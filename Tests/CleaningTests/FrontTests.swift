import Testing

@testable import Cleaning

@Suite("What stands before the text, and on its pages")
struct FrontTests {
  private static let headings = (1...6).map { "第\($0)章 某事\($0)" }

  @Test("A table of contents goes, with the word above it", arguments: [true, false])
  func contents(hasTitle: Bool) throws {
    let table = Self.headings.map { "　　\($0)\n" }.joined()
    let text = Self.headings.map { "\($0)\n他说\($0)。\n" }.joined(separator: "\n")
    let cleaned = try clean("某书\n\(hasTitle ? "目　录\n" : "")\(table)\n\(text)")
    #expect(cleaned.text == "某书\n\n\(text)")
    #expect(cleaned.dropped.count == (hasTitle ? 7 : 6))
    #expect(cleaned.dropped.last == "\(hasTitle ? 8 : 7) contents: 第6章 某事6")
  }

  @Test("Under the word all is a table, without it headings stay that do not come again")
  func noRestart() throws {
    let table = Self.headings.map { "\($0)\n" }.joined()
    #expect(try clean("目录\n\(table)他说。\n").text == "他说。\n")
    #expect(try clean("\(table)他说。\n").text == "\(table)他说。\n")
    #expect(try clean("目录\n他说。\n").text == "目录\n他说。\n")
  }

  @Test("Volumes in a table begin their numbers anew")
  func volumes() throws {
    let table = "卷一\n第一章\n第二章\n卷二\n第一章\n第二章\n"
    let text = "卷一\n第一章\n甲。\n\n第二章\n乙。\n"
    #expect(try clean(table + text).text == text)
  }

  @Test("A table that is long is one too, and endless headings are not kept for ever")
  func longTable() throws {
    let table = (1...500).map { "第\($0)章 某事\($0)\n" }.joined()
    #expect(try clean("\(table)第1章 某事1\n他说。\n").text == "第1章 某事1\n他说。\n")
    let name = String(repeating: "某", count: 80)
    let endless = (1...4_600).map { "第\($0)章 \(name)\n" }.joined()
    #expect(try clean(endless).text == endless)
  }

  @Test("What a template puts before the text goes where the template proves itself")
  func template() throws {
    let matter = "[某书 / 某人 著 ]\n书籍介绍:\n某年某月，某人作此。\n\n---章节内容开始---\n"
    let cleaned = try clean("\(matter)\n第一章\n他说。\n")
    #expect(cleaned.text == "第一章\n他说。\n")
    #expect(
      cleaned.reports == [
        "dropped 4 lines: 1 line of boilerplate, 3 lines of front matter"
      ])
    #expect(try clean("书籍介绍:\n某人作此。\n第一章\n").text == "书籍介绍:\n某人作此。\n第一章\n")
    #expect(try clean("某人作此。\n--正文内容开始--\n甲。\n").text == "某人作此。\n甲。\n")
  }

  @Test("Project Gutenberg's lines go, before and behind")
  func gutenberg() throws {
    let text = """
      The Project Gutenberg eBook of A Tale
      *** START OF THE PROJECT GUTENBERG EBOOK A TALE ***

      Chapter 1
      He left.
      *** END OF THE PROJECT GUTENBERG EBOOK A TALE ***
      Most people start here.

      """
    #expect(try clean(text).text == "Chapter 1\nHe left.\n")
  }

  @Test("A header with a growing number goes from where it first was", arguments: [200, 1_000_000])
  func numberedHeader(front: Int) throws {
    var text = ""
    for page in 1...9 { text += "他走到门\n\n某书 \(page)\n\n口一看，没有人。\n甲\(page)。\n" }
    let cleaned = try clean(Array(text.utf8), front: front)
    #expect(!cleaned.text.contains("某书"))
    #expect(cleaned.dropped.count == 9)
    #expect(cleaned.dropped.first == "3 page header: 某书 1")
    #expect(cleaned.reports == ["dropped 9 lines: 9 page headers"])
    #expect(cleaned.text.hasPrefix("他走到门\n口一看，没有人。\n"))
  }

  @Test("A header beside the number of its page goes")
  func plainHeader() throws {
    var text = ""
    for page in 1...4 { text += "他第\(page)次走到门\n- \(page) -\n某书·卷上\n口一看，没有人\(page)。\n" }
    let cleaned = try clean(text)
    #expect(!cleaned.text.contains("某书"))
    #expect(cleaned.reports == ["dropped 8 lines: 4 page headers, 4 page numbers"])
  }

  @Test("Words that come again are no header without a page to tell")
  func refrains() throws {
    let text = (1...9).map { "诗曰：\n某月\($0)\n他说\($0)。\n第\($0)天\n他说。\nDay \($0)\n" }.joined()
    #expect(try clean(text).text == text)
    #expect(try clean(text).dropped == [])
    let list = (1...9).map { "COM\($0)\nLPT\($0)\n" }.joined()
    #expect(try clean(list).text == list)
  }
}
