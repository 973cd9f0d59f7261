extension Scalar {
  /// Brings each row of x to mean 0 and variance 1: x ← (x − μ) / √(σ² + ε).
  ///
  /// `inverseDeviations` receives 1 / √(σ² + ε) of each row.
  ///
  /// Source: Ba, Kiros and Hinton (2016), equation 3.
  package static func normalize(
    rows: Int, columns: Int, epsilon: Self, _ x: UnsafeMutablePointer<Self>,
    inverseDeviations: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let y = x + row * columns
      var (total, squares): (Self, Self) = (0, 0)
      for c in 0..<columns { total += y[c] }
      for c in 0..<columns {
        y[c] -= total / Self(columns)
        squares += y[c] * y[c]
      }
      let inverse = 1 / (squares / Self(columns) + epsilon).squareRoot()
      inverseDeviations[row] = inverse
      for c in 0..<columns { y[c] *= inverse }
    }
  }

  /// Takes a gradient back through y = gain∘normalize(x).
  ///
  /// `dOutput` is ∂loss/∂y, its rows `stride` apart; `normal` holds what ``normalize`` made on
  /// entry and ∂loss/∂x on return. `dGain` is added to.
  package static func normalizeBackward(
    rows: Int, columns: Int, dOutput: UnsafePointer<Self>, stride: Int,
    gain: UnsafePointer<Self>, normal: UnsafeMutablePointer<Self>,
    inverseDeviations: UnsafePointer<Self>, dGain: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let (d, y) = (dOutput + row * stride, normal + row * columns)
      var (sum, dot): (Self, Self) = (0, 0)
      for c in 0..<columns {
        dGain[c] += d[c] * y[c]
        sum += d[c] * gain[c]
        dot += d[c] * gain[c] * y[c]
      }
      let (mean, slope) = (sum / Self(columns), dot / Self(columns))
      for c in 0..<columns {
        y[c] = inverseDeviations[row] * (d[c] * gain[c] - mean - y[c] * slope)
      }
    }
  }

  package static func multiplyAddRows(
    rows: Int, columns: Int, _ x: UnsafePointer<Self>, factors: UnsafePointer<Self>,
    to y: UnsafeMutablePointer<Self>, stride: Int
  ) {
    for row in 0..<rows {
      for c in 0..<columns { y[row * stride + c] += factors[c] * x[row * columns + c] }
    }
  }
}
