package import Kernels

/// Adam on one buffer of parameters, with the gradient's norm clipped.
///
/// The work is cut into pieces of a fixed size, so the result does not depend on the threads.
///
/// Source: Kingma and Ba (2015), algorithm 1; Pascanu, Mikolov and Bengio (2013), algorithm 1.
package final class Optimizer {
  package struct Settings: Equatable, Sendable {
    package var beta1 = 0.9
    package var beta2 = 0.999
    package var epsilon = 1e-8
    /// The norm that a gradient is scaled down to; 0 for none.
    package var clipNorm = 1.0

    package init() {}
  }

  private let settings: Settings
  private let parameters: ParameterBuffer<Float>
  private let mean: ParameterBuffer<Float>
  private let variance: ParameterBuffer<Float>
  private var stepCount = 0
  private static let pieceSize = 1 << 16

  /// Prepares to change these parameters.
  package init(_ parameters: ParameterBuffer<Float>, settings: Settings) {
    self.parameters = parameters
    self.settings = settings
    mean = ParameterBuffer(parameters.list)
    variance = ParameterBuffer(parameters.list)
  }

  /// Does one step and sets the gradient to zero.
  ///
  /// A gradient that is not finite changes nothing.
  ///
  /// - Parameters:
  ///   - gradient: The gradient of the loss.
  ///   - rate: The learning rate.
  ///   - pool: Who does the work.
  /// - Returns: The gradient's norm before clipping.
  package func step(
    gradient: ParameterBuffer<Float>, rate: Double, pool: WorkerPool
  ) -> Double {
    let norm = squaredNorm(of: gradient, pool: pool).squareRoot()
    let isUsable = norm.isFinite
    if isUsable { stepCount += 1 }
    let scale =
      settings.clipNorm > 0 && norm > settings.clipNorm ? Float(settings.clipNorm / norm) : 1
    let step = AdamStep(
      rate: rate, number: max(1, stepCount), beta1: settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon)
    let views = Views(
      gradient: gradient.base, parameters: parameters.base, mean: mean.base,
      variance: variance.base)
    forEachPiece(pool) { _, start, count in
      if isUsable {
        Float.adam(
          count: count, parameters: views.parameters + start, gradient: views.gradient + start,
          mean: views.mean + start, variance: views.variance + start, scale: scale, step: step)
      } else {
        (views.gradient + start).update(repeating: 0, count: count)
      }
    }
    return norm
  }

  private func squaredNorm(of gradient: ParameterBuffer<Float>, pool: WorkerPool) -> Double {
    var norms = [Double](repeating: 0, count: pieceCount)
    norms.withUnsafeMutableBufferPointer { norms in
      nonisolated(unsafe) let norms = norms  // every piece writes its own number
      forEachPiece(pool) { piece, start, count in
        norms[piece] = Float.squaredNorm(count: count, gradient.base + start)
      }
    }
    return norms.reduce(0, +)
  }

  private var pieceCount: Int { (parameters.list.count + Self.pieceSize - 1) / Self.pieceSize }

  private func forEachPiece(
    _ pool: WorkerPool, _ body: @Sendable (_ piece: Int, _ start: Int, _ count: Int) -> Void
  ) {
    let (count, size) = (parameters.list.count, Self.pieceSize)
    pool.run(count: pieceCount) { piece, _ in
      Activity.optimizer.measure { body(piece, piece * size, min(size, count - piece * size)) }
    }
  }

  /// The four arrays of a step.
  ///
  /// `@unchecked Sendable`: every piece has its own range of them.
  private struct Views: @unchecked Sendable {
    let gradient: UnsafeMutablePointer<Float>
    let parameters: UnsafeMutablePointer<Float>
    let mean: UnsafeMutablePointer<Float>
    let variance: UnsafeMutablePointer<Float>
  }
}
