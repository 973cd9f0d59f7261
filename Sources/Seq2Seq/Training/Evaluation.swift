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

  /// Computes the loss of every pair, those of a like length together.
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
    let order = (0..<pairs.count).sorted {
      (pairs.targetTokenCount(of: $0), $0) < (pairs.targetTokenCount(of: $1), $1)
    }
    // The longest first, so that no thread begins a long group when the others have finished.
    let groups = Array(Self.groups(of: order, in: pairs).reversed())
    var losses = [Double](repeating: 0, count: pairs.count)
    losses.withUnsafeMutableBufferPointer { losses in
      nonisolated(unsafe) let losses = losses  // every pair is in one batch only
      pool.run(count: groups.count) { piece, worker in
        let numbers = order[groups[piece]]
        var batch = Batch()
        for number in numbers {
          pairs.append(pair: number, to: &batch, maximumSourceLength: maximumSourceLength)
        }
        let results =
          numbers.count == 1 && batch.tokenCount > Self.mostTokens
          ? [
            model.losses(
              ofSinglePair: batch, pieceLength: Self.mostTokens, arena: arenas[worker])
          ] : model.losses(of: batch, arena: arenas[worker])
        for (number, result) in zip(numbers, results) { losses[number] = result.reduce(0, +) }
      }
    }
    lossOfPair = losses
    loss = losses.reduce(0, +)
    tokenCount = pairs.tokenCount
  }

  /// The target tokens that are in memory at a time, for each worker.
  private static let mostTokens = 4096

  /// Divides pairs in order of length into batches whose memory is bounded.
  private static func groups(of order: [Int], in pairs: PairList) -> [Range<Int>] {
    let mostPairs = 32
    var groups: [Range<Int>] = []
    var (start, tokens) = (0, 0)
    for (place, number) in order.enumerated() {
      let count = pairs.targetTokenCount(of: number)
      if place > start && (place - start == mostPairs || tokens + count > mostTokens) {
        groups.append(start..<place)
        (start, tokens) = (place, 0)
      }
      tokens += count
    }
    if start < order.count { groups.append(start..<order.count) }
    return groups
  }
}
