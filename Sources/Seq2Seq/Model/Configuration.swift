/// Everything that decides a model's shape; it is stored in the model file.
///
/// Letters in the documentation of the layers: V vocabulary, E embedding, H decoder state,
/// A attention, D encoder state (both directions side by side), B batch, S source length,
/// T target length.
package struct Configuration: Equatable, Sendable {
  /// The recurrent cell of encoder and decoder.
  package enum Cell: String, CaseIterable, Sendable {
    case lstm

    /// G, the blocks of width H that W and U produce.
    package var gateCount: Int {
      switch self {
      case .lstm: 4
      }
    }
  }

  /// How the decoder looks at the source.
  package enum Attention: String, CaseIterable, Sendable {
    case additive
  }

  package var cell = Cell.lstm
  package var attention = Attention.additive
  /// V, the special and byte tokens included.
  package var vocabularySize: Int
  /// E.
  package var embeddingSize: Int
  /// H; each direction of the encoder has half of it, so it is even.
  package var hiddenSize: Int
  /// A.
  package var attentionSize: Int
  /// The first token of each tail of an adaptive softmax; none for the full softmax.
  package var adaptiveCutoffs: [Int] = []
  /// F: a tail's vectors are F times smaller than those of the one before.
  package var adaptiveFactor = 4

  /// Describes a model with additive attention over a bidirectional long short-term memory.
  package init(vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, attentionSize: Int) {
    self.vocabularySize = vocabularySize
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.attentionSize = attentionSize
  }

  /// D, the width of an encoder state: two directions of H/2.
  package var encoderSize: Int { hiddenSize }
}

/// The ids that every vocabulary begins with.
package enum ReservedID {
  package static let padding: UInt32 = 0
  package static let unknown: UInt32 = 1
  /// `<s>`, what the decoder is fed before the first token.
  package static let start: UInt32 = 2
  /// `</s>`, the end of a sentence.
  package static let end: UInt32 = 3
  /// `<p>`, the end of a paragraph, the last token of its last sentence.
  package static let paragraph: UInt32 = 4
  /// The tokens of the 256 bytes.
  package static let bytes: Range<UInt32> = 5..<261
}
