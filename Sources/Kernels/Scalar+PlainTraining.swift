extension Scalar {
  package static func squaredNorm(count: Int, _ x: UnsafePointer<Self>) -> Double {
    var total = 0.0
    for index in 0..<count { total += Double(x[index]) * Double(x[index]) }
    return total
  }

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

  /// Multiplies element i of a row by `scale` where word i of the generator's stream is at least
  /// `threshold`, and by 0 elsewhere.
  ///
  /// The words are those of the blocks from `firstBlock` on, four to a block. The same call gives
  /// the same mask, so the way back needs no stored one.
  ///
  /// Source: Srivastava et al. (2014), scaled at training time.
  package static func dropout(
    columns: Int, _ row: UnsafeMutablePointer<Self>, generator: Philox, firstBlock: UInt64,
    threshold: UInt32, scale: Self
  ) {
    for column in 0..<columns {
      let word = generator.block(firstBlock + UInt64(column / 4))[column % 4]
      row[column] *= word >= threshold ? scale : 0
    }
  }
}
