/// A number type that the models compute with: `Float` to work, `Double` to prove.
///
/// The requirements are the kernels, the loops that take the time. Every one has a plain
/// Swift version in an extension of this protocol, which `Double` uses as it is; gradient
/// checks therefore run the same layers in double precision. `Float` replaces each by a fused C
/// loop or by oneDNN, and the tests compare the two.
///
/// Kernels take row-major arrays by pointer, without gaps unless a stride is given. The callers
/// in this package check shapes; the kernels do not.
package protocol Scalar: BinaryFloatingPoint, RecurrentKernels, AttentionKernels, Sendable {
  static func exponential(_ x: Self) -> Self
  static func logarithm(_ x: Self) -> Self

  /// Computes C ← op(A)·op(B), or C ← C + op(A)·op(B) when `adding`.
  ///
  /// op(A) is `m`×`k`, op(B) is `k`×`n`, C is `m`×`n`; the strides are from row to row.
  static func multiply(
    _ a: UnsafePointer<Self>, stride aStride: Int, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, stride bStride: Int, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, stride cStride: Int,
    m: Int, n: Int, k: Int, adding: Bool)

  /// Adds a row to each row of x.
  static func addBias(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>)

  /// Replaces x by tanh(x + bias), the bias added to each row.
  static func tanhOfSum(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>)

  /// Multiplies d by 1 − y², which takes a gradient back through y = tanh(x).
  static func tanhBackward(
    count: Int, output y: UnsafePointer<Self>, gradient d: UnsafeMutablePointer<Self>)

  /// Adds the bias to each row of x; y is the larger of each two numbers side by side.
  static func maxout(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>,
    into y: UnsafeMutablePointer<Self>)

  /// Takes the gradient of y back to x, which `maxout` left, and which is replaced by it.
  static func maxoutBackward(
    rows: Int, columns: Int, dOutput: UnsafePointer<Self>, _ x: UnsafeMutablePointer<Self>)

  /// Adds the sum of each column of x to `sums`.
  static func addColumnSums(
    rows: Int, columns: Int, _ x: UnsafePointer<Self>, stride: Int,
    to sums: UnsafeMutablePointer<Self>)

  /// Computes y ← y + scale·x.
  static func addScaled(
    count: Int, _ scale: Self, _ x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>)

  /// Adds the bias to each row of logits; returns a row's largest and Σ e^(x − largest).
  static func softmaxStatistics(
    rows: Int, columns: Int, _ logits: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>,
    largest: UnsafeMutablePointer<Self>, total: UnsafeMutablePointer<Self>)

  /// Replaces x by scale·e^(x − normaliser), each row having a normaliser of its own.
  static func scaledSoftmax(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>,
    normalisers: UnsafePointer<Self>, scale: Self)

  /// Returns Σ x², summed in double precision.
  static func squaredNorm(count: Int, _ x: UnsafePointer<Self>) -> Double

  /// Does one step of Adam and sets the gradient to zero.
  static func adam(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    mean: UnsafeMutablePointer<Self>, variance: UnsafeMutablePointer<Self>,
    scale: Self, step: AdamStep)

  /// Does one step of Adam with decoupled decay and sets the gradient to zero.
  static func adamW(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    mean: UnsafeMutablePointer<Self>, variance: UnsafeMutablePointer<Self>,
    scale: Self, step: AdamStep, shrinkage: Self)

  /// Does one step down the gradient and sets it to zero.
  static func descend(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    scale: Self, rate: Self)

  /// Does one step with momentum and sets the gradient to zero.
  static func momentum(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    velocity: UnsafeMutablePointer<Self>, scale: Self, momentum: Self, rate: Self)

  /// Does one step of Adadelta and sets the gradient to zero.
  static func adadelta(
    count: Int, parameters: UnsafeMutablePointer<Self>, gradient: UnsafeMutablePointer<Self>,
    squaredGradient: UnsafeMutablePointer<Self>, squaredMove: UnsafeMutablePointer<Self>,
    scale: Self, rho: Self, epsilon: Self, rate: Self)

  /// Moves an average towards x by a share of the distance.
  static func average(
    count: Int, weight: Self, _ x: UnsafePointer<Self>,
    into average: UnsafeMutablePointer<Self>)

  /// Multiplies each element by `scale` or by 0.
  static func dropout(
    columns: Int, _ row: UnsafeMutablePointer<Self>, generator: Philox, firstBlock: UInt64,
    threshold: UInt32, scale: Self)

  /// Returns the largest of x.
  static func largest(count: Int, _ x: UnsafePointer<Self>) -> Self

  /// Returns Σ e^(x − largest).
  static func sumOfExponentials(count: Int, _ x: UnsafePointer<Self>, largest: Self) -> Self

  /// Adds scale·e^(x − constant) to y.
  static func addExponentials(
    count: Int, _ x: UnsafePointer<Self>, minus constant: Self, scale: Self,
    to y: UnsafeMutablePointer<Self>)

  /// Makes ln x of x; of what is less than the least normal number, 0 too, that number's.
  static func logarithms(count: Int, _ x: UnsafeMutablePointer<Self>)

  /// Computes e^((x − largest)·inverseTemperature), and 0 for what would be below e^−80.
  static func samplingWeights(
    count: Int, _ x: UnsafePointer<Self>, largest: Self, inverseTemperature: Self,
    into weights: UnsafeMutablePointer<Self>)

  /// Makes a packed copy of K×N weights, or `nil` if this type has no such kernels.
  static func makePacking(k: Int, n: Int, for use: PackingUse) -> (any WeightPacking<Self>)?
}
