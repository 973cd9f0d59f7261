internal import Seq2Seq
package import TextStreams

/// The text that each token stands for, to find the tokens that a text may go on with.
///
/// Rules about the text of a sentence ask it, so that they hold however the text is cut into tokens.
package struct TokenTexts: Sendable {
  private let strings: SortedStrings
  /// How many tokens there are, V.
  let count: Int

  /// Takes the texts of a vocabulary's tokens.
  package init(_ vocabulary: Vocabulary) {
    count = vocabulary.count
    strings = SortedStrings((0..<UInt32(vocabulary.count)).map { vocabulary.text(of: $0) })
  }

  /// The text of a token; none for a special one.
  func text(of id: UInt32) -> ArraySlice<UInt8> { strings[Int(id)] }

  /// The text of some tokens.
  func text(of ids: some Sequence<UInt32>) -> [UInt8] {
    ids.reduce(into: []) { $0 += text(of: $1) }
  }

  /// The last tokens of a sentence, so many that they have some bytes together, or all.
  func lastTokens(of sentence: [UInt32], reaching byteCount: Int) -> ArraySlice<UInt32> {
    var (start, length) = (sentence.count, 0)
    while start > 0, length < byteCount {
      start -= 1
      length += text(of: sentence[start]).count
    }
    return sentence[start...]
  }

  /// Calls `body` with the tokens whose text begins with some bytes.
  func forEach(beginningWith bytes: ArraySlice<UInt8>, _ body: (UInt32) -> Void) {
    for place in strings.places(beginningWith: bytes) { body(UInt32(strings.order[place])) }
  }

  /// The tokens after which some bytes may still come, or have come.
  ///
  /// - Parameter bytes: Not empty.
  /// - Returns: Those that are the beginning of the bytes, and those that begin with all of them.
  func ids(leadingTo bytes: ArraySlice<UInt8>) -> [UInt32] {
    var ids: [UInt32] = []
    var places = strings.order.indices
    for (depth, byte) in bytes.enumerated() {
      if places.isEmpty { break }
      places = strings.narrow(places, depth: depth, byte: byte)
      let ending = places.prefix { strings.length(of: strings.order[$0]) == depth + 1 }
      if depth + 1 < bytes.count { ids += ending.map { UInt32(strings.order[$0]) } }
    }
    return ids + places.map { UInt32(strings.order[$0]) }
  }

  /// The same without tokens of single bytes, where there are others.
  ///
  /// A byte begins many characters, so it is not for the sake of one that it is made likelier.
  func likelyIds(leadingTo bytes: ArraySlice<UInt8>) -> [UInt32] {
    Self.likely(ids(leadingTo: bytes))
  }

  /// Tokens without those of single bytes, where there are others.
  static func likely(_ ids: [UInt32]) -> [UInt32] {
    let whole = ids.filter { !ReservedID.bytes.contains($0) }
    return whole.isEmpty ? ids : whole
  }

  /// Forbids all tokens but some.
  ///
  /// - Returns: Whether any of them is allowed; otherwise nothing is changed.
  func restrict(_ logits: UnsafeMutableBufferPointer<Float>, to ids: [UInt32]) -> Bool {
    let kept = ids.map { (Int($0), logits[Int($0)]) }
    guard kept.contains(where: { $0.1 > -.infinity }) else { return false }
    logits.update(repeating: -.infinity)
    for (id, value) in kept { logits[id] = value }
    return true
  }
}
