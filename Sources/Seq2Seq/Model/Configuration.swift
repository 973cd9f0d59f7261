/// Everything that decides a model's shape; it is stored in the model file.
///
/// Letters in the documentation of the layers: V vocabulary, E embedding, H decoder state,
/// A attention, D encoder state, C context, L layers, B batch, S source length, T target length.
package struct Configuration: Equatable, Sendable {
  package var cell = Cell.lstm
  package var encoder = Encoder.bidirectional
  package var encoderDepth = 1
  package var decoderDepth = 1
  /// Whether each layer from the second on adds its input to its output.
  package var isResidual = false
  /// Whether the sums that make the gates are normalised.
  package var isNormalized = false
  /// Whether the source is read from its end.
  package var isSourceReversed = false

  package var attention = Attention.additive
  /// What the decoder sees of the source without attention.
  package var fixedContext = FixedContext.everyStep
  package var attentionState = AttentionState.previous
  /// D of Luong's local attention, positions to either side; 0 for the whole source.
  package var attentionWindow = 0
  /// Whether the attention knows where it has looked before.
  package var hasCoverage = false
  /// λ, the weight of the coverage loss in the objective.
  package var coverageLoss = 0.0
  /// Whether t_{i−1} is part of the decoder's input.
  package var hasInputFeeding = false

  package var bridge = Bridge.mean
  package var readout = Readout.tanh
  package var embeddings = Embeddings.tied

  /// V, the special and byte tokens included.
  package var vocabularySize: Int
  /// V_s, where the sources have a vocabulary of their own.
  package var sourceVocabularySize: Int?
  /// E.
  package var embeddingSize: Int
  /// H.
  package var hiddenSize: Int
  /// A.
  package var attentionSize: Int
  /// The longest source that there is, in tokens; location attention has as many places.
  package var maximumSourceLength = 100
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

  /// The most layers of an encoder or of a decoder.
  package static let deepest = 64

  /// D, the width of an encoder state: one direction of H, or two of H/2 side by side.
  package var encoderSize: Int { hiddenSize }

  /// C, the width of what the decoder is given of the source at each step.
  package var contextSize: Int {
    attention == .none && fixedContext == .firstState ? 0 : encoderSize
  }

  /// Whether there is a layer of A numbers: one that compares states, or that predicts a place.
  package var usesAttentionSize: Bool { attention == .additive || attentionWindow > 0 }

  /// Whether c_i is part of the decoder's input, and not of the readout alone.
  package var feedsContext: Bool { attentionState == .previous }
}

extension Configuration {
  /// The recurrent cell of encoder and decoder.
  package enum Cell: String, CaseIterable, Sendable {
    case rnn, lstm, gru

    /// G, the blocks of width H that W and U produce.
    package var gateCount: Int {
      switch self {
      case .rnn: 1
      case .lstm: 4
      case .gru: 3
      }
    }
  }

  /// From which sides the encoder reads.
  package enum Encoder: String, CaseIterable, Sendable {
    case bidirectional, unidirectional

    package var directionCount: Int { self == .bidirectional ? 2 : 1 }
  }

  /// How the decoder weighs the encoder's states.
  package enum Attention: String, CaseIterable, Sendable {
    case additive, dot, general
    case scaledDot = "scaled-dot"
    case location, none
  }

  /// What the decoder sees of the source without attention.
  package enum FixedContext: String, CaseIterable, Sendable {
    /// The encoder's last state at every step (Cho et al., 2014).
    case everyStep = "every-step"
    /// Nothing but its own first state (Sutskever, Vinyals and Le, 2014).
    case firstState = "first-state"
  }

  /// Which of the decoder's states the attention compares with the source.
  package enum AttentionState: String, CaseIterable, Sendable {
    /// s_{i−1}; c_i is part of the step's input (Bahdanau, Cho and Bengio, 2015).
    case previous
    /// s_i; c_i is seen by the readout alone (Luong, Pham and Manning, 2015).
    case current
  }

  /// Where the decoder's first state comes from.
  package enum Bridge: String, CaseIterable, Sendable {
    case mean
    case lastBackward = "last-backward"
    case zero, copy
  }

  /// What stands between the decoder's state and the output layer.
  package enum Readout: String, CaseIterable, Sendable {
    case tanh, maxout
  }

  /// Whether source, target and output share one table.
  package enum Embeddings: String, CaseIterable, Sendable {
    case tied, untied
  }
}
