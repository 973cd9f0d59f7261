import TestSupport

/// Makes token lines of all that a token may be.
struct HostileLines {
  private static let pool =
    ["的", "贾宝玉", "▁", "▁world", "Hello", ",", "。", "\\\\", "\\t", "\\u{3000}", "\\u{2581}"]
    + ["\\xFF", "\\xE4\\xBD", "a\\xFF", "<0xE4>", "<0x00>", "\\u{3C}s>", "<", "<<", "<pad", "𠮷"]
    + ["\u{F9DC}", "\u{9686}", "e\u{301}", "é", "\u{10FFFF}", "12345678", "123456789"]

  var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func tokens(_ count: Int) -> [String] {
    (0..<count).map { _ in
      let parts = Int.random(in: 1...4, using: &generator)
      let token = (0..<parts).map { _ in Self.pool[skewedIndex()] }.joined()
      // A byte token stands alone; glued to others it is text like any other.
      return parts == 1 ? Self.pool[skewedIndex()] : token
    }
  }

  /// Lines of up to ten tokens, empty ones among them; each ends in a line feed.
  mutating func lines(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in
      let length = Int.random(in: 0...10, using: &generator)
      return Array(tokens(length).joined(separator: " ").utf8) + [0x0A]
    }
  }

  private mutating func skewedIndex() -> Int {
    let limit = Int.random(in: 1...Self.pool.count, using: &generator)
    return Int.random(in: 0..<limit, using: &generator)
  }
}
