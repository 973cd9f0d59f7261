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

  package static func maxout(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>,
    into y: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<(rows * 2 * columns) { x[index] += bias[index % (2 * columns)] }
    for index in 0..<(rows * columns) { y[index] = max(x[2 * index], x[2 * index + 1]) }
  }

  package static func maxoutBackward(
    rows: Int, columns: Int, dOutput: UnsafePointer<Self>, _ x: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<(rows * columns) {
      let isFirst = x[2 * index] > x[2 * index + 1]
      x[2 * index] = isFirst ? dOutput[index] : 0
      x[2 * index + 1] = isFirst ? 0 : dOutput[index]
    }
  }

  package static func softmaxStatistics(
    rows: Int, columns: Int, _ logits: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>,
    largest: UnsafeMutablePointer<Self>, total: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let x = logits + row * columns
      largest[row] = addBias(columns: columns, x, bias: bias)
      total[row] = sumOfExponentials(count: columns, x, largest: largest[row])
    }
  }

  package static func scaledSoftmax(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>,
    normalisers: UnsafePointer<Self>, scale: Self
  ) {
    for index in 0..<(rows * columns) {
      x[index] = scale * exponential(x[index] - normalisers[index / columns])
    }
  }

  package static func largest(count: Int, _ x: UnsafePointer<Self>) -> Self {
    (0..<count).reduce(-infinity) { max($0, x[$1]) }
  }

  package static func sumOfExponentials(
    count: Int, _ x: UnsafePointer<Self>, largest: Self
  ) -> Self {
    (0..<count).reduce(0) { $0 + exponential(x[$1] - largest) }
  }

  package static func addExponentials(
    count: Int, _ x: UnsafePointer<Self>, minus constant: Self, scale: Self,
    to y: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<count { y[index] += scale * exponential(x[index] - constant) }
  }

  package static func logarithms(count: Int, _ x: UnsafeMutablePointer<Self>) {
    for index in 0..<count { x[index] = logarithm(max(x[index], leastNormalMagnitude)) }
  }

  package static func samplingWeights(
    count: Int, _ x: UnsafePointer<Self>, largest: Self, inverseTemperature: Self,
    into weights: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<count {
      let distance = (x[index] - largest) * inverseTemperature
      weights[index] = distance < -80 ? 0 : exponential(distance)
    }
  }

  /// Adds the bias to x and returns the largest.
  private static func addBias(
    columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>
  ) -> Self {
    var largest = -Self.infinity
    for column in 0..<columns {
      x[column] += bias[column]
      largest = max(largest, x[column])
    }
    return largest
  }
}
