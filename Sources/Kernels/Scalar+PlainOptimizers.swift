extension Scalar {
  /// Does one step of Adam with the gradient times `scale`, then sets the gradient to zero.
  ///
  ///     m ← β₁m + (1 − β₁)g
  ///     v ← β₂v + (1 − β₂)g²
  ///     θ ← θ − rate·m / (√v + ε)
  ///
  /// Source: Kingma and Ba (2015), algorithm 1 with the bias correction moved into the rate.
  package static func adam(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    mean: UnsafeMutablePointer<Self>, variance: UnsafeMutablePointer<Self>,
    scale: Self, step: AdamStep
  ) {
    let (beta1, beta2) = (Self(step.beta1), Self(step.beta2))
    let (rate, epsilon) = (Self(step.correctedRate), Self(step.correctedEpsilon))
    for index in 0..<count {
      let g = gradient[index] * scale
      mean[index] = beta1 * mean[index] + (1 - beta1) * g
      variance[index] = beta2 * variance[index] + (1 - beta2) * g * g
      parameters[index] -= rate * mean[index] / (variance[index].squareRoot() + epsilon)
      gradient[index] = 0
    }
  }

  /// Does one step of Adam, and shrinks the parameters beside it.
  ///
  ///     θ ← shrinkage·θ − rate·m / (√v + ε)
  ///
  /// with m and v as in ``adam``; the shrinkage is 1 − λ times the learning rate.
  ///
  /// Source: Loshchilov and Hutter (2019), algorithm 2, the decay multiplied by the whole rate.
  package static func adamW(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    mean: UnsafeMutablePointer<Self>, variance: UnsafeMutablePointer<Self>,
    scale: Self, step: AdamStep, shrinkage: Self
  ) {
    for index in 0..<count { parameters[index] *= shrinkage }
    adam(
      count: count, parameters: parameters, gradient: gradient, mean: mean, variance: variance,
      scale: scale, step: step)
  }

  /// Does one step θ ← θ − rate·g with the gradient times `scale`, then sets it to zero.
  package static func descend(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    scale: Self, rate: Self
  ) {
    for index in 0..<count {
      parameters[index] -= rate * gradient[index] * scale
      gradient[index] = 0
    }
  }

  /// Does one step with momentum μ with the gradient times `scale`, then sets it to zero.
  ///
  ///     v ← μv + g
  ///     θ ← θ − rate·v
  ///
  /// Source: Polyak (1964); Sutskever et al. (2013), equations 1 and 2, with the rate outside of
  /// the velocity, so that a change of it takes effect at once.
  package static func momentum(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    velocity: UnsafeMutablePointer<Self>, scale: Self, momentum: Self, rate: Self
  ) {
    for index in 0..<count {
      velocity[index] = momentum * velocity[index] + gradient[index] * scale
      parameters[index] -= rate * velocity[index]
      gradient[index] = 0
    }
  }

  /// Does one step of Adadelta with the gradient times `scale`, then sets it to zero.
  ///
  ///     v ← ρv + (1 − ρ)g²
  ///     Δ = √(u + ε) / √(v + ε)·g
  ///     u ← ρu + (1 − ρ)Δ²
  ///     θ ← θ − rate·Δ
  ///
  /// v is `squaredGradient`, u is `squaredMove`.
  ///
  /// Source: Zeiler (2012), algorithm 1, which has no rate.
  package static func adadelta(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    squaredGradient: UnsafeMutablePointer<Self>, squaredMove: UnsafeMutablePointer<Self>,
    scale: Self, rho: Self, epsilon: Self, rate: Self
  ) {
    for index in 0..<count {
      let g = gradient[index] * scale
      squaredGradient[index] = rho * squaredGradient[index] + (1 - rho) * g * g
      let ratio = (squaredMove[index] + epsilon) / (squaredGradient[index] + epsilon)
      let move = ratio.squareRoot() * g
      squaredMove[index] = rho * squaredMove[index] + (1 - rho) * move * move
      parameters[index] -= rate * move
      gradient[index] = 0
    }
  }

  /// Computes average ← average + weight·(x − average).
  package static func average(
    count: Int, weight: Self, _ x: UnsafePointer<Self>,
    into average: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<count { average[index] += weight * (x[index] - average[index]) }
  }
}
