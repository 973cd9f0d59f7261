import Kernels

/// Adam: steps of about the rate in every direction, whatever the gradient's size.
///
/// Source: Kingma and Ba (2015), algorithm 1.
package struct Adam: UpdateRule, Equatable {
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8

  package init() {}

  var momentCount: Int { 2 }

  func move(_ piece: ParameterPiece, scale: Float, rate: Double, step: Int) {
    Float.adam(
      count: piece.count, parameters: piece.parameters, gradient: piece.gradient,
      mean: piece.moments[0], variance: piece.moments[1], scale: scale,
      step: constants(rate: rate, step: step))
  }

  func constants(rate: Double, step: Int) -> AdamStep {
    AdamStep(rate: rate, number: step, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

/// Adam with decoupled weight decay: every parameter shrinks by a share at each step.
///
/// Source: Loshchilov and Hutter (2019), algorithm 2, the decay multiplied by the whole rate.
package struct AdamW: UpdateRule, Equatable {
  package var adam = Adam()
  /// λ: a step takes λ times the learning rate away from each parameter, as a share of it.
  package var weightDecay: Double

  package init(weightDecay: Double = 0.1) { self.weightDecay = weightDecay }

  var momentCount: Int { 2 }

  func move(_ piece: ParameterPiece, scale: Float, rate: Double, step: Int) {
    Float.adamW(
      count: piece.count, parameters: piece.parameters, gradient: piece.gradient,
      mean: piece.moments[0], variance: piece.moments[1], scale: scale,
      step: adam.constants(rate: rate, step: step), shrinkage: Float(1 - rate * weightDecay))
  }
}
