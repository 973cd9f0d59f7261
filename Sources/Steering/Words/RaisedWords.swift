package import Seq2Seq

/// Makes words likelier: every token that begins one, goes on with one that a token began, or ends it.
///
/// A word may begin where a token does, a space before it or not. Of the biases of several words a
/// token has the greatest.
package struct RaisedWords: LogitsProcessor {
  private let texts: TokenTexts
  private let strings: SortedStrings
  private let biases: [Float]
  /// The biases of the tokens that begin words, and the same to walk through.
  private let beginning: [UInt32: Float]
  private let beginners: [(id: UInt32, bias: Float)]

  package init(_ words: [WordBiases.Word], texts: TokenTexts) {
    let spaced = words.filter { $0.text.first != 0x20 }.map {
      WordBiases.Word([0x20] + $0.text, bias: $0.bias)
    }
    let all = words + spaced
    (self.texts, strings) = (texts, SortedStrings(all.map(\.text)))
    biases = all.map(\.bias)
    let beginning: [UInt32: Float] = all.reduce(into: [:]) { beginning, word in
      // A space alone begins too many other words.
      for id in texts.likelyIds(leadingTo: word.text[...]) where texts.text(of: id) != [0x20] {
        beginning[id] = max(beginning[id] ?? 0, word.bias)
      }
    }
    self.beginning = beginning
    beginners = beginning.map { ($0.key, $0.value) }
  }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    var raised: [UInt32: Float] = [:]
    let last = texts.lastTokens(of: context.sentence, reaching: strings.longest)
    let text = texts.text(of: last)
    for start in starts(of: last, length: text.count) {
      let begun = text[start...]
      for place in strings.places(beginningWith: begun) {
        let word = strings.order[place]
        let rest = strings[word].dropFirst(begun.count)
        guard !rest.isEmpty else { continue }
        for id in texts.likelyIds(leadingTo: rest) {
          raised[id] = max(raised[id] ?? 0, biases[word])
        }
      }
    }
    for (id, bias) in beginners { logits[Int(id)] += bias }
    for (id, bias) in raised { logits[Int(id)] += max(0, bias - (beginning[id] ?? 0)) }
  }

  /// Where tokens begin in their text, as far back as a word may have begun.
  private func starts(of ids: ArraySlice<UInt32>, length: Int) -> [Int] {
    var (starts, start): ([Int], Int) = ([], length)
    for id in ids.reversed() {
      start -= texts.text(of: id).count
      guard length - start < strings.longest else { break }
      starts.append(start)
    }
    return starts
  }
}
