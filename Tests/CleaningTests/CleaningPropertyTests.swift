import TestSupport
import Testing
import TextStreams

@testable import Cleaning

@Suite("What cleaning does to any text")
struct CleaningPropertyTests {
  @Test("What comes out does not depend on how the text arrives", arguments: DirtyText.allCases)
  func pieces(kind: DirtyText) throws {
    var generator = SplitMix64(seed: 11)
    for size in [1, 40, 1_000] {
      let text = kind.bytes(size, using: &generator)
      for (cleans, unwraps) in [(true, false), (true, true), (false, true)] {
        for (longest, front) in [(LineSplitter.longest, FrontRule.mostBytes), (16, 300)] {
          let whole = try clean(
            text, cleans: cleans, unwraps: unwraps, longest: longest, front: front)
          for pieces in [[1], [17, 1, 100]] {
            let parts = try clean(
              text, cleans: cleans, unwraps: unwraps, pieces: pieces, longest: longest,
              front: front)
            #expect(parts.bytes == whole.bytes, "size \(size), \(pieces), \(longest)")
            #expect(parts.dropped == whole.dropped)
            #expect(parts.reports == whole.reports)
          }
        }
      }
    }
  }

  @Test("The list is in the order of the text", arguments: DirtyText.allCases)
  func order(kind: DirtyText) throws {
    var generator = SplitMix64(seed: 12)
    let dropped = try clean(kind.bytes(4_000, using: &generator), unwraps: true).dropped
    let numbers = dropped.compactMap { Int($0.prefix { $0 != " " }) }
    #expect(numbers.count == dropped.count)
    #expect(numbers == numbers.sorted())
  }

  @Test("Nothing is left out that is not listed", arguments: [DirtyText.novel, .wrapped])
  func complete(kind: DirtyText) throws {
    var generator = SplitMix64(seed: 13)
    let text = kind.bytes(6_000, using: &generator)
    for unwraps in [false, true] {
      let cleaned = try clean(text, unwraps: unwraps)
      let listed = cleaned.dropped.map { $0.drop { $0 != ":" }.dropFirst(2) }.joined()
        .replacing("\\t", with: "\t")
      // Ornaments around headings, and the frames of boxes, are no words.
      func words(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0.properties.isAlphabetic && $0 != "l" }.sorted()
      }
      #expect(words(cleaned.text + listed) == words(String(decoding: text, as: UTF8.self)))
    }
  }

  @Test(
    "Novels lose nothing, and cleaned text is clean",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: SharedData.files(in: "novels"))
  func novels(path: String) throws {
    let text = try Self.ends(of: SharedData.contents(of: path))
    let cleaned = try clean(text)
    // The one thing that is found is the mark of a book's end.
    #expect(cleaned.dropped.allSatisfy { $0.hasSuffix(" clause: （全书完）") }, "\(cleaned.dropped)")
    #expect(try clean(cleaned.bytes).bytes == cleaned.bytes)
    let before = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    let after = cleaned.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect(before.count == after.count)
    // Headings have their blanks put in order.
    for (old, new) in zip(before, after) where old != new {
      let isEnd = new == old.dropLast(" （全书完）".utf8.count)
      #expect(isEnd || HeadingReader().heading(in: Array(new)) != nil)
      #expect(isEnd || Blanks.removed(from: Array(old)) == Blanks.removed(from: Array(new)))
    }
  }

  @Test(
    "Cleaning once more changes nothing",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: [
      "raw/hongloumeng.utf8.boxed-headings.txt", "raw/shuihu.utf8.crlf.txt", "torture/blns.txt",
      "torture/bom_mid_and_nul.utf8.txt", "torture/UTF-8-test.txt",
      "torture/only_spaces_u3000.txt", "torture/longline_no_final_newline_no_punct.utf8.txt",
    ])
  func idempotence(path: String) throws {
    let cleaned = try clean(Self.ends(of: SharedData.contents(of: path)), unwraps: true)
    let again = try clean(cleaned.bytes, unwraps: true)
    #expect(again.bytes == cleaned.bytes)
    #expect(again.dropped == [])
  }

  /// The first and the last lines of a text, so that a build for debugging has them cleaned soon.
  private static func ends(of text: [UInt8]) -> [UInt8] {
    let size = 150_000
    guard text.count > 2 * size else { return text }
    let start = text.prefix(size).lastIndex(of: 0x0A) ?? -1
    let end = text.suffix(size).firstIndex(of: 0x0A) ?? text.count - 1
    return Array(text[..<(start + 1)] + text[(end + 1)...])
  }
}
