import Seq2Seq
import Testing

@testable import Steering

@Suite("Names within other names and words")
struct NamePartTests {
  private static func write(
    _ names: [[UInt8]], sentences: Int, endRaise: Float
  ) -> Sample.Answers {
    let rules = Sample.requiring(names, sentences: sentences)
    return Sample.write([rules], promptCount: 80, endRaise: endRaise) {
      ($1.sentences, $1.names) = (sentences, names)
    }
  }

  @Test("A name that is a part of another appears apart from it", arguments: [1, 2, 3])
  func parts(sentences: Int) {
    let (long, parts) = ([UInt8]("沈青山"), ["沈青", "青山", "山"].map { [UInt8]($0) })
    for names in [[long] + parts, parts + [long]] {
      let answers = Self.write(names, sentences: sentences, endRaise: 1)
      #expect(answers.shortfall == PassageShortfall())
      for passage in answers.texts {
        let pieces = passage.flatMap { Self.split($0, at: long) }
        #expect(pieces.count > passage.count)
        for name in parts.prefix(2) { #expect(pieces.contains { $0.has(name) }) }
        let rest = pieces.flatMap { Self.split($0, at: parts[1]) }
        #expect(rest.contains { $0.has(parts[2]) })
      }
    }
  }

  /// What stands between the places of a word.
  private static func split(_ text: [UInt8], at word: [UInt8]) -> [[UInt8]] {
    var (pieces, rest): ([[UInt8]], ArraySlice<UInt8>) = ([], text[...])
    while let start = place(of: word, in: Array(rest)) {
      pieces.append(Array(rest.prefix(start)))
      rest = rest.dropFirst(start + word.count)
    }
    return pieces + [Array(rest)]
  }

  @Test("Where a longer name stands by itself the shorter does not, and elsewhere it does")
  func covered() {
    let names = ["ab a", "ab", "a", "沈青山", "青山"].map { [UInt8]($0) }
    let covers = NameCovers(names)
    func found(_ tokens: String...) -> [String] {
      let text = SentenceText(tokens.map { [UInt8]($0) })
      return names.filter { text.has($0, outside: covers[$0]) }.map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(found("ab", " a") == ["ab a"])
    #expect(found("ab", " ab") == ["ab"])
    #expect(found("ab", " a", " a") == ["ab a", "a"])
    #expect(found("ab", " a", "，", "ab") == ["ab a", "ab"])
    #expect(found("沈", "青山") == ["沈青山"])
    #expect(found("沈", "青山", "青", "山") == ["沈青山", "青山"])
    #expect(found("贾", "青山") == ["青山"])
  }

  @Test("Digits and letters of scripts with spaces make one word")
  func digits() {
    let name = [UInt8]("a7")
    for text in [["a7"], ["沈", "a", "7", "沈"], ["b", " a7", "."]] {
      #expect(SentenceText(text.map { [UInt8]($0) }).has(name))
    }
    for text in [["a7", "7"], ["a7", "b"], ["7", "a7"], ["b", "a", "7"]] {
      #expect(!SentenceText(text.map { [UInt8]($0) }).has(name))
    }
    let answers = Self.write([name], sentences: 1, endRaise: 0)
    #expect(answers.shortfall == PassageShortfall())
    for text in answers.texts.joined() {
      let words = text.split { !($0 == 0x61 || $0 == 0x62 || (0x30...0x39).contains($0)) }
      #expect(words.contains { $0 == name[...] })
    }
  }
}
