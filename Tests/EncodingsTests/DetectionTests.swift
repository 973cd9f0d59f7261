import TestSupport
import Testing

@testable import Encodings

@Suite("Finding out the encoding")
struct DetectionTests {
  private func guess(_ bytes: [UInt8], mayBeUTF8: Bool = true) -> EncodingGuess? {
    bytes.withUnsafeBytes { EncodingGuess($0, isStart: true, mayBeUTF8: mayBeUTF8) }
  }

  private static let simplified =
    "第一回 甄士隐梦幻识通灵，贾雨村风尘怀闺秀。此开卷第一回也。作者自云：因曾历过一番梦幻之后，故将真事隐去。"
  private static let traditional =
    "第一回 甄士隱夢幻識通靈，賈雨村風塵懷閨秀。此開卷第一回也。作者自云：因曾歷過一番夢幻之後，故將真事隱去。"
  private static let japanese = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"
  private static let korean = "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다."
  private static let russian =
    "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему."
  private static let french =
    "Il était une fois une forêt où les fées dansaient l’été, dès que la nuit était tombée."

  @Test(
    "A sentence or two are enough",
    arguments: [
      (simplified, "GB18030"), (traditional, "GB18030"), (traditional, "Big5"),
      (japanese, "EUC-JP"), (japanese, "Shift_JIS"), (japanese, "ISO-2022-JP"),
      (korean, "EUC-KR"), (russian, "KOI8-R"), (russian, "windows-1251"),
      (french, "windows-1252"), (simplified, "UTF-8"), (simplified, "UTF-16LE"),
      (traditional, "UTF-16BE"), (french, "UTF-8"), (simplified, "UTF-16"), (simplified, "UTF-32"),
    ])
  func sentences(text: String, encoding: String) throws {
    let bytes = try #require(encoded(text, in: encoding))
    let found = try #require(guess(bytes))
    #expect(found.encoding.name == encoding, "\(found)")
    #expect(found.confidence >= 20 && found.confidence <= 100, "\(found)")
  }

  @Test(
    "A few bytes may be, or not",
    arguments: [
      ([0xB5, 0xDA, 0xD2, 0xBB, 0xBB, 0xD8], "GB18030"),
      ([0xB2, 0xC4, 0xA4, 0x40, 0xA6, 0x5E], "Big5"),
      (Array("caf".utf8) + [0xE9, 0x20] + Array("noir".utf8), "windows-1252"),
      ([0xFE, 0xFF, 0x4E, 0x00], "UTF-16"),
      ([0x80, 0xFF], nil),
    ] as [([UInt8], String?)])
  func few(bytes: [UInt8], encoding: String?) {
    #expect(guess(bytes, mayBeUTF8: false)?.encoding.name == encoding)
  }

  @Test("ASCII and nothing are UTF-8")
  func ascii() {
    #expect(guess([])?.encoding.isUTF8 == true)
    #expect(guess(Array("a\r\nb".utf8))?.encoding.isUTF8 == true)
    #expect(guess(Array("a\u{0}b".utf8))?.encoding.isUTF8 == true)
  }

  @Test("The front's last character may be cut off")
  func cut() throws {
    for encoding in ["UTF-8", "GB18030", "Big5"] {
      let bytes = try #require(encoded(Self.traditional, in: encoding))
      #expect(guess(Array(bytes.dropLast()))?.encoding.name == encoding)
    }
  }

  @Test("What is found is told, and the text is read so, however it arrives")
  func stage() throws {
    let bytes = try #require(encoded(Self.simplified, in: "GB18030"))
    for pieces in [[1 << 20], [3]] {
      let run = run(bytes, pieces: pieces) {
        [DetectingStage(name: "input", invalid: $0, tell: $1)]
      }
      #expect(run.text == Self.simplified)
      #expect(run.told.count == 1 && run.fault == nil)
      #expect(run.told.first?.hasPrefix("input: GB18030 (confidence ") == true)
    }
    let unknown = run([0x80, 0xFF]) { [DetectingStage(name: "input", invalid: $0, tell: $1)] }
    #expect(unknown.fault?.hasPrefix("input: cannot tell the encoding; ") == true)
  }

  @Test(
    "Whole files",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: [
      ("raw/hongloumeng.gb18030.txt", "GB18030", 95), ("raw/sanguo.gb18030.txt", "GB18030", 95),
      ("raw/hongloumeng_trad.gbk.crlf.txt", "GB18030", 95),
      ("raw/hongloumeng_trad.big5.crlf.txt", "Big5", 95),
      ("raw/sanxiawuyi_trad.big5hkscs.crlf.txt", "Big5-HKSCS", 95),
      ("raw/shuihu.utf8.crlf.txt", "UTF-8", 100),
      ("raw/hongloumeng.utf8.boxed-headings.txt", "UTF-8", 100),
      ("torture/gb18030_4byte.gb18030.txt", "GB18030", 70),
      ("torture/gb18030_malformed.bin", "GB18030", 10),
      ("torture/utf16le_bom_crlf.txt", "UTF-16", 100),
      ("torture/eol_mixed.utf8.txt", "UTF-8", 100), ("torture/blns.txt", "UTF-8", 100),
      ("torture/bom_mid_and_nul.utf8.txt", "UTF-8", 100),
      ("torture/utf8tests.bin", "UTF-8", 10),
    ])
  func files(path: String, encoding: String, confidence: Int) throws {
    let found = try #require(guess(try SharedData.contents(of: path)))
    #expect(found.encoding.name == encoding)
    #expect(found.confidence >= confidence, "\(found)")
  }

  @Test(
    "Four-byte forms are what their UTF-8 is",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func fourByteForms() throws {
    let run = decode(try SharedData.contents(of: "torture/gb18030_4byte.gb18030.txt"), "gb18030")
    #expect(run.output == (try SharedData.contents(of: "torture/gb18030_4byte.utf8.txt")))
    #expect(run.fault == nil)
  }

  @Test("Names like one that there is not")
  func names() {
    #expect(TextEncoding("Big-5") == TextEncoding("BIG5"))
    #expect(TextEncoding("") == nil && TextEncoding("klingon") == nil)
    #expect(TextEncoding.namesLike("gb18031").first?.lowercased() == "gb18030")
    #expect(TextEncoding.namesLike("utf88").contains("UTF-8"))
    #expect(TextEncoding.all.contains { $0[0] == "Big5-HKSCS" })
    for names in TextEncoding.all { #expect(TextEncoding(names[0]) != nil, "\(names[0])") }
  }
}
