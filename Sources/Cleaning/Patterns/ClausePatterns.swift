/// Finds advertisements inside of a line, with words of the text before or behind them.
///
/// Each pattern has its own beginning and end, so that nothing is taken but the advertisement. An
/// address alone, as a person of a modern novel may type it, stays; what gives it away is that it is
/// disguised, as `ｗｗｗ．` or `w w w`, or that words of advertisements are beside it.
final class ClausePatterns {
  /// The fewest units of advertising words beside an address.
  private static let fewestWords = 4
  /// How far brackets may be from what is in them.
  private static let reach = 24

  private let address = RegularExpression(ClausePatterns.address)
  private let praise = RegularExpression(ClausePatterns.praise)
  private let clauses = ClausePatterns.clauses.map { RegularExpression($0) }

  /// Returns the places of the advertisements, ascending and apart from each other.
  ///
  /// - Parameter text: A line.
  /// - Returns: Places in the folded text.
  func places(in text: FoldedText) -> [Range<Int>] {
    var places: [Range<Int>] = []
    address.forEachMatch(in: text.units) { match in
      guard let bare = address.group(1) else { return }
      let brackets = Self.brackets(around: match, in: text)
      if text.isDisguised(bare) || isPraised(bare, by: brackets ?? match, in: text) {
        places.append(brackets ?? match)
      }
    }
    for clause in clauses {
      clause.forEachMatch(in: text.units) { match in
        places.append(Self.brackets(around: match, in: text) ?? match)
      }
    }
    return Self.merged(places)
  }

  /// Whether there is the address of a page in a line.
  func hasAddress(_ text: FoldedText) -> Bool {
    var isFound = false
    address.forEachMatch(in: text.units) { _ in isFound = true }
    return isFound
  }

  /// Whether the words beside an address are those of an advertisement.
  private func isPraised(
    _ bare: Range<Int>, by match: Range<Int>, in text: FoldedText
  ) -> Bool {
    guard match.count - bare.count >= Self.fewestWords else { return false }
    var isPraised = false
    praise.forEachMatch(in: text.units) { word in
      if match.contains(word.lowerBound), !bare.overlaps(word) { isPraised = true }
    }
    return isPraised
  }

  private static func merged(_ places: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for place in places.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, place.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
      } else {
        merged.append(place)
      }
    }
    return merged
  }

  /// The brackets that a place is in, if they are not far from it.
  private static func brackets(around place: Range<Int>, in text: FoldedText) -> Range<Int>? {
    var start = place.lowerBound - 1
    while start >= max(place.lowerBound - reach, 0), !isEnd(text[start]) {
      if let index = opening.firstIndex(of: text[start]) {
        return end(of: place, in: text, closing: closing[index]).map { start..<$0 }
      }
      start -= 1
    }
    return nil
  }

  private static func end(
    of place: Range<Int>, in text: FoldedText, closing bracket: UInt16
  ) -> Int? {
    var end = place.upperBound
    while end < min(place.upperBound + reach, text.count) {
      if text[end] == bracket { return end + 1 }
      if isEnd(text[end]) || opening.contains(text[end]) { return nil }
      end += 1
    }
    return nil
  }

  /// Whether a unit ends what brackets may hold: a closing bracket or a full stop.
  private static func isEnd(_ unit: UInt16) -> Bool { unit == 0x3002 || closing.contains(unit) }

  private static let opening = Array("([【〖{".utf16)
  private static let closing = Array(")]】〗}".utf16)
}

extension ClausePatterns {
  /// Words of advertisements that nobody else puts beside an address.
  private static let praise =
    "手机用户|手机版|阅读|最新|最快|最全|更新|全文字|全文|免费|小说网|小说|电子书|书籍|尽在|首发|网址|域名|记住|收藏|本站|本书|欢迎光临|欢迎|光临"
    + "|章节|无弹窗|广告|手打|vip|txt|中文网|书网|书城|论坛|更多|精彩|好看|支持正版|正版|请到|连载|同步|文学"
  /// A word that may be among them.
  private static let word =
    praise + "|手机|用户|访问|浏览器|浏览|登录|登陆|下载|地址|提供|整理|制作|转载|来自|来源|网站|推荐|支持|请|注册|在线|观看|百度|搜索|输入|随时"
  /// What may stand between such words.
  private static let between = "到|在|于|由|和|的|上|去|您|你|为|是|网|站|大家|一下|[,:、 !~|-]"

