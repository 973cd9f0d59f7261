package import Kernels
import Glibc

/// What a model makes of a list of pairs.
package struct Evaluation: Sendable {
  /// Sum of −ln p over all target tokens, in nats.
  package private(set) var loss = 0.0
  /// Target tokens, `<p>` and `</s>` included.
  package private(set) var tokenCount = 0
  /// The loss of each pair, in the list's order.
  package private(set) var lossOfPair: [Double] = []

  /// Mean cross-entropy in nats per target token.
  package var natsPerToken: Double { loss / Double(max(1, tokenCount)) }
  package var perplexity: Double { exp(natsPerToken) }

  /// Bits for each of so many characters.
  package func bitsPerCharacter(_ characterCount: Int) -> Double {
    Self.bitsPerCharacter(nats: loss, characters: characterCount)
  }

  /// A loss in bits for each of so many characters.
  package static func bitsPerCharacter(nats: Double, characters: Int) -> Double {
    nats / M_LN2 / Double(max(1, characters))
  }

  /// Computes the loss of every pair.
  ///
  /// - Parameters:
  ///   - model: The model, its weights packed.
  ///   - pairs: What to evaluate.
  ///   - pool: Who does the work.
  ///   - arenas: One for each worker.
  ///   - maximumSourceLength: The longest source the model was trained on; what is before is not seen.
  package init(
    of model: Seq2Seq<Float>, on pairs: PairList, pool: WorkerPool, arenas: [Arena<Float>],
    maximumSourceLength: Int
  ) {
    let member = PairScorer.Member(model, on: pairs, maximumSourceLength: maximumSourceLength)
    self.init(PairScorer([member], pool: pool, arenas: arenas))
  }

  /// Computes the loss of every pair, by one model or several.
  ///
  /// - Parameter scorer: Has the models and the pairs.
  package init(_ scorer: PairScorer) {
    let count = scorer.pairs.count
    var losses = [Double](repeating: 0, count: count)
    losses.withUnsafeMutableBufferPointer { losses in
      nonisolated(unsafe) let losses = losses  // every pair is scored once
      scorer.score(0..<count) { number, result in losses[number] = result.reduce(0, +) }
    }
    lossOfPair = losses
    loss = losses.reduce(0, +)
    tokenCount = scorer.pairs.tokenCount
  }
}
