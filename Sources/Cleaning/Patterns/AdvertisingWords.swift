/// Pairs of characters one of which every advertisement has, so that most lines need no pattern.
struct AdvertisingWords {
  private static let words = [
    // Addresses, as `www`, `http://` and `.com` have them.
    "ww", ":/", ".c", ".n", ".o", ".i", ".t", ".h", "。c", "。n", "。o", "。 ", "·c", "·n", "·o", ",c",
    ",n", "、c",
    "tx", "q群", "p群", "s:",
    // What is told of a chapter or a file.
    "更新", "发布", "发表", "上传", "字数", "章节", "内容", "仅供", "只供", "小时", "版权", "正版", "电子", "作品", "小说", "声明",
    "割线",
    "隔线", "未完", "待续", "完本", "完结", "结束", "终结", "剧终",
    // Links.
    "上一", "下一", "上页", "下页", "上章", "下章", "上节", "下节", "返回", "目录", "首页", "书页", "书签", "书架", "推荐",
    // What is asked for.
    "阅读", "下载", "弹窗", "跪求", "急求", "狂求", "求收", "求月", "求订", "求点", "求各", "求一", "求打", "求票", "求红", "公众",
    "记住",
    "收藏", "手机", "点击", "光临", "访问", "登录", "登陆", "首发", "连载", "百度", "此书", "该书", "书友", "读者", "全集",
  ]

  /// For each unit whether a pair begins with it.
  private var firsts = [Bool](repeating: false, count: 0x1_0000)
  private var pairs = Set<UInt32>()

  init() {
    for word in Self.words { insert(Array(word.utf16)) }
    for first in ".。·,、*|_~-".utf16 {
      for last in "户网".utf16 { insert([first, last]) }
    }
    for first in "本书文全卷部章回节 -=*—─_~·([【「《<#正".utf16 {
      for last in "完终".utf16 { insert([first, last]) }
    }
  }

  private mutating func insert(_ units: [UInt16]) {
    firsts[Int(units[0])] = true
    pairs.insert(UInt32(units[0]) << 16 | UInt32(units[1]))
  }

  /// Returns whether one of the pairs, or `w w` with a blank between, is in a text.
  func occur(in text: FoldedText) -> Bool {
    let units = text.units
    guard var last = units.first else { return false }
    var lastButOne: UInt16 = 0
    for unit in units.dropFirst() {
      if firsts[Int(last)], pairs.contains(UInt32(last) << 16 | UInt32(unit)) { return true }
      if unit == 0x77, last == 0x20, lastButOne == 0x77 { return true }
      (lastButOne, last) = (last, unit)
    }
    return false
  }
}
