import Testing

@testable import Segmentation

@Suite("Locales")
struct TextLocaleTests {
  @Test(
    "Names of BCP 47 and of ICU are known",
    arguments: [
      ("zh", "zh"), ("en-GB", "en_GB"), ("en_GB", "en_GB"), ("zh-Hant-TW", "zh_Hant_TW"),
      ("en@ss=standard", "en@ss=standard"), ("en-u-ss-standard", "en@ss=standard"),
      ("en@ss=none", "en@ss=none"), ("lzh", "lzh"), ("es-419", "es_419"), ("und", "root"),
      ("root", "root"),
    ])
  func known(name: String, icuName: String) throws {
    #expect(try TextLocale(name).name == icuName)
  }

  @Test(
    "What ICU does not know is refused",
    arguments: ["xx", "english", "zh-XX", "zh-Abcd", "zh_CN.UTF-8", " ", "en-", "xx@ss=standard"])
  func unknown(name: String) {
    #expect(throws: LocaleError.unknown(name)) { try TextLocale(name) }
  }

  @Test(
    "So is what says nothing about words and sentences",
    arguments: [("ja@lb=strict", "lb", "strict"), ("en@ss=on", "ss", "on")])
  func useless(name: String, keyword: String, value: String) {
    #expect(throws: LocaleError.useless(keyword: keyword, value: value)) {
      try TextLocale(name)
    }
  }

  @Test(
    "Sentences end by their rules",
    arguments: [
      ("en", ["Mr .", "▁Smith ▁left .", "▁He ▁ran ."]),
      ("en@ss=standard", ["Mr . ▁Smith ▁left .", "▁He ▁ran ."]),
    ])
  func suppressions(locale: String, expected: [String]) throws {
    #expect(try lines("Mr. Smith left. He ran.", locale: TextLocale(locale)) == expected)
  }

  @Test("Greek asks with a semicolon")
  func greek() throws {
    #expect(try lines("Τι; Ναι", locale: TextLocale("el")) == ["Τι ;", "▁Ναι"])
    #expect(try lines("Τι; Ναι") == ["Τι ; ▁Ναι"])
  }

  @Test("One tokenizer's locale does not change another's words")
  func dictionaries() throws {
    let text = "日本語を勉強するกรุงเทพมหานครअच्छा word 漢字"
    let expected = try lines(text)
    for locale in ["ja", "th", "en", "root"] {
      #expect(try lines(text, locale: TextLocale(locale)) == expected, "\(locale)")
    }
  }
}
