/// Files that a careless filter changes on the way through.
enum HostileFile: String, CaseIterable, Sendable {
  case empty, lineFeed, noFinalLineFeed, everyByte, randomBytes, brokenUTF8, spaces, controls
  case reserved, escapes, carriageReturns, manyLineFeeds, longLine, longWord, emoji

  /// The file's bytes, the same at every call.
  var bytes: [UInt8] {
    switch self {
    case .empty: []
    case .lineFeed: [0x0A]
    case .noFinalLineFeed: Array("却说宝玉听了。\n他说".utf8)
    case .everyByte: (0...255).flatMap { [UInt8($0), 0x41, UInt8($0)] }
    case .randomBytes: random(30_000) { UInt8(truncatingIfNeeded: $0) }
    case .brokenUTF8:
      random(30_000) { [0xE4, 0xBD, 0xA0, 0xF0, 0x9F, 0xC0, 0x0A, 0x20][Int($0 % 8)] }
    case .spaces: Array(mixed([" ", "  ", "\n", "a", "。", "▁", "\u{3000}", "\t"]).utf8)
    case .controls:
      Array(
        mixed(["\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{200B}", "字", "\n"]).utf8)
    case .reserved:
      Array(mixed(["<pad>", "<unk>", "<s>", "</s>", "<p>", "<0x41>", "<", ">", " ", "\n"]).utf8)
    case .escapes: Array(mixed(["\\", "\\t", "\\x41", "\\u{3C}", "u{", "}", "x", " ", "\n"]).utf8)
    case .carriageReturns: Array(mixed(["\r\n", "\r", "他说。", "a", "\n\r", " "]).utf8)
    case .manyLineFeeds: [UInt8](repeating: 0x0A, count: 20_000)
    case .longLine: Array(String(repeating: "我们在北京大学学习 ", count: 30_000).utf8)
    case .longWord: [UInt8](repeating: UInt8(ascii: "a"), count: 300_000)
    case .emoji:
      Array(mixed(["👩‍👩‍👧", "🇨🇳", "👍🏽", "e\u{301}", "\u{301}", " ", "\u{FE0F}", "กรุงเทพ", "\n"]).utf8)
    }
  }

  private func mixed(_ pieces: [String]) -> String {
    random(6_000) { pieces[Int($0 % UInt64(pieces.count))] }.joined()
  }

  /// Draws from Knuth's linear congruential generator, of which only the upper bits are random.
  private func random<Element>(_ count: Int, _ element: (UInt64) -> Element) -> [Element] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return element(state >> 33)
    }
  }
}
