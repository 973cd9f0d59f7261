/// A sentence that was written.
package struct WrittenSentence: Equatable, Sendable {
  /// Its tokens, without `<p>` and `</s>`.
  package var ids: [UInt32] = []
  /// How it came to its end.
  package var ending = Ending.sentence
  /// ln p of its tokens and of its end; 0 unless it was asked for.
  ///
  /// By the model alone, whatever made them likelier or forbade them. A sentence that was broken off
  /// has no end.
  package var logProbability = 0.0
  /// What the search orders by; 0 where nothing is searched.
  package var score = 0.0
  /// The attention of each token, S numbers, the end's included; empty unless it was asked for.
  package var attention: [[Float]] = []

  /// How a sentence comes to its end.
  package enum Ending: Equatable, Sendable {
    /// The model ended it.
    case sentence
    /// The model ended its paragraph with it.
    case paragraph
    /// It had the greatest length.
    case cut
    /// No token was allowed.
    case stuck
  }

  package init(ids: [UInt32] = []) { self.ids = ids }

  /// Whether its paragraph ends with it.
  package var endsParagraph: Bool { ending == .paragraph }

  /// Whether it has no end.
  package var isBrokenOff: Bool { ending == .cut || ending == .stuck }
}
