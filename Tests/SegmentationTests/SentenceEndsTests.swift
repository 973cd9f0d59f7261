import TestSupport
import Testing

@testable import Segmentation

@Suite("Ends of sentences")
struct SentenceEndsTests {
  @Test(
    "They are where ICU has them, whatever the characters", arguments: 0..<4,
    ["zh", "en", "el", "en@ss=standard"])
  func agreement(seed: UInt64, locale: String) throws {
    var generator = SplitMix64(seed: seed)
    var found = try SentenceEnds(locale: TextLocale(locale))
    let iterator = try BreakIterator(.sentence, locale: TextLocale(locale))
    for _ in 0..<2_000 {
      let text = Self.text(of: Int.random(in: 0...24, using: &generator), using: &generator)
      text.withUnsafeBufferPointer { text in
        iterator.setText(text)
        var expected: [Int] = []
        while let end = iterator.next() { expected.append(end) }
        found.find(in: text)
        var ends: [Int] = []
        while let end = found.next() { ends.append(end) }
        #expect(ends == expected, "\(Array(text))")
      }
    }
  }

  /// Random units: mostly those that the rules tell apart, else any.
  private static func text(of length: Int, using generator: inout SplitMix64) -> [UInt16] {
    let telling = Array(
      "话说宝玉。。！？!?；：，、,-–—…「」“”‘’（）()《》\"' \u{3000}\t\u{A0}aA1éΛ;\u{37E}.．\r\u{85}\u{301}\u{200D}\u{FEFF}"
        .utf16)
    let rare = Int.random(in: 0...40, using: &generator)
    // Without the hard ones at the end half of the time, so that both ways are gone.
    let kinds = telling.count - (Bool.random(using: &generator) ? 0 : 7)
    return (0..<length).map { _ in
      rare == 0
        ? UInt16.random(in: 0...UInt16.max, using: &generator)
        : telling[Int.random(in: 0..<kinds, using: &generator)]
    }
  }
}
