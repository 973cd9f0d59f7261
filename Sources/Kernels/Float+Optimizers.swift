internal import CKernels

/// The fused loops that move parameters.
extension Float {
  package static func adam(
    count: Int, parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>,
    scale: Float, step: AdamStep
  ) {
    ckernels_adam(
      count, parameters, gradient, mean, variance, scale, Float(step.beta1), Float(step.beta2),
      Float(step.correctedRate), Float(step.correctedEpsilon))
  }

  package static func adamW(
    count: Int, parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>,
    scale: Float, step: AdamStep, shrinkage: Float
  ) {
    ckernels_adamw(
      count, parameters, gradient, mean, variance, scale, Float(step.beta1), Float(step.beta2),
      Float(step.correctedRate), Float(step.correctedEpsilon), shrinkage)
  }

  package static func descend(
    count: Int, parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    scale: Float, rate: Float
  ) {
    ckernels_descend(count, parameters, gradient, scale, rate)
  }

  package static func momentum(
    count: Int, parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    velocity: UnsafeMutablePointer<Float>, scale: Float, momentum: Float, rate: Float
  ) {
    ckernels_momentum(count, parameters, gradient, velocity, scale, momentum, rate)
  }

  package static func adadelta(
    count: Int, parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    squaredGradient: UnsafeMutablePointer<Float>, squaredMove: UnsafeMutablePointer<Float>,
    scale: Float, rho: Float, epsilon: Float, rate: Float
  ) {
    ckernels_adadelta(
      count, parameters, gradient, squaredGradient, squaredMove, scale, rho, epsilon, rate)
  }

  package static func average(
    count: Int, weight: Float, _ x: UnsafePointer<Float>,
    into average: UnsafeMutablePointer<Float>
  ) {
    ckernels_average(count, weight, x, average)
  }
}
