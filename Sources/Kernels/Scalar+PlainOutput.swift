extension Scalar {
  package static func tanhOfSum(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>
  ) {
    for index in 0..<(rows * columns) {
      x[index] = hyperbolicTangent(x[index] + bias[index % columns])
    }
  }

  package static func tanhBackward(
    count: Int, output y: UnsafePointer<Self>, gradient d: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<count { d[index] *= 1 - y[index] * y[index] }
  }

  package static func logSoftmax(
    columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>
  ) {
    let normaliser = addBiasAndNormalise(columns: columns, x, bias: bias)
    for column in 0..<columns { x[column] -= normaliser }
  }

  package static func crossEntropy(
    rows: Int, columns: Int, logits: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>,
    targets: UnsafePointer<UInt32>, gradientScale: Self?,
    losses: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<rows {
      let x = logits + row * columns
      let target = Int(targets[row])
      let normaliser = addBiasAndNormalise(columns: columns, x, bias: bias)
      losses[row] = Double(normaliser - x[target])
      guard let scale = gradientScale else { continue }
      for column in 0..<columns { x[column] = scale * exponential(x[column] - normaliser) }
      x[target] -= scale
    }
  }

  /// Adds the bias to x and returns ln Σ eˣ.
  private static func addBiasAndNormalise(
    columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>
  ) -> Self {
    var highest = -Self.infinity
    for column in 0..<columns {
      x[column] += bias[column]
      highest = max(highest, x[column])
    }
    var total: Self = 0
    for column in 0..<columns { total += exponential(x[column] - highest) }
    return highest + logarithm(total)
  }
}
