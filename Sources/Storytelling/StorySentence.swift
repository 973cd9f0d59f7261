/// A sentence of a story, as people read it and as a model does.
package struct StorySentence: Equatable, Sendable {
  /// Its text, with the spaces before it; UTF-8, or nearly.
  package var text: [UInt8]
  /// The ids of its tokens; not empty.
  package var ids: [UInt32]

  package init(text: [UInt8], ids: [UInt32]) { (self.text, self.ids) = (text, ids) }
}

/// A sentence that may come next.
package struct Proposal: Equatable, Sendable {
  package var sentence: StorySentence
  /// Whether the paragraph ends with it.
  package var endsParagraph: Bool
  /// Whether it was broken off before it came to an end.
  package var isBrokenOff: Bool

  package init(_ sentence: StorySentence, endsParagraph: Bool, isBrokenOff: Bool = false) {
    self.sentence = sentence
    (self.endsParagraph, self.isBrokenOff) = (endsParagraph, isBrokenOff)
  }
}
