import Testing

@testable import Cleaning

@Suite("Rules and boxes")
struct RuleTests {
  @Test(
    "What is drawn is a rule",
    arguments: [
      "***", "* * *", "-----", "* = * = * =", "——", "－－－－", "☆☆☆☆", "━━━━━━", "~~~~~", "=.=.=.=",
      "╔════╗", "◆◇◆",
      "＊＊＊",
    ])
  func rules(line: String) throws {
    let cleaned = try clean("甲。\n\(line)\n乙。\n")
    #expect(cleaned.text == "甲。\n乙。\n")
    #expect(cleaned.dropped == ["2 rule: \(line)"])
    #expect(cleaned.reports == ["dropped 1 line: 1 rule"])
  }

  @Test(
    "What may be written is none",
    arguments: [
      "……", "……………………", "......", "□□□□", "○○○", "？！", "”", "-", "**", "——他——", "*注*", "…—",
    ])
  func text(line: String) throws {
    #expect(try clean("甲。\n\(line)\n乙。\n").text == "甲。\n\(line)\n乙。\n")
  }

  @Test("Of a box around a heading the heading is left, in one line")
  func headingBox() throws {
    let box = """
      * = * = * = * = *
      l\t\t=
      *\t 第 三 回\t *
      =\t\t=
      *\t 风起青萍末\u{3000}云生白帝城 \t*
      =\t\tl
      * = * = * = * = *
      \u{3000}\u{3000}话说天下大势。

      """
    let cleaned = try clean(box)
    #expect(cleaned.text == "第三回 风起青萍末 云生白帝城\n话说天下大势。\n")
    #expect(cleaned.reports == ["dropped 5 lines: 5 rules"])
  }

  @Test("A box around a notice goes, one around anything else leaves its text")
  func otherBoxes() throws {
    let notice = """
      *********************
      *                   *
      *  某某工作室 奉獻  *
      *  http://www.a-site.example.com/book.htm  *
      *  未經同意，不得修改。  *
      *********************
      甲。

      """
    let cleaned = try clean(notice)
    #expect(cleaned.text == "甲。\n")
    #expect(cleaned.reports == ["dropped 6 lines: 3 rules, 3 advertisements"])
    let plain = "┌──────┐\n│ 天下为公 │\n│此路不通│\n└──────┘\n甲。\n"
    #expect(try clean(plain).text == "天下为公\n此路不通\n甲。\n")
  }

  @Test("A box that is not closed is no box")
  func openBox() throws {
    #expect(try clean("======\n| 甲 |\n乙。\n").text == "| 甲 |\n乙。\n")
    #expect(try clean("======\n| 甲 |").text == "| 甲 |")
    let long = String(repeating: "| 甲 |\n", count: 100)
    #expect(try clean("======\n\(long)======\n").text == long)
  }
}
