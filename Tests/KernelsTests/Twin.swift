import Kernels

/// The same random numbers in both precisions.
struct Twin {
  var single: [Float]
  var double: [Double]

  init(_ count: Int, stream: UInt64, scale: Double = 2) {
    var generator = Philox(key: 42, stream: stream)
    single = (0..<count).map { _ in Float((2 * generator.nextUnit() - 1) * scale) }
    double = single.map(Double.init)
  }

  func largestDifference() -> Double {
    zip(single, double).map { abs(Double($0) - $1) }.max() ?? 0
  }
}
