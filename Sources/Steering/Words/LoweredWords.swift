package import Seq2Seq

/// Makes words less likely, or impossible, wherever they would stand in the text of a sentence.
///
/// A token has the bias of a word as often as the word comes to an end in it: begun before, in
/// whatever tokens, or not. So a sentence has the bias once for each place at which the word stands,
/// however it is cut, and −∞ lets none come.
package struct LoweredWords: LogitsProcessor {
  private let texts: TokenTexts
  private let strings: SortedStrings
  private let biases: [Float]
  /// The tokens that have words in themselves, and the sum of these words' biases.
  private let inside: [(id: UInt32, bias: Float)]

  package init(_ words: [WordBiases.Word], texts: TokenTexts) {
    let (strings, biases) = (SortedStrings(words.map(\.text)), words.map(\.bias))
    (self.texts, self.strings, self.biases) = (texts, strings, biases)
    inside = (0..<UInt32(texts.count)).compactMap { id in
      let text = texts.text(of: id)
      let bias = text.indices.reduce(Float(0)) { sum, start in
        Self.words(strings, at: text[start...], isWhole: true).reduce(sum) { $0 + biases[$1] }
      }
      return bias == 0 ? nil : (id, bias)
    }
  }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    for (id, bias) in inside { logits[Int(id)] += bias }
    let text = texts.text(
      of: texts.lastTokens(of: context.sentence, reaching: strings.longest - 1))
    for start in text.indices.suffix(strings.longest - 1) {
      let begun = text[start...]
      for word in Self.words(strings, at: begun, isWhole: false) {
        texts.forEach(beginningWith: strings[word].dropFirst(begun.count)) {
          logits[Int($0)] += biases[word]
        }
      }
    }
  }

  /// The words that a text begins with, or that begin with all of the text and go on.
  private static func words(
    _ strings: SortedStrings, at text: ArraySlice<UInt8>, isWhole: Bool
  ) -> [Int] {
    var (words, places): ([Int], Range<Int>) = ([], strings.order.indices)
    for (depth, byte) in text.enumerated() {
      places = strings.narrow(places, depth: depth, byte: byte)
      if places.isEmpty { return words }
      guard isWhole else { continue }
      words += places.prefix { strings.length(of: strings.order[$0]) == depth + 1 }
        .map { strings.order[$0] }
    }
    guard !isWhole else { return words }
    return places.map { strings.order[$0] }.filter { strings.length(of: $0) > text.count }
  }
}
