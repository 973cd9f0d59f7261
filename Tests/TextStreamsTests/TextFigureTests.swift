import TestSupport
import Testing
import TextStreams

/// Returns the figures of passages of token lines.
private func figures(_ passages: [[String]]) throws -> TextFigures {
  var counter = FigureCounter()
  for passage in passages {
    for line in passage { try withBytes(of: line) { try counter.append($0) } }
    counter.endPassage()
  }
  return counter.finish()
}

/// The same by the definitions, from sets of strings.
private struct ReferenceFigures {
  var distinct: [Double]
  var repetition: Double

  init(_ passages: [[String]]) {
    let sentences = passages.map { $0.map { $0.split(separator: " ").map(String.init) } }
    distinct = (1...3).map { length in
      let grams = sentences.joined().flatMap { Self.grams($0, length) }
      return Double(Set(grams).count) / Double(grams.count)
    }
    let repetitions = sentences.compactMap { passage -> Double? in
      let grams = Self.grams(Array(passage.joined()), 4)
      return grams.isEmpty ? nil : 1 - Double(Set(grams).count) / Double(grams.count)
    }
    repetition = repetitions.reduce(0, +) / Double(repetitions.count)
  }

  /// Tokens are compared as bytes; a string compares characters.
  private static func grams(_ tokens: [String], _ length: Int) -> [[[UInt8]]] {
    guard tokens.count >= length else { return [] }
    return (0...tokens.count - length).map { start in
      tokens[start..<start + length].map { Array($0.utf8) }
    }
  }
}

@Suite("Figures of a text")
struct TextFigureTests {
  @Test("Different n-grams are a share of those within sentences")
  func distinct() throws {
    // a b a b, a b: 2 of 6; ab ba ab, ab: 2 of 4; aba bab: 2 of 2.
    #expect(try figures([["a b a b", "", "a b"]]).distinct == [2.0 / 6, 0.5, 1])
    // The same n-gram in another passage is the same; no n-gram reaches across sentences.
    #expect(try figures([["a b"], ["a b"], ["b a"]]).distinct[..<2] == [2.0 / 6, 2.0 / 3])
    #expect(try figures([["a", "b", "c"]]).distinct[0] == 1)
    #expect(try figures([["a", "b", "c"]]).distinct[1].isNaN)
  }

  @Test("Repeated 4-grams are those of a passage, across its sentences")
  func repetition() throws {
    // abab baba abab.
    #expect(try abs(figures([["a b a b", "", "a b"]]).repetition - 1.0 / 3) < 1e-12)
    // One repeats all after its first, one nothing, one has no 4-gram.
    #expect(try figures([["a a a a a"], ["a b c d"], ["a b"]]).repetition == 0.25)
    // What another passage has is no repetition.
    #expect(try figures([["a b c d"], ["a b c d"]]).repetition == 0)
    #expect(try figures([["a b c", "d"], ["a b c"]]).repetition == 0)
    #expect(try figures([["a b c"]]).repetition.isNaN)
  }

  @Test("Characters are those of the text")
  func characters() throws {
    let found = try figures([["他 说", "", "▁hello \\u{3000} \\\\ <0xE4> <0xBD> <0xA0>", "e\u{301}"]])
    #expect(found.sentenceCount == 3)
    #expect(found.characterCount == 2 + 6 + 1 + 1 + 1 + 2)
    #expect(found.sentenceCharacters == 13.0 / 3)
  }

  @Test("A text without anything has no figures")
  func nothing() throws {
    for passages in [[], [[]], [["", ""]]] as [[[String]]] {
      let found = try figures(passages)
      #expect(found.sentenceCount == 0 && found.sentenceCharacters.isNaN)
      #expect(found.distinct.count == 3 && !found.distinct.contains { !$0.isNaN })
      #expect(found.repetition.isNaN)
    }
  }

  @Test("The figures agree with their definitions", arguments: 1...12)
  func reference(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    var generator = SplitMix64(seed: seed)
    let passages = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
      (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        // Few different tokens, or every token that is out of the way.
        seed.isMultiple(of: 2)
          ? hostile.tokens(Int.random(in: 0...8, using: &generator)).joined(separator: " ")
          : (0..<Int.random(in: 0...8, using: &generator)).map { _ in
            ["甲", "乙", "丙"].randomElement(using: &generator) ?? "甲"
          }.joined(separator: " ")
      }
    }
    let (found, wanted) = (try figures(passages), ReferenceFigures(passages))
    for (share, reference) in zip(found.distinct, wanted.distinct) {
      #expect(share == reference || share.isNaN && reference.isNaN)
    }
    #expect(
      abs(found.repetition - wanted.repetition) < 1e-12
        || found.repetition.isNaN && wanted.repetition.isNaN)
  }

  @Test("What is no token line is refused with its place")
  func malformed() throws {
    for (line, offset) in [("a  b", 2), ("a \\q", 2), ("ab <s>", 3), ("a ", 1)] {
      let error = #expect(throws: TokenError.self) { try figures([[line]]) }
      #expect(error?.offset == offset, "\(line)")
    }
  }
}
