package import Kernels

/// An exponential moving average of a model's parameters, and the model with them.
///
///     a ← d·a + (1 − d)·θ,   d = min(D, (1 + t) / (10 + t))
///
/// after update t, so that the first parameters, which mean nothing, are soon forgotten.
///
/// Source: Polyak and Juditsky (1992), for the mean; the decay as TensorFlow's
/// ExponentialMovingAverage warms it up.
package final class WeightAverage {
  /// The model with the averages for its parameters.
  package let model: Seq2Seq<Float>
  private let decay: Double
  private var updateCount = 0

  /// Begins with the present parameters of a model.
  package init(of model: Seq2Seq<Float>, decay: Double) {
    self.decay = decay
    let parameters = ParameterBuffer<Float>(model.parameters.list)
    parameters.copy(from: model.parameters)
    self.model = Seq2Seq(model.configuration, parameters: parameters)
  }

  /// Takes in the parameters after an update.
  package func add(_ parameters: ParameterBuffer<Float>, pool: WorkerPool) {
    updateCount += 1
    let t = Double(updateCount)
    let weight = Float(1 - min(decay, (1 + t) / (10 + t)))
    model.parameters.forEachPiece(on: pool) { [average = model.parameters] _, start, count in
      Float.average(
        count: count, weight: weight, parameters.base + start, into: average.base + start)
    }
  }

  /// Begins again with these parameters.
  package func restart(from parameters: ParameterBuffer<Float>) {
    updateCount = 0
    model.parameters.copy(from: parameters)
  }

  /// Takes over the averages for products on the way forward, the only way that is gone with them.
  func pack(on pool: WorkerPool) {
    let packings = model.packings
    pool.run(count: packings.count) { piece, _ in packings[piece].pack() }
  }
}
