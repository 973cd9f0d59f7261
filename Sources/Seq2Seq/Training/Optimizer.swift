package import Kernels

/// Moves one buffer of parameters by a gradient whose norm is clipped.
///
/// The work is cut into pieces of a fixed size, so the result does not depend on the threads.
///
/// Source: Pascanu, Mikolov and Bengio (2013), algorithm 1; the rules name their own.
package final class Optimizer {
  package struct Settings: Equatable, Sendable {
    package var method = Method.adam(Adam())
    /// The norm that a gradient is scaled down to; 0 for none.
    package var clipNorm = 1.0

    package init() {}
  }

  private let rule: any UpdateRule
  private let clipNorm: Double
  private let parameters: ParameterBuffer<Float>
  private let moments: [ParameterBuffer<Float>]
  private var stepCount = 0

  /// Prepares to change these parameters.
  package init(_ parameters: ParameterBuffer<Float>, settings: Settings) {
    self.parameters = parameters
    rule = settings.method.rule
    clipNorm = settings.clipNorm
    moments = (0..<rule.momentCount).map { _ in ParameterBuffer(parameters.list) }
  }

  /// Does one step and sets the gradient to zero.
  ///
  /// A gradient that is not finite changes nothing.
  ///
  /// - Parameters:
  ///   - gradient: The gradient of the loss.
  ///   - rate: The learning rate.
  ///   - isLossFinite: Whether the gradient is that of a loss that can be trusted; otherwise
  ///     nothing is changed.
  ///   - pool: Who does the work.
  /// - Returns: The gradient's norm before clipping.
  package func step(
    gradient: ParameterBuffer<Float>, rate: Double, isLossFinite: Bool = true, pool: WorkerPool
  ) -> Double {
    let norm = gradient.squaredNorm(on: pool).squareRoot()
    let isUsable = norm.isFinite && isLossFinite
    if isUsable { stepCount += 1 }
    let scale = clipNorm > 0 && norm > clipNorm ? Float(clipNorm / norm) : 1
    let (rule, number, moments) = (rule, stepCount, moments)
    parameters.forEachPiece(on: pool) { [parameters] _, start, count in
      if isUsable {
        let piece = ParameterPiece(
          count: count, parameters: parameters.base + start, gradient: gradient.base + start,
          moments: moments.map { $0.base + start })
        rule.move(piece, scale: scale, rate: rate, step: number)
      } else {
        (gradient.base + start).update(repeating: 0, count: count)
      }
    }
    return norm
  }

  /// Forgets all steps, as if the next were the first.
  package func reset() {
    stepCount = 0
    for buffer in moments { buffer.elements.update(repeating: 0) }
  }
}
