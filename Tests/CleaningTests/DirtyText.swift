import TestSupport

/// Generated text with all that the rules look for, in any order.
enum DirtyText: String, CaseIterable, Sendable {
  /// Lines of novels, dirt between them.
  case novel
  /// Hard-wrapped lines, page headers and blank lines among them.
  case wrapped
  /// Pieces of all kinds without regard to lines.
  case scraps
  case randomBytes

  /// Generates about `size` bytes.
  func bytes(_ size: Int, using generator: inout SplitMix64) -> [UInt8] {
    var bytes: [UInt8] = []
    var page = 0
    while bytes.count < size {
      switch self {
      case .randomBytes: bytes.append(UInt8.random(in: 0...255, using: &generator))
      case .scraps: bytes += Self.somePieces.randomElement(using: &generator) ?? []
      case .novel: bytes += Self.lines.randomElement(using: &generator) ?? []
      case .wrapped:
        let isPage = Int.random(in: 0..<9, using: &generator) == 0
        page += isPage ? 1 : 0
        bytes +=
          isPage
          ? Array("\n某书 \(page)\n\n".utf8)
          : Self.wrappedLines.randomElement(using: &generator) ?? []
      }
    }
    return bytes
  }

  private static let somePieces: [[UInt8]] =
    [
      "却说", "宝玉", "，", "。", "”", "\n", "\n\n", "\r\n", "\r", "\t", "　", " ", "\u{FEFF}", "\u{0}",
      "\u{200B}", "第", "一",
      "12", "回", "章", "卷", "***", "=", "|", "l", "-", "——", "* ", "w w w", "www", "ｗｗｗ．", ".com",
      "http://", "本章未完", "请",
      "收藏", "本站", "手机用户", "请到", "阅读", "最新章节", "下载", "小说", "（", "）", "[", "]", "目录", "页", "Chapter ",
      "the end",
      "更新时间:", "求推荐票", "完", "......",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xE4], [0xB8], [0xF0, 0x9F], [0xEF, 0xBB], [0xE3, 0x80],
    ]

  private static let lines: [[UInt8]] = [
    "　　却说此人去了，半日不回。", "他说：“你来了？”", "无材可去补苍天，枉入红尘若许年。", "诗曰：", "\n", "", "　　", "*****", "* = * = *",
    "l\t=",
    "|  第 三 回  |", "|　　云生白帝城　　|", "第一回 甲乙　丙丁", "第二回　戊己", "卷一", "楔子", "目录", "更新时间:2008-1-1", "(本章完)",
    "- 12 -", "第 3 页",
    "请收藏本站", "他说。请收藏本站。她听。", "他说ｗｗｗ．ａｂｃ．ｃｏｍ她听。", "[某书 / 某人 著 ]", "书籍介绍:", "--章节内容开始--", "某书 12",
    "12 某书",
    "Chapter 3", "He left, and she", "stayed.", "…………", "上一页 返回目录 下一页",
  ].map { Array("\($0)\n".utf8) }

  private static let wrappedLines: [[UInt8]] = [
    "　　话说天下大势，分久必合，合久必分。此是古人之言，今", "人听了，也只当作一句闲话，谁知世上之事，件件如此，并无一", "件例外，也只当作一句闲话，谁知世上之事，件件如此，并无一",
    "例外。",
    "　　他去了。", "第五回 甲　乙", "白日依山尽，黄河入海流。", "*****", "请收藏本站", "",
    "It was late when the old man came down from the hill, and the lamps",
    "in the village had been lit an hour before. He went from door to door",
  ].map { Array("\($0)\n".utf8) }
}
