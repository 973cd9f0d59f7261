import TestSupport
import Testing

@testable import Segmentation

@Suite("The rules' own tests", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct RuleTests {
  @Test(
    "Unicode's, for words and sentences, but for the colon in words",
    arguments: [
      ("seg/WordBreakTest.txt", BreakIterator.Kind.word, 1_823),
      ("seg/SentenceBreakTest.txt", .sentence, 502),
    ], ["root", "zh", "en", "ja", "th", "fi"])
  func unicode(test: (path: String, kind: BreakIterator.Kind, count: Int), locale: String) throws {
    let cases = try UnicodeRuleTests.cases(in: test.path, test.kind)
    #expect(cases.count == test.count)
    let iterator = try BreakIterator(test.kind, locale: TextLocale(locale))
    let failing = cases.filter { $0.found(by: iterator) != $0.boundaries }.map(\.line)
    // By the locale data of Unicode a colon ends a word, such as "a:a", but in Finnish and Swedish.
    let hasColons = test.kind == .word && locale != "fi"
    #expect(failing == (hasColons ? Self.linesWithColonsInWords : []))
  }

  private static let linesWithColonsInWords =
    [1_253, 1_254, 1_267, 1_268] + Array(1_283...1_292) + [1_712]

  @Test("Unicode's for sentences, by the quick way too")
  func quickSentences() throws {
    var sentences = try SentenceEnds(locale: .chinese)
    for testCase in try UnicodeRuleTests.cases(in: "seg/SentenceBreakTest.txt", .sentence) {
      var found: [Int] = []
      testCase.text.withUnsafeBufferPointer { text in
        sentences.find(in: text)
        while let end = sentences.next() { found.append(end) }
      }
      #expect(found == testCase.boundaries, "line \(testCase.line)")
    }
  }

  @Test("ICU's, for words, sentences and clusters, with its dictionaries")
  func icu() throws {
    let cases = try ICURuleTests.cases(in: "seg/icu_rbbitst.txt")
    #expect(cases.count > 300)
    for testCase in cases {
      let iterator = try BreakIterator(
        testCase.kind, locale: TextLocale(unchecked: testCase.locale))
      let found = testCase.found(by: iterator)
      #expect(found == testCase.boundaries, "line \(testCase.line), \(testCase.locale)")
    }
  }
}
