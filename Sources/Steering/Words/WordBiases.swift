package import Seq2Seq
package import TextStreams

/// Words that are to be more or less likely, and by how much.
package struct WordBiases: Sendable {
  /// A word and what is added to the logarithm of its probability, in nats.
  package struct Word: Equatable, Sendable {
    package let text: [UInt8]
    /// −∞ for one that never comes.
    package let bias: Float

    package init(_ text: [UInt8], bias: Float) { (self.text, self.bias) = (text, bias) }
  }

  package private(set) var words: [Word] = []

  package init(_ words: [Word] = []) { self.words = words }

  /// Reads a file: a word a line, and its bias, or `ban`.
  ///
  /// - Parameter file: In the format of dictionaries; generate(1) has it.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package init(reading file: consuming InputFile) throws(StreamError) {
    var lines = try DictionaryLines(file)
    var words: [Word] = []
    var places: [[UInt8]: Int] = [:]
    try lines.forEach { line throws(TokenError) in
      guard let text = try line.text() else {
        throw TokenError(
          offset: line.word.lowerBound, reason: "a reserved token, which no text is written as")
      }
      guard !text.contains(UInt8(ascii: "\n")) else {
        throw TokenError(offset: line.word.lowerBound, reason: "a line feed, which no sentence has")
      }
      let word = Word(text, bias: try Self.bias(of: line))
      // What a later line says of a word holds.
      if let place = places[text] {
        words[place] = word
      } else {
        places[text] = words.count
        words.append(word)
      }
    }
    self.words = words
  }

  private static func bias(of line: DictionaryLines.Line) throws(TokenError) -> Float {
    guard let field = line.second else {
      throw TokenError(
        offset: line.word.upperBound,
        reason: "expected a bias behind the word: a number, or 'ban'")
    }
    let text = UnsafeRawBufferPointer(rebasing: line.bytes[field])
    if text.elementsEqual("ban".utf8) || text.elementsEqual("-inf".utf8) { return -.infinity }
    guard let bias = decimalNumber(text) else {
      throw TokenError(
        offset: field.lowerBound,
        reason: "expected a bias, a number or 'ban', found '\(line.shown(field))'; "
          + "a space in a word is written \u{2581}")
    }
    return bias
  }

  /// The first word that never comes but stands in a text.
  package func banned(in text: [UInt8]) -> [UInt8]? {
    words.first { $0.bias == -.infinity && place(of: $0.text, in: text) != nil }?.text
  }

  /// What makes them more or less likely.
  package func processors(_ texts: TokenTexts) -> [any LogitsProcessor] {
    let (lowered, raised) = (words.filter { $0.bias < 0 }, words.filter { $0.bias > 0 })
    var processors: [any LogitsProcessor] = []
    if !raised.isEmpty { processors.append(RaisedWords(raised, texts: texts)) }
    if !lowered.isEmpty { processors.append(LoweredWords(lowered, texts: texts)) }
    return processors
  }
}
