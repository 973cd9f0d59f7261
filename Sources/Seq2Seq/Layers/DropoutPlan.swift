/// The dropout of every site in one pass.
///
/// The masks on states are drawn once for a sequence and are the same at every step.
///
/// Source: Zaremba, Sutskever and Vinyals (2014) for the sites between layers; Gal and Ghahramani
/// (2016), section 4, for the states.
package struct DropoutPlan: Sendable {
  private let rates: DropoutRates
  private let seed: UInt64
  private let update: Int
  private let shard: Int

  /// Draws the masks of one shard in one update.
  package init(rates: DropoutRates, seed: UInt64, update: Int, shard: Int) {
    self.rates = rates
    self.seed = seed
    self.update = update
    self.shard = shard
  }

  /// On the embeddings of the source.
  package var source: Dropout? { dropout(.source, rates.activations) }
  /// On the embeddings of the target.
  package var target: Dropout? { dropout(.target, rates.activations) }
  /// On the readout, where the output layer sees it.
  package var readout: Dropout? { dropout(.readout, rates.activations) }

  /// On what an encoder's layer is given by the one below.
  func encoder(_ layer: Int) -> Dropout? { dropout(.encoder(layer), rates.activations) }
  /// On what a decoder's layer is given by the one below.
  func decoder(_ layer: Int) -> Dropout? { dropout(.decoder(layer), rates.activations) }
  /// On the states of an encoder's layer in one direction.
  func encoderState(_ layer: Int, _ direction: Int) -> Dropout? {
    dropout(.encoderState(layer, direction), rates.states)
  }
  /// On the states of a decoder's layer.
  func decoderState(_ layer: Int) -> Dropout? { dropout(.decoderState(layer), rates.states) }

  private func dropout(_ site: RandomStream.DropoutSite, _ rate: Double) -> Dropout? {
    guard rate > 0 else { return nil }
    return Dropout(
      rate: rate, seed: seed,
      stream: RandomStream.dropout(update: update, shard: shard, site: site))
  }
}

/// The shares of numbers that are set to zero.
package struct DropoutRates: Equatable, Sendable {
  /// Of embeddings, of what goes from layer to layer, and of the readout.
  package var activations: Double
  /// Of the states that go from step to step.
  package var states: Double

  package init(activations: Double, states: Double = 0) {
    self.activations = activations
    self.states = states
  }

  package var isZero: Bool { activations == 0 && states == 0 }
}
