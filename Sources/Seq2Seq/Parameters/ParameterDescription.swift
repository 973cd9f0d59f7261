/// One learned array: its name in the model file, its shape, and how it starts.
package struct ParameterDescription: Equatable, Sendable {
  /// How an array's first values are drawn.
  package enum Initialization: Equatable, Sendable {
    case zeros, ones
    /// From the uniform distribution over ±the value.
    case uniform(Double)
    /// From the normal distribution with this standard deviation.
    case normal(Double)
    /// Zeros, but ones in the second quarter, the forget gate's.
    case forgetGateBias
  }

  package let name: String
  /// One number for a vector, two for a matrix.
  package let shape: [Int]
  package let initialization: Initialization
  /// Where the array starts in the buffer, in elements.
  package let offset: Int

  package var count: Int { shape.reduce(1, *) }
}
