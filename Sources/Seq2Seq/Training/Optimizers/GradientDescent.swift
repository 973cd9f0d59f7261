import Kernels

/// Stochastic gradient descent, with or without momentum.
///
/// Source: Polyak (1964); Sutskever et al. (2013), equations 1 and 2, with the rate outside of the
/// velocity.
package struct GradientDescent: UpdateRule, Equatable {
  /// μ, the share of the velocity that is kept; 0 for none, which takes no memory either.
  package var momentum: Double

  package init(momentum: Double = 0.9) { self.momentum = momentum }

  var momentCount: Int { momentum > 0 ? 1 : 0 }

  func move(_ piece: ParameterPiece, scale: Float, rate: Double, step: Int) {
    if momentum > 0 {
      Float.momentum(
        count: piece.count, parameters: piece.parameters, gradient: piece.gradient,
        velocity: piece.moments[0], scale: scale, momentum: Float(momentum), rate: Float(rate))
    } else {
      Float.descend(
        count: piece.count, parameters: piece.parameters, gradient: piece.gradient, scale: scale,
        rate: Float(rate))
    }
  }
}
