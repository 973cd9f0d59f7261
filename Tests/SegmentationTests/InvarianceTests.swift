import Encodings
import TestSupport
import Testing

@testable import Segmentation

@Suite("What the output does not depend on")
struct InvarianceTests {
  @Test("The number of threads", arguments: [2, 3, 7])
  func jobs(jobs: Int) throws {
    var generator = SplitMix64(seed: 2)
    for kind in [HostileText.chinese, .brokenUTF8, .onlyNewlines] {
      let text = kind.bytes(330_000, using: &generator)
      let alone = try tokenize(text)
      #expect(try tokenize(text, jobs: jobs) == alone, "\(kind)")
    }
  }

  @Test(
    "Neither with a dictionary does it, nor with other units", arguments: TokenGranularity.allCases)
  func dictionariesAndUnits(unit: TokenGranularity) throws {
    var generator = SplitMix64(seed: 5)
    for kind in HostileText.allCases {
      let text = kind.bytes(3_000, using: &generator)
      let words = hostileDictionary(of: text, using: &generator)
      for window in [40, SegmenterOptions.standardWindow] {
        let alone = try tokenize(text, unit: unit, dictionary: words, window: window)
        #expect(
          try tokenize(
            text, unit: unit, dictionary: words, jobs: 3, window: window, batchSize: 200)
            == alone)
        #expect(
          try tokenize(
            text, unit: unit, dictionary: words, jobs: 2, window: window, batchSize: 300,
            pieces: [7, 1, 100]) == alone)
      }
    }
  }

  @Test("Long paragraphs among short ones, whoever cuts them", arguments: [1, 2])
  func longParagraphs(jobs: Int) throws {
    var generator = SplitMix64(seed: 3)
    let short = HostileText.chinese.bytes(300, using: &generator)
    let long = HostileText.chinese.bytes(5_000, using: &generator).filter { $0 != 0x0A }
    let text = short + long + short + [0x0A] + long + [0x0A] + short
    let paragraphs = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    let alone = try paragraphs.map { try tokenize(Array($0), window: 700) }
    let tokens = try tokenize(text, jobs: jobs, window: 700, batchSize: 100)
    #expect(tokens == Array(alone.joined(separator: [0x0A])))
  }

  @Test("How the input is cut into reads", arguments: HostileText.allCases)
  func pieces(kind: HostileText) throws {
    var generator = SplitMix64(seed: 4)
    let text = kind.bytes(900, using: &generator)
    for window in [4, 40, SegmenterOptions.standardWindow] {
      for invalid in [InvalidBytes.escape, .replace, .skip] {
        let whole = try tokenize(text, invalid: invalid, window: window)
        for pieces in [[1], [2, 3], [7, 1, 100], [899]] {
          let tokens = try tokenize(
            text, invalid: invalid, jobs: 2, window: window, batchSize: 300, pieces: pieces)
          #expect(tokens == whole, "\(invalid), window \(window), reads of \(pieces)")
          #expect(try detokenize(tokens, pieces: pieces) == detokenize(tokens))
        }
      }
    }
  }

  @Test("A document ends its last paragraph, and nothing is put between documents")
  func documents() throws {
    let parts = ["我们在北京", "大学", "学习\n", "。"].map { Array($0.utf8) }
    let together = try written { writer in
      let tokenizer = try Tokenizer(jobs: 2, batchSize: 100, writer: writer)
      for part in parts {
        try withInput(part, pieces: nil) { try tokenizer.tokenize($0) }
      }
      try tokenizer.finish()
    }
    #expect(try together == parts.flatMap { try tokenize($0) })
    #expect(try detokenize(together) == Array(parts.joined()))
  }
}
