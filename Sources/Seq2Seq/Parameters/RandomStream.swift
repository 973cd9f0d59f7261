/// The streams of the seed's generator, so that no two uses draw the same numbers.
///
/// The highest byte says what for; the rest is the use's own.
package enum RandomStream {
  /// Where dropout is applied.
  package enum DropoutSite: UInt64, Sendable {
    case source, target, readout
  }

  /// First values of the array with this place in the list.
  package static func initialization(array: Int) -> UInt64 { 1 << 56 | UInt64(array) }

  /// The order of the pairs in an epoch.
  package static func shuffling(epoch: Int) -> UInt64 { 2 << 56 | UInt64(epoch) }

  /// The masks of one shard in one update.
  package static func dropout(update: Int, shard: Int, site: DropoutSite) -> UInt64 {
    3 << 56 | UInt64(update) << 16 | UInt64(shard) << 4 | site.rawValue
  }

  /// The choices made for one prompt.
  package static func sampling(prompt: Int) -> UInt64 { 4 << 56 | UInt64(prompt) }

  /// The tokens of one shard in one update that the model's predictions take the place of.
  package static func scheduledSampling(update: Int, shard: Int) -> UInt64 {
    8 << 56 | UInt64(update) << 16 | UInt64(shard)
  }
}
