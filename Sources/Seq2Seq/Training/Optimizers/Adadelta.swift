import Kernels

/// Adadelta: steps in the unit of the parameters, from the sizes of the steps before.
///
/// Source: Zeiler (2012), algorithm 1, with the constants of Bahdanau, Cho and Bengio (2015),
/// appendix B.
package struct Adadelta: UpdateRule, Equatable {
  package var rho = 0.95
  package var epsilon = 1e-6

  package init() {}

  var momentCount: Int { 2 }

  func move(_ piece: ParameterPiece, scale: Float, rate: Double, step: Int) {
    Float.adadelta(
      count: piece.count, parameters: piece.parameters, gradient: piece.gradient,
      squaredGradient: piece.moments[0], squaredMove: piece.moments[1], scale: scale,
      rho: Float(rho), epsilon: Float(epsilon), rate: Float(rate))
  }
}
