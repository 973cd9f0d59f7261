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
  /// The sentence that comes next, counted from 0.
  private var sentence = 0
  /// How many bytes of its beginning it has; nothing once they have all come, or others.
  private var length: Int? = 0

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

  package mutating func append(_ id: UInt32) {
    guard let begun = length, sentence < beginnings.count else { return }
    let (token, rest) = (texts.text(of: id), beginnings[sentence].text[begun...])
    length = token.count < rest.count && rest.starts(with: token) ? begun + token.count : nil
  }

  package mutating func finish(_: WrittenSentence) { sentence += 1 }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    guard let length, sentence < beginnings.count else { return }
    let beginning = beginnings[sentence]
    var ids = texts.ids(leadingTo: beginning.text[length...])
    if beginning.allowsSpace, length == 0 {
      texts.forEach(beginningWith: ([0x20] + beginning.text)[...]) { ids.append($0) }
    }
    if texts.restrict(logits, to: ids) { return }
    // What else forbids all of them does not forbid the bytes: control characters, say.
    logits.update(repeating: -.infinity)
    for id in ids where ReservedID.bytes.contains(id) { logits[Int(id)] = 0 }
  }
}
