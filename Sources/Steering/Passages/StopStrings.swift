package import Seq2Seq
package import TextStreams

/// Strings before which a passage ends.
package struct StopStrings: Sendable {
  private let strings: [[UInt8]]
  private let vocabulary: Vocabulary

  package init(_ strings: [[UInt8]], vocabulary: Vocabulary) {
    (self.strings, self.vocabulary) = (strings, vocabulary)
  }

  package var isEmpty: Bool { strings.isEmpty }

  /// The first of them that stands in a text.
  package func found(in text: [UInt8]) -> [UInt8]? {
    strings.first { place(of: $0, in: text) != nil }
  }

  /// Cuts a sentence before the first place at which one of them stands.
  ///
  /// What is left of a token that a string begins in is cut into tokens anew, which have the
  /// attention of the token.
  ///
  /// - Returns: What stands before it; nothing where none stands in it.
  package func cut(_ sentence: WrittenSentence) -> WrittenSentence? {
    guard !isEmpty else { return nil }
    let text = vocabulary.text(of: sentence.ids)
    guard let end = strings.compactMap({ place(of: $0, in: text) }).min() else { return nil }
    var (result, length) = (sentence, 0)
    // The paragraph goes on where the string would stand.
    (result.ids, result.attention, result.ending) = ([], [], .sentence)
    for (step, id) in sentence.ids.enumerated() where length < end {
      let token = vocabulary.text(of: id)
      let before = result.ids.count
      if length + token.count <= end {
        result.ids.append(id)
      } else {
        append(token.prefix(end - length), to: &result.ids)
      }
      length += token.count
      guard sentence.attention.indices.contains(step) else { continue }
      result.attention += Array(
        repeating: sentence.attention[step], count: result.ids.count - before)
    }
    return result
  }

  private func append(_ text: ArraySlice<UInt8>, to ids: inout [UInt32]) {
    var token: [UInt8] = []
    text.withUnsafeBytes { TokenEscapes.escape($0, into: &token) }
    token.withUnsafeBytes { token in
      do throws(TokenError) {
        try vocabulary.encode(token, into: &ids)
      } catch {
        preconditionFailure("what was escaped is no token: \(error.reason)")
      }
    }
  }
}
