package import Seq2Seq

/// Has the sentences of a passage begin with given text.
///
/// Any text can be: what no token spells, bytes do. What comes after it is left to the model, which
/// may have gone on with the token that ends it.
package struct SentenceBeginnings: LogitsProcessor {
  private struct Beginning {
    var text: [UInt8]
    /// Whether the token that begins with it may have a space before it.
    var allowsSpace = false
  }

  private let texts: TokenTexts
  /// What each sentence begins with; those after these are free.
  private var beginnings: [Beginning]

  /// Has the first sentence begin with `prefix`.
  package init(prefix: [UInt8], texts: TokenTexts) {
    (self.texts, beginnings) = (texts, [Beginning(text: prefix)])
  }

  /// Has sentence after sentence begin with a character.
  ///
  /// - Parameters:
  ///   - characters: A character of each; a space may stand before it, as between words.
  ///   - prefix: What the first begins with, if anything.
  ///   - texts: Those of the tokens.
  package init(acrostic characters: [[UInt8]], prefix: [UInt8]? = nil, texts: TokenTexts) {
    self.texts = texts
    beginnings = characters.map { Beginning(text: $0, allowsSpace: true) }
    if let prefix, !beginnings.isEmpty { beginnings[0] = Beginning(text: prefix) }
  }

  /// Whether a text begins with a character, as the sentences of an acrostic do.
  package static func begins(_ text: [UInt8], with character: [UInt8]) -> Bool {
    text.starts(with: character) || text.starts(with: [0x20] + character)
  }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    guard beginnings.indices.contains(context.sentenceNumber) else { return }
    let beginning = beginnings[context.sentenceNumber]
    let text = texts.text(of: context.sentence)
    guard text.count < beginning.text.count, beginning.text.starts(with: text) else { return }
    var ids = texts.ids(leadingTo: beginning.text[text.count...])
    if beginning.allowsSpace, text.isEmpty {
      texts.forEach(beginningWith: ([0x20] + beginning.text)[...]) { ids.append($0) }
    }
    if texts.restrict(logits, to: ids) { return }
    // What else forbids all of them does not forbid the bytes: control characters, say.
    logits.update(repeating: -.infinity)
    for id in ids where ReservedID.bytes.contains(id) { logits[Int(id)] = 0 }
  }
}