  private static let top = "(?:c ?o ?m|n ?e ?t|o ?r ?g|c ?n|c ?c|i ?n ?f ?o|t ?w|h ?k)"
  private static let path = "(?:[.。] ?(?:cn|tw|hk))?(?:[/:][a-z0-9./_?=&%#:+-]{0,120})?"
  /// The address of a page, also in letters with blanks between them.
  private static let page =
    "(?:https?://[a-z0-9./_?=&%#:+-]{3,200}"
    + "|w ?w ?w ?[.。·,、]? ?(?:[a-z0-9-] ?){2,24}(?:[.。·,、] ?(?:[a-z0-9-] ?){2,24})?"
    + "[.。·,、] ?\(top)(?![a-z])\(path)"
    + "|(?<![a-z0-9.-])(?:[a-z0-9-]{2,24}[.。·]){1,3}(?:com|net|org|cn|cc|info|tw|hk)(?![a-z0-9])\(path)"
    + "|(?<![a-z0-9] ?)(?:[a-z0-9-] ){2,24}[.。·,、] ?\(top)(?![a-z])\(path)"
    + "|(?<![a-z])w w w(?! ?[a-z]))"

  /// An address, which is the first group, with the words around it.
  private static let address =
    "(?:(?!\(page))(?>\(word))(?:(?!\(page))(?>\(between))){0,4}+){0,15}+(\(page))"
    + "(?:(?>\(between)){0,4}(?>\(word))){0,15}+[。!]?"

  /// A mark between any two characters, so that nobody finds them.
  private static let mark = "[.。·,、*|_~-]"

  private static let clauses: [String] = [
    "手(\(mark))机\\1用\\1户(?:\\1[^\\p{P}]{1,4}){1,16}[。!]?",
    "[^\\p{P} ]{0,6}(?:小\(mark)说|文\(mark)学|书\(mark)库|中\(mark)文)\(mark)网(?![^\\p{P} ])[。!]?",
    "[(\\[【]?(?:本章|小章)节?未完 ?,? ?请?(?:点击|翻|看)(?:下一?页|此处)?(?:继续)?(?:阅读|观看)?(?:后面)?(?:精彩)?(?:内容)?"
      + "[!。.]{0,3}[)\\]】]?",
    "(?:天才一秒钟?记住|一秒钟?记住(?=本站|我们|[《【“]))(?:本站|本书|我们|《[^》]{1,20}》|【[^】]{1,20}】|“[^”]{1,20}”)?(?:最新|手机版)?(?:地址|网址|域名)? ?:? ?"
      + "(?:[\\[【(][^\\]】)]{1,12}[\\]】)])?(?:\(page))?(?:最快更新)?(?:,?为您提供精彩小说阅读)?(?:[!,。]?无(?:广告|弹窗))?[。!]?",
    "手机(?:用户|党)?请(?:直接)?(?:到|访问|登录|登陆|浏览|输入)[^。!?“”,]{0,30}?(?:阅读|浏览|观看|下载|\(page))(?:,?更(?:优质|好)的阅读体验)?[。!]?",
    "(?:请|欢迎)?(?:大家|各位|您|读者们?|书友们?)?(?:点击)?(?:收藏|记住)(?:一下)?本(?:站|书站|小说网)(?:网址|域名|地址)?"
      + "(?:,?方便(?:下次|您)?阅读)?[。!~]?",
    "(?:更多|最新|最快|最全)(?:更多|最新|最快|最全|的|更新|精彩|好看|免费){0,4}+(?:小说|章节|电子书)(?:内容)?,? ?"
      + "(?:尽在|就在|就到|请到|请上|请访问|请登录|都在)[^。!?“”,]{0,24}?(?:网|站|阅读|\(page))(?:阅读|观看|下载)?[。!]?",
    "最新章节(?:请|尽|都|全)(?:到|在|访问)[^。!?“”,]{0,24}?(?:网|站|阅读|\(page))(?:阅读|观看|下载)?[。!]?",
    "百度(?:搜索|一下|搜)[^。!?“”,]{0,24}?(?:最新章节|小说网|中文网|阅读网|txt)[。!]?",
    "[(\\[【]未完待续[^)\\]】]{0,60}[)\\]】]|未完待续[。.…~!]*$",
    "[(\\[【](?:本章|全书|全文|本书|本卷)(?:完|终)[)\\]】]$",
    "(?:本书|小说|本章)?(?:独家)?(?:首发|连载)(?:于|自|在)?[^。!?“”,]{1,12}?(?:中文网|小说网|文学城|阅读网|文学网)[,。!]?",
    "[(\\[【『](?:如果)?(?:本章节?|章节)(?:内容)?(?:有?错误|报错)[^)\\]】』]{0,30}[)\\]】』]",
    "无弹窗(?:广告)?(?:小说网|小说|阅读网|阅读)|全文字(?:小说|无错)?(?:在线)?阅读",
  ]
}
