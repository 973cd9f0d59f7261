import Glibc

/// Double precision computes with the plain kernels.
extension Double: Scalar {
  package static func exponential(_ x: Double) -> Double { exp(x) }
  package static func logarithm(_ x: Double) -> Double { log(x) }
}
