/// The streams of the seed's generator, so that no two uses draw the same numbers.
///
/// The highest byte says what for; the rest is the use's own.
package enum RandomStream {
  /// Where dropout is applied.
  package enum DropoutSite: Equatable, Sendable {
    case source, target, readout
    case encoder(Int), decoder(Int)
    case encoderState(Int, Int), decoderState(Int)

    /// A number below 4,096 for depths below 800.
    fileprivate var number: UInt64 {
      switch self {
      case .source: 0
      case .target: 1
      case .readout: 2
      case .encoder(let layer): 5 + 5 * UInt64(layer)
      case .decoder(let layer): 6 + 5 * UInt64(layer)
      case .encoderState(let layer, let direction): 7 + 5 * UInt64(layer) + UInt64(direction)
      case .decoderState(let layer): 9 + 5 * UInt64(layer)
      }
    }
  }

  /// First values of the array with this place in the list.
  package static func initialization(array: Int) -> UInt64 { 1 << 56 | UInt64(array) }

  /// The order of the pairs in an epoch.
  package static func shuffling(epoch: Int) -> UInt64 { 2 << 56 | UInt64(epoch) }

  /// The masks of one shard in one update.
  package static func dropout(update: Int, shard: Int, site: DropoutSite) -> UInt64 {
    3 << 56 | UInt64(update) << 24 | UInt64(shard) << 12 | site.number
  }

  /// The choices made for one prompt.
  package static func sampling(prompt: Int) -> UInt64 { 4 << 56 | UInt64(prompt) }

  /// The tokens of one shard in one update that the model's predictions take the place of.
  package static func scheduledSampling(update: Int, shard: Int) -> UInt64 {
    8 << 56 | UInt64(update) << 16 | UInt64(shard)
  }
}
