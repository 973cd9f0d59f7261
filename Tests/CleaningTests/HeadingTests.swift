import Testing

@testable import Cleaning

@Suite("Headings")
struct HeadingTests {
  private func read(_ line: String) -> Heading? {
    HeadingReader().heading(in: Array(line.utf8))
  }

  @Test(
    "A heading has one blank between its parts, and none in its number",
    arguments: [
      ("第一回", "第一回"),
      ("第 一 回", "第一回"),
      ("第一回  风起青萍末　云生白帝城", "第一回 风起青萍末 云生白帝城"),
      ("第１２章", "第１２章"),
      ("第１２章\u{3000}\u{3000}远行", "第１２章 远行"),
      ("第012章：远行", "第012章：远行"),
      ("第三章远行", "第三章远行"),
      ("上卷 第三回   风　雨", "上卷 第三回 风 雨"),
      ("第一卷 少年 第三章 远行", "第一卷 少年 第三章 远行"),
      ("第二節 遠行", "第二節 遠行"),
      ("卷三", "卷三"),
      ("卷一　四十千", "卷一 四十千"),
      ("楔子　甲乙丙　丁戊己", "楔子 甲乙丙 丁戊己"),
      ("序", "序"), ("尾声", "尾声"), ("尾聲", "尾聲"), ("番外 三 归来", "番外三 归来"),
      ("# 第三章 远行", "第三章 远行"),
      ("☆、第三章 远行 ☆", "第三章 远行"),
      ("====第三章====", "第三章"),
      ("Chapter 12", "Chapter 12"), ("CHAPTER  XII.  The Return", "CHAPTER XII. The Return"),
      ("Chapter the First", "Chapter the First"), ("Part Two: Home", "Part Two: Home"),
      ("Prologue", "Prologue"),
    ])
  func headings(line: String, text: String) throws {
    let heading = try #require(read(line))
    #expect(String(decoding: heading.text, as: UTF8.self) == text)
    #expect(read(text)?.text == heading.text, "once more")
  }

  @Test(
    "A sentence about a chapter is none",
    arguments: [
      "第一回合他便输了", "第三章里说的是一件旧事。", "第二日", "第四回中已将此事表明，此回不提。",
      "第二部分的事", "第三回说到，他走了，", "第一章 他说：“来。”他来了。", "卷起帘子", "序幕拉开了", "前言少叙",
      "Chapter and verse", "Part of it was lost.", "Book one was lost.", "chapter 3 was long",
      "第一回 12",
    ])
  func sentences(line: String) { #expect(read(line) == nil) }

  @Test(
    "What a heading counts",
    arguments: [
      ("第一百二十回 归", "回", 120), ("第001回 归", "回", 1), ("第廿三章", "章", 23), ("第两千零一章", "章", 2001),
      ("第一二〇回", "回", 120), ("卷十", "卷", 10), ("Chapter XIV", "chapter", 14),
      ("Part 2", "part", 2),
    ])
  func marks(line: String, unit: String, number: Int) {
    #expect(read(line)?.mark == HeadingMark(unit: unit, number: number))
  }

  @Test("A template's word before a heading is told")
  func prefix() throws {
    let cleaned = try clean("    正文 第一回 甲乙\n他说。\n")
    #expect(cleaned.text == "第一回 甲乙\n他说。\n")
    #expect(cleaned.dropped == ["1 clause: 正文"])
    #expect(cleaned.reports == ["removed 1 clause"])
  }
}
