internal import Kernels

/// Which tokens of one shard in one update the decoder is not fed, but the model's predictions of
/// them.
///
/// A first pass along the true targets, without dropout as in writing, predicts each token by the
/// likeliest. The pass that is learned from is then fed some of the predictions; the targets stay
/// as they are, and no gradient goes into the first pass.
///
/// Source: Bengio, Vinyals, Jaitly and Shazeer (2015), in parallel for all steps as by Mihaylova and
/// Martins (2019) and Duckworth et al. (2019), with one pass.
package struct ScheduledSampling: Sendable {
  private let probability: Double
  private let generator: Philox

  /// Describes what is replaced.
  ///
  /// - Parameters:
  ///   - probability: That of a token to be replaced, from 0 to 1.
  ///   - seed: The key of the generator.
  ///   - update: The update's number.
  ///   - shard: The shard's number.
  package init(probability: Double, seed: UInt64, update: Int, shard: Int) {
    self.probability = probability
    generator = Philox(
      key: seed, stream: RandomStream.scheduledSampling(update: update, shard: shard))
  }

  /// Chooses places among the targets' tokens; the last of a target is followed by none and is
  /// never one.
  package func places(in targets: SequenceBatch) -> [Int] {
    var generator = generator
    var places: [Int] = []
    for (offset, length) in zip(targets.offsets, targets.lengths) {
      for place in offset..<(offset + length - 1) where generator.nextUnit() < probability {
        places.append(place)
      }
    }
    return places
  }
}

extension SequenceBatch {
  /// The token before each token, `<s>` before the first, with others in the place of some.
  ///
  /// - Parameters:
  ///   - places: Places among the tokens, none of them the last of a sequence.
  ///   - tokens: What is fed in their place, one for each.
  /// - Returns: A token for each of the batch's.
  package func inputs(replacing places: [Int], by tokens: [UInt32]) -> [UInt32] {
    var fed = ids
    for (place, token) in zip(places, tokens) { fed[place] = token }
    var inputs = [ReservedID.start] + fed.dropLast()
    for offset in offsets { inputs[offset] = ReservedID.start }
    return inputs
  }
}

extension Seq2Seq {
  /// Predicts some tokens of the targets, each from the true ones before it.
  ///
  /// - Parameters:
  ///   - places: Places among the targets' tokens.
  ///   - batch: The pairs.
  ///   - arena: Scratch, which is reset.
  /// - Returns: The likeliest token at each place.
  func predictions(at places: [Int], of batch: Batch, arena: Arena<Element>) -> [UInt32] {
    arena.reset()
    let tape = forward(batch, dropout: nil, arena: arena).1.tape
    let rowOfToken = tape.steps.rowOfToken(in: batch.targets)
    let rows = arena.matrix(places.count, tape.readout.columns)
    for (row, place) in places.enumerated() {
      rows.row(row).update(from: tape.readout.row(rowOfToken[place]), count: rows.columns)
    }
    return output.likeliest(
      rows, vocabularySize: configuration.vocabularySize, arena: arena)
  }
}
