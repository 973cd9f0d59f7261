import Testing

@testable import Encodings

@Suite("Transforms")
struct TransformTests {
  private func transform(
    _ text: [UInt8], _ ids: String..., pieces: [Int] = [1 << 20]
  ) throws -> StageRun {
    let transforms = try ids.map { try #require(Transliterator($0)) }
    return run(text, pieces: pieces) { _, _ in [TransformStage(transforms)] }
  }

  @Test(
    "Lines are changed, line ends and what is not asked for are not",
    arguments: [
      ("Traditional-Simplified", "紅樓夢，\r\n甄士隱\n", "红楼梦，\r\n甄士隐\n"),
      ("Simplified-Traditional", "红楼梦", "紅樓夢"),
      ("Fullwidth-Halfwidth", "ＡＢ，\n\n１", "AB,\n\n1"),
      ("NFKC", "ﬁ，㍿\n", "fi,株式会社\n"),
      ("[Ａ-Ｚ] Fullwidth-Halfwidth", "Ａ，", "A，"),
      ("Traditional-Simplified; Fullwidth-Halfwidth", "夢Ａ", "梦A"),
      ("Any-Null", "𠮷\u{FEFF}a\u{0}", "𠮷\u{FEFF}a\u{0}"),
      ("Hex-Any", "\\u0041\n\\u004", "A\n\\u004"),
      ("[x] Remove", "x\nxx\n", "\n\n"),
      ("Any-Hex", String(repeating: "a", count: 99), String(repeating: "\\u0061", count: 99)),
    ])
  func lines(id: String, text: String, expected: String) throws {
    #expect(try transform(Array(text.utf8), id).text == expected)
    #expect(try transform(Array(text.utf8), id, pieces: [1]).text == expected)
  }

  @Test("Several are done one after the other")
  func several() throws {
    #expect(try transform(Array("夢Ａ".utf8), "Traditional-Simplified", "NFKC").text == "梦A")
  }

  @Test("Bytes that are not UTF-8 stay")
  func invalidBytes() throws {
    let text: [UInt8] = [0xFF, 0xE5, 0xA4, 0xA2, 0xE5, 0xA4, 0x0A, 0x80]
    #expect(
      try transform(text, "Traditional-Simplified").output
        == [0xFF] + Array("梦".utf8) + [0xE5, 0xA4, 0x0A, 0x80])
  }

  @Test("Long lines are cut at the same places, however they arrive")
  func longLines() throws {
    let sentence = "紅樓夢，甄士隱。"
    let text = Array(String(repeating: sentence, count: 9_000).utf8)
    let expected = Array(String(repeating: "红楼梦，甄士隐。", count: 9_000).utf8)
    #expect(try transform(text, "Traditional-Simplified").output == expected)
    let pieces = [1_000, 70_001, 3]
    #expect(try transform(text, "Traditional-Simplified", pieces: pieces).output == expected)
    // Without a place that is safe a character is not torn at least.
    let unbroken = Array(String(repeating: "夢", count: 60_000).utf8) + [0xE5, 0xA4]
    let changed = Array(String(repeating: "梦", count: 60_000).utf8) + [0xE5, 0xA4]
    #expect(try transform(unbroken, "Traditional-Simplified").output == changed)
    let broken = [UInt8](repeating: 0x80, count: 200_000)
    #expect(try transform(broken, "NFC", pieces: [4_001]).output == broken)
  }

  @Test("Names like one that there is not")
  func names() {
    #expect(Transliterator("Traditional-Simplifed") == nil && Transliterator("") == nil)
    let blame = Transliterator.blame(in: "NFC; Traditional-Simplifed")
    #expect(blame.part == "Traditional-Simplifed")
    #expect(blame.names.first == "Traditional-Simplified")
    #expect(Transliterator.blame(in: "NFKX").names.contains("NFKC"))
    #expect(Transliterator.all.contains("Fullwidth-Halfwidth"))
  }
}
