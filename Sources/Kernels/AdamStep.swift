/// What Adam needs to know about one step: the decay rates and the corrected learning rate.
package struct AdamStep: Sendable {
  package var beta1: Double
  package var beta2: Double
  /// The learning rate times √(1 − β₂ᵗ) / (1 − β₁ᵗ).
  package var correctedRate: Double
  /// ε times √(1 − β₂ᵗ), so that the step is that of the paper's algorithm 1.
  package var correctedEpsilon: Double

  /// Works out the step's constants.
  ///
  /// - Parameters:
  ///   - rate: The learning rate α.
  ///   - number: The step's number t, from 1.
  ///   - beta1: The decay of the mean.
  ///   - beta2: The decay of the uncentred variance.
  ///   - epsilon: Keeps the division finite.
  package init(
    rate: Double, number: Int, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    let varianceCorrection = (1 - power(beta2, number)).squareRoot()
    correctedRate = rate * varianceCorrection / (1 - power(beta1, number))
    correctedEpsilon = epsilon * varianceCorrection
  }
}

/// Returns x to the power of a natural number, by squaring.
private func power(_ x: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, x, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
