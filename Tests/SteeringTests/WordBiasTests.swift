import Kernels
import Seq2Seq
import Testing
import TextStreams

@testable import Steering

@Suite("Words that are banned, or more or less likely")
struct WordBiasTests {
  private static let words = ["沈青", "青山贾", "宝", "ab", "b a", "龘", "\\", "，沈", "山。”沈"]

  @Test("A banned word never stands in a sentence, whatever tokens would spell it")
  func bans() {
    let biases = WordBiases(Self.words.map { .init(Array($0.utf8), bias: -.infinity) })
    let answers = Sample.write(biases.processors(Sample.texts), promptCount: 250)
    let all = answers.texts.joined()
    #expect(all.count == 1000)
    for text in all {
      for word in Self.words { #expect(!text.has(Array(word.utf8))) }
    }
    // They would come otherwise.
    let free = Sample.write([], promptCount: 250).texts.joined()
    for word in Self.words.prefix(4) { #expect(free.contains { $0.has(Array(word.utf8)) }) }
    #expect(answers.sentences.joined().allSatisfy { $0.ending != .stuck })
  }

  @Test("A sentence has a negative bias once for each place of the word, however it is cut")
  func places() {
    let biases: [(String, Float)] = [
      ("沈青", -1), ("青", -0.25), ("青山贾", -2), ("aba", -4), ("宝玉", -8),
    ]
    let words = biases.map { WordBiases.Word(Array($0.0.utf8), bias: $0.1) }
    let processor = LoweredWords(words, texts: Sample.texts)
    var generator = Philox(key: 5)
    for _ in 0..<300 {
      var (context, sum): (WritingContext, Float) = (WritingContext(prompt: 0), 0)
      for _ in 0..<(generator.next() % 12) {
        // Tokens of the letters that the words have, and bytes of theirs.
        let id =
          generator.next() % 4 == 0
          ? 5 + [UInt32(0x61), 0x62, 0xE9, 0x9D, 0x92][Int(generator.next() % 5)]
          : 261 + UInt32(generator.next() % 150)
        sum += Self.change(processor, context, id)
        context = WritingContext(prompt: 0, sentence: context.sentence + [id])
      }
      let text = Sample.texts.text(of: context.sentence)
      let expected = words.reduce(Float(0)) { sum, word in
        sum + word.bias * Float(text.indices.count { text[$0...].starts(with: word.text) })
      }
      #expect(sum == expected, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test("A positive bias is that of tokens that begin the word, go on with it, or end it")
  func raised() {
    let words = [("沈青山", 2), ("沈宝", 3), ("龘", 5), ("ab", 1)].map {
      WordBiases.Word(Array($0.0.utf8), bias: $0.1)
    }
    let processor = RaisedWords(words, texts: Sample.texts)
    func change(_ sentence: [String], _ token: String) -> Float {
      Self.change(
        processor, WritingContext(prompt: 0, sentence: sentence.map(Self.id)), Self.id(token))
    }
    #expect(change([], "沈") == 3)
    #expect(change([], "沈青") == 2)
    #expect(change(["宝"], "▁沈") == 3)
    #expect(change(["沈"], "青山") == 2)
    #expect(change(["沈"], "宝玉") == 3)
    #expect(change(["沈"], "青") == 2)
    #expect(change(["沈", "青"], "山") == 2)
    #expect(change(["▁沈", "青"], "山") == 2)
    #expect(change(["ab"], "沈") == 3)
    #expect(change(["沈"], "沈") == 3)
    // Only a token begins a word, and a space or a byte begins too many.
    #expect(change(["宝沈"], "青") == 0)
    #expect(change([], "▁") == 0)
    #expect(change([], "<0xE6>") == 0)
    #expect(change([], "<0x61>") == 0)
    // But what only bytes can spell, they spell.
    #expect(change([], "<0xE9>") == 5)
    #expect(change(["<0xE9>"], "<0xBE>") == 5)
  }

  @Test("A file of biases, and what is wrong with one")
  func file() throws {
    func words(_ text: String) throws -> [String] {
      try withFile(text) { path in
        try WordBiases(reading: InputFile(path: path)).words.map {
          "\(String(decoding: $0.text, as: UTF8.self))=\($0.bias)"
        }
      }
    }
    #expect(
      try words("\u{FEFF}宝玉\t-2.5\r\n# x\n\n黛玉 3 # 林\nNew▁York\tban\n的\t-inf\n宝玉\t1\n")
        == ["宝玉=1.0", "黛玉=3.0", "New York=-inf", "的=-inf"])
    for (text, line, column, reason) in [
      ("宝玉\n", 1, 7, "expected a bias behind the word"),
      ("a 1\n宝玉\tx", 2, 8, "expected a bias, a number or 'ban', found 'x'"),
      ("New York\n", 1, 5, "expected a bias, a number or 'ban', found 'York'"),
      ("a inf", 1, 3, "expected a bias"), ("a nan", 1, 3, "expected a bias"),
      ("a\n", 1, 2, "expected a bias behind"), ("\u{FEFF}a\\q 1", 1, 5, "bad escape"),
      ("<unk>\tban", 1, 1, "a reserved token"), ("\\xE6\tban", 1, 1, "a word is text"),
      ("a\u{3000}b 1", 1, 2, "white space or an invisible character"),
      ("青 1\na\\u{A}b 1", 2, 1, "a line feed, which no sentence has"),
    ] {
      let error = #expect(throws: StreamError.self) { try words(text) }
      #expect(
        error?.line == line && error?.column == column, "\(text): \(error?.description ?? "")")
      #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
    }
  }

  private static func id(_ token: String) -> UInt32 {
    Array(token.utf8).withUnsafeBytes { Sample.vocabulary.id(of: $0) } ?? 0
  }

  /// What is added to the chance of a token.
  private static func change(
    _ processor: some LogitsProcessor, _ context: WritingContext, _ id: UInt32
  ) -> Float {
    var logits = [Float](repeating: 0, count: Sample.vocabulary.count)
    logits.withUnsafeMutableBufferPointer { processor.process($0, in: context) }
    return logits[Int(id)]
  }
}
