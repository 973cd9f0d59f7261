/// Tells the lines that sites put around a text from those of the text.
///
/// A pattern describes all of a line, so that a sentence that has the same words in it stays. What
/// patterns are for is folded text: small letters, ASCII's marks, simplified characters.
final class LinePatterns {
  /// What a line is that is not of the text.
  struct Finding {
    var reason: DropReason
    var sign: SourceLine.Sign?
  }

  /// Lines with more units are not looked at.
  static let longest = 240

  private let pageNumber = RegularExpression(LinePatterns.pageNumbers)
  private let title = RegularExpression(#"\[ ?[^\[\]]{1,40} ?/ ?[^\[\]]{1,40}著 ?\]"#)
  private let introduction = RegularExpression("(?:作品|书籍|内容|小说|本书)(?:介绍|简介|信息) ?:?")
  private let start = RegularExpression("\(line)*(?:章节内容|正文内容|小说正文)开始\(line)*")
  private let gutenbergStart = RegularExpression(
    #"\*\*\* ?start of (?:the|this) project gutenberg.*"#)
  private let gutenbergEnd = RegularExpression(
    #"\*\*\* ?end of (?:the|this) project gutenberg.*"#)
  private let boilerplate = LinePatterns.boilerplates.map { RegularExpression($0) }
  private let advertisement = LinePatterns.advertisements.map { RegularExpression($0) }

  /// Returns what a line is if it is not of the text, advertisements left out.
  ///
  /// - Parameters:
  ///   - text: A line without blanks around it.
  ///   - mayBeOfSite: Whether there is a word in it that sites' lines have.
  /// - Returns: `nil` for a line of the text.
  func finding(in text: FoldedText, mayBeOfSite: Bool) -> Finding? {
    guard text.count <= Self.longest else { return nil }
    let units = text.units
    if pageNumber.matches(units) { return Finding(reason: .pageNumber) }
    if title.matches(units) { return Finding(reason: .frontMatter, sign: .title) }
    if start.matches(units) { return Finding(reason: .boilerplate, sign: .start) }
    if gutenbergStart.matches(units) { return Finding(reason: .boilerplate, sign: .sureStart) }
    if gutenbergEnd.matches(units) { return Finding(reason: .boilerplate, sign: .end) }
    let isOfSite = mayBeOfSite && boilerplate.contains { $0.matches(units) }
    return isOfSite ? Finding(reason: .boilerplate) : nil
  }

  /// Whether all of a line is an advertisement.
  func isAdvertisement(_ text: FoldedText) -> Bool {
    text.count <= Self.longest && advertisement.contains { $0.matches(text.units) }
  }

  /// Whether a line announces what the book is about; it stays unless a template proves itself.
  func isIntroduction(_ text: FoldedText) -> Bool { introduction.matches(text.units) }
}

/// A character of a line that is drawn around words.
private let line = #"[-=*—─━_~·.#+ ]"#
/// Text without the end of a sentence and without speech.
private let phrase = "[^。!?“”「」]"

extension LinePatterns {
  fileprivate static let pageNumbers =
    "第 ?\(Numerals.pattern){1,6} ?页(?: ?[,/]? ?共 ?\(Numerals.pattern){1,6} ?页)?"
    + "|[-—─–]{1,2} ?[0-9]{1,5} ?[-—─–]{1,2}|page [0-9]{1,5}(?: of [0-9]{1,5})?"
    + "|[0-9]{1,5} ?/ ?[0-9]{1,5} ?页"

  static let boilerplates: [String] = [
    "(?:更新|发布|发表|上传)(?:时间|日期) ?:.*",
    "(?:本章|本文|全文|全书|总)?字数 ?: ?[0-9].*",
    // The end of a chapter or of the book.
    "[-=*—─_~·.…(\\[【「《<# ]*(?:(?:本章|本节|本卷|全书|全文|全本|本书|正文|上卷|中卷|下卷|上部|下部"
      + "|第 ?\(Numerals.pattern){1,4} ?[卷部章回节]) ?(?:完|终|完结|结束|未完|已完结|终结)|未完待续|待续|完本|全剧终)"
      + "[-=*—─_~·.…)\\]】」》>!。# ]*",
    "[-=*—─_~·(\\[【「<#]+ ?(?:完|终) ?[-=*—─_~·)\\]】」>#]+",
    "[-=*—─_~·]{2,}\(phrase){0,8}分[割隔]线\(phrase){0,4}[-=*—─_~·]*",
    "\(line)*(?:章节内容|正文内容|小说正文|以下内容)结束\(line)*",
    // Links.
    "[|\\-—<>《》«»\\[\\]【】 ,、/·←→]*(?:(?:上一?[页章节]|下一?[页章节]|返回(?:目录|书页|首页|列表|顶部|书目)|回目录|目录|首页|书页"
      + "|加入书签|加入书架|投推荐票|推荐票|投票推荐|推荐本书|章节目录|章节列表|章节报错|我的书架|打开书签|保存书签|书签)"
      + "[|\\-—<>《》«»\\[\\]【】 ,、/·←→]*){2,}",
    "(?:如果)?(?:本章节?|章节)(?:内容)?(?:有?错误|报错).{0,40}",
  ]

  static let advertisements: [String] = [
    "\(phrase){0,40}(?:仅供|只供)\(phrase){0,16}(?:预览|试读|试阅|学习|交流|参考|个人)"
      + ".{0,60}(?:删除|商业|版权|正版|购买|下载|盈利).*",
    ".{0,60}(?:24|二十四) ?个?小时.{0,6}(?:删除).*",
    "(?:本|该|此|全部|所有|作品|内容|书籍|小说)?\(phrase){0,12}版权.{0,4}(?:归|属)于?原?(?:作者|出版社|网站|本站|\(phrase){1,12}网).{0,16}所有"
      + "\(phrase){0,24}[。!]?",
    "\(phrase){0,40}(?:请|敬请|支持)(?:购买|支持|阅读|订阅)?正版\(phrase){0,40}[。!]?",
    // Who made the file.
    "(?:本书|本电子书|本文|本作品|本小说|此书|该书|本章)(?:内容|资源|文字)?(?:由|来自|来源于|源自|转自|下载自)\(phrase){0,30}"
      + "(?:网|论坛|书城|书库|书屋|书吧|电子书|txt|社区|com)\(phrase){0,16}"
      + "(?:整理|制作|收集|上传|提供|发布|转载|扫描|校对|录入|首发)\(phrase){0,30}[。!]?",
    "[^,。!?“”]{0,24}(?:电子书|txt|小说|全集|全本)(?:免费)?(?:下载|论坛|之家)[^,。!?“”]{0,24}",
    "(?:本站|网站|版权|免责|郑重)?声明 ?:.*(?:网站|本站|版权|下载|转载|侵权).*",
    // Words that are set for search engines.
    "(?:\(phrase){0,30}[ ,、|/_《》-])?(?:\(searched))(?:[ ,、|/_:-]*(?:\(searched)|小说|txt|全文|免费|手机|在线|最新)){1,12}"
      + "\(phrase){0,20}",
    "《[^》]{1,30}》 ?(?:\(searched))\(phrase){0,20}",
    // What authors of sites ask for.
    "\(phrase){0,6}(?:跪求|急求|狂求|求)(?:各种|一下|点)?(?:推荐票|推荐|月票|红票|收藏|订阅|打赏|点击|票票)"
      + "(?:[ ,、!~。.]*(?:跪求|急求|求|各种)?(?:推荐票|推荐|月票|红票|收藏|订阅|打赏|点击|票票|票|支持|一切)){0,12}[!~。. ]*",
    "(?:ps|p\\.s\\.?) ?:.*(?:求(?:推荐|收藏|月票|订阅|票)|上架|打赏|盟主|加更).*",
    // Where to go.
    "\(phrase){0,30}(?:qq群|q群|书友群|读者群|vip群)[^。]{0,10}[0-9]{5,12}\(phrase){0,40}[。!]?",
    "(?:[\\[【][^\\]】]{1,10}[\\]】])?(?:请|欢迎)?(?:关注|搜索|添加)(?:微信)?公众号[ :“【《].*",
    "(?:天才一秒钟?记住|一秒钟?记住(?:本站|我们|[《【“]))\(phrase){0,40}[。!]?",
    "请(?:大家|您|各位)?(?:记住|收藏)(?:本站|我们的网)\(phrase){0,40}[。!~]?",
    "手机(?:用户|党)?请(?:到|访问|登录|浏览|直接访问|直接输入|输入)\(phrase){0,60}[。!]?",
    "手机(?:阅读|看书|看小说)\(phrase){0,20}(?:请|m\\.|wap|com)\(phrase){0,40}[。!]?",
    "\(phrase){0,10}(?:点击下一?页|本章未完)\(phrase){0,40}[。!]?",
    "(?:欢迎|请|更多)\(phrase){0,12}(?:光临|访问|登录|登陆)\(phrase){0,24}"
      + "(?:小说网|中文网|书网|文学网|阅读网|电子书网|论坛|com|net|org|cn)\(phrase){0,24}[。!]?",
    "(?:本书|小说|作品)(?:最新|首发|连载|更新)\(phrase){0,10}(?:于|在|自|网)\(phrase){0,20}"
      + "(?:小说网|中文网|文学城|阅读网|com)\(phrase){0,16}[。!]?",
  ]

  private static let searched =
    "最新章节|全文阅读|txt下载|全集下载|无弹窗|章节列表|手机阅读|在线阅读|最新更新|免费阅读|全文免费|章节目录"
}
