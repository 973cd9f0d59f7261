import Testing

@testable import Cleaning

@Suite("What sites add")
struct NoticeTests {
  @Test(
    "Lines of a site go",
    arguments: [
      ("更新时间:2008-3-4 5:06:07 本章字数:1234", "boilerplate"), ("本章字数：３０２４", "boilerplate"),
      ("(本章完)", "boilerplate"), ("（未完待续）", "boilerplate"), ("——完——", "boilerplate"),
      ("【第一卷完】", "boilerplate"), ("全书完", "boilerplate"), ("上一页 | 返回目录 | 下一页", "boilerplate"),
      ("上一章 目录 下一章 加入书签", "boilerplate"), ("====我是可爱的分割线====", "boilerplate"),
      ("------章节内容开始-------", "boilerplate"),
      ("作品仅供读者预览,请在下载24小时内删除，不得用作商业用途", "advertisement"),
      ("本书由某某论坛网友整理制作，版权归原作者所有", "advertisement"), ("版权归原作者所有", "advertisement"),
      ("天天电子书下载网www.some-site.com", "advertisement"),
      ("更多精彩小说，请访问某某小说网", "advertisement"),
      ("手机用户请到ｍ．ａｂｃ．ｃｏｍ阅读。", "advertisement"), ("手機用戶請到m.abc.com閱讀", "advertisement"),
      ("本章未完，点击下一页继续阅读", "advertisement"), ("请收藏本站", "advertisement"),
      ("《某某传》最新章节", "advertisement"), ("最新章节 全文阅读 txt下载", "advertisement"),
      ("一秒记住【某某小说网】，为您提供精彩小说阅读。", "advertisement"), ("求推荐票！求收藏！求月票！", "advertisement"),
      ("ps：今天上架，求订阅", "advertisement"), ("求收藏，求一切！！", "advertisement"),
      ("手机用户请浏览ｍ．ａｂｃ．ｃｏｍ阅读，更优质的阅读体验。", "advertisement"),
      ("天才一秒记住本站地址：[某书阁]http://www.abc.com/最快更新！无广告！", "advertisement"),
      ("『如果章节错误，点此举报』", "advertisement"), ("欢迎加入书友群：123456789", "advertisement"),
      ("ｗｗｗ．ｓｏｍｅｓｉｔｅ．ｃｏｍ", "advertisement"), ("w w w . some site . c o m", "advertisement"),
      ("第 12 页", "page number"), ("第12页 共300页", "page number"), ("- 12 -", "page number"),
      ("【看书福利】关注公众号【某某书友】，每天看书抽现金！", "advertisement"), ("—１２—", "page number"),
      ("Page 3 of 12", "page number"), ("第十二页", "page number"),
      ("wap.⑴⑹κ.cn", "advertisement"), ("ωωω.аbс.сom", "advertisement"),
      ("手.机.用.户.请.到.某.书.网.阅.读。", "advertisement"), ("某某文，学，网", "advertisement"),
      ("[某某传 / 某人 著 ]", "front matter"),
    ])
  func lines(line: String, reason: String) throws {
    let cleaned = try clean("甲说。\n\u{3000}\(line)\n乙说。\n")
    #expect(cleaned.text == "甲说。\n乙说。\n")
    #expect(cleaned.dropped == ["2 \(reason): \(line)"])
  }

  @Test(
    "Of a line with an advertisement in it the rest stays",
    arguments: [
      ("他走进门来，ｗｗｗ．ａｂｃ．ｃｏｍ四下一看。", "他走进门来，四下一看。", "ｗｗｗ．ａｂｃ．ｃｏｍ"),
      ("他走进门来w w w . a b c . c o m四下一看。", "他走进门来四下一看。", "w w w . a b c . c o m"),
      ("他说。更多小说请访问5 1 a b . c o m", "他说。", "更多小说请访问5 1 a b . c o m"),
      (
        "他说。（手机用户请到m.abc.com阅读）她不答。", "他说。她不答。", "（手机用户请到m.abc.com阅读）"
      ),
      ("他说。本章未完，请点击下一页继续阅读！", "他说。", "本章未完，请点击下一页继续阅读！"),
      ("他说。【本书首发某某中文网，请支持正版】她不答。", "他说。她不答。", "【本书首发某某中文网，请支持正版】"),
      ("他说。请大家收藏本站。她不答。", "他说。她不答。", "请大家收藏本站。"),
      ("天才一秒记住本站地址：www.abc.com他说。", "他说。", "天才一秒记住本站地址：www.abc.com"),
      ("他说。最新章节请到某某网阅读。她不答。", "他说。她不答。", "最新章节请到某某网阅读。"),
      ("他说。（未完待续，请看下周）", "他说。", "（未完待续，请看下周）"),
      ("他说。手·机·用·户·请·到·某·书·网。她不答。", "他说。她不答。", "手·机·用·户·请·到·某·书·网。"),
      ("他说。更多最新小说尽在www.abc.com她不答。", "他说。她不答。", "更多最新小说尽在www.abc.com"),
      ("他说。【无弹窗小说网 www.abc.com】她不答。", "他说。她不答。", "【无弹窗小说网 www.abc.com】"),
    ])
  func clauses(line: String, rest: String, clause: String) throws {
    let cleaned = try clean("\(line)\n")
    #expect(cleaned.text == "\(rest)\n")
    #expect(cleaned.dropped == ["1 clause: \(clause)"])
    #expect(cleaned.reports == ["removed 1 clause"])
  }

  @Test(
    "A novel's own words stay, modern ones too",
    arguments: [
      "他打开电脑，进了www.abc.com，半天没有说话。", "他的手机响了，请到前台去接。", "更多的消息来自网上，他不信。",
      "“请记住这个地址，”他说，“千万别忘。”", "他把这一章读完了，合上书。", "她到书城去买小说。", "目录上没有这本书。",
      "第十二页上有一行小字。", "他回到首页。", "这部小说下载的人很多。", "全书完稿时，他病了。", "他求点击率，她求月票房。",
      "版权归谁，他不知道。", "他更新了时间表。", "上一页写着他的名字，下一页却是空的。", "正文就这样开始了。",
      "公众号是什么？她问。", "他一秒钟记住了那张脸。", "- 12 岁的孩子 -", "话说天下大势，分久必合，合久必分。",
      "He typed www.abc.com and waited.", "He wrote it down (see http://www.abc.com/a) and left.",
      "Now we saw www all over.", "The end of the story.",
      "①他指的是这件事。", "他学文，学网，学鱼。", "手，机，用，都是字。", "α粒子和κ介子。", "Он сказал. Она ушла.",
    ])
  func text(line: String) throws {
    let cleaned = try clean("\(line)\n")
    #expect(cleaned.text == "\(line)\n")
    #expect(cleaned.dropped == [])
  }

  @Test("Advertisements in advertisements go too")
  func nested() throws {
    let cleaned = try clean("他说。请收藏请收藏本站本站她不答。\n")
    #expect(try clean(cleaned.bytes).text == cleaned.text)
  }
}
