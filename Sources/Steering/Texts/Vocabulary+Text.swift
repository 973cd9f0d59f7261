package import TextStreams

extension Vocabulary {
  /// The text that a token stands for; none for a special one.
  package func text(of id: UInt32) -> [UInt8] {
    if case .special? = ReservedToken(id: id) { return [] }
    var text: [UInt8] = []
    tokenBytes(id).withUnsafeBytes { token in
      do throws(TokenError) {
        try TokenEscapes.unescape(token, into: &text)
      } catch {
        preconditionFailure("row \(id) of the vocabulary was not checked: \(error.reason)")
      }
    }
    return text
  }

  /// The text of a sentence, its bytes not necessarily whole characters.
  package func text(of ids: some Sequence<UInt32>) -> [UInt8] {
    ids.reduce(into: []) { $0 += text(of: $1) }
  }
}
