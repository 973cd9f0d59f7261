import TestSupport
import Testing

@testable import Segmentation

@Suite("Paragraphs in memory")
struct ParagraphSegmenterTests {
  @Test("They are cut as the paragraphs of a stream are", arguments: HostileText.allCases)
  func agreement(kind: HostileText) throws {
    let segmenter = try ParagraphSegmenter()
    var generator = SplitMix64(seed: 7)
    for _ in 0..<20 {
      let text = kind.bytes(200, using: &generator)
      for paragraph in text.split(separator: 0x0A) {
        let lines = segmenter.tokenLines(of: Array(paragraph))
        #expect(lines.map { $0 + [0x0A] }.flatMap { $0 } == (try tokenize(Array(paragraph))))
        #expect(!lines.isEmpty && lines.allSatisfy { !$0.isEmpty })
      }
    }
  }

  @Test("An empty paragraph has no sentences, and one leaves nothing to the next")
  func independence() throws {
    let segmenter = try ParagraphSegmenter()
    #expect(segmenter.tokenLines(of: []) == [])
    #expect(segmenter.tokenLines(of: Array("a  ".utf8)) == [Array("a ▁ ▁".utf8)])
    #expect(segmenter.tokenLines(of: Array("b".utf8)) == [Array("b".utf8)])
  }
}
