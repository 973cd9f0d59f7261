/// The loops of recurrent cells; ``Scalar`` says how the requirements are met.
package protocol RecurrentKernels {
  /// Advances a plain recurrent network by one step.
  static func rnnForward(
    count: Int, gates: UnsafeMutablePointer<Self>, output: UnsafeMutablePointer<Self>)

  /// Takes the gradient of a loss back through one step.
  static func rnnBackward(
    count: Int, gates: UnsafeMutablePointer<Self>, dOutput: UnsafePointer<Self>)

  /// Advances a long short-term memory by one step.
  static func lstmForward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    previousMemory: UnsafePointer<Self>, memory: UnsafeMutablePointer<Self>,
    output: UnsafeMutablePointer<Self>)

  /// Takes the gradient of a loss back through one step.
  static func lstmBackward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    previousMemory: UnsafePointer<Self>, memory: UnsafePointer<Self>,
    dOutput: UnsafePointer<Self>, dMemory: UnsafeMutablePointer<Self>)

  /// Computes the gates of a gated recurrent unit and what its candidate is made of.
  static func gruGatesForward(
    rows: Int, extra: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    sums: UnsafePointer<Self>, joint: UnsafePointer<Self>,
    candidate: UnsafeMutablePointer<Self>)

  /// Computes the output of a gated recurrent unit.
  static func gruOutputForward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>, sums: UnsafePointer<Self>,
    previous: UnsafePointer<Self>, output: UnsafeMutablePointer<Self>)

  /// Takes the gradient back through ``gruOutputForward``.
  static func gruOutputBackward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>, previous: UnsafePointer<Self>,
    dOutput: UnsafePointer<Self>, dSums: UnsafeMutablePointer<Self>,
    dPrevious: UnsafeMutablePointer<Self>)

  /// Takes the gradient back through ``gruGatesForward``.
  static func gruGatesBackward(
    rows: Int, extra: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    joint: UnsafePointer<Self>, dCandidate: UnsafeMutablePointer<Self>,
    dSums: UnsafeMutablePointer<Self>)

  /// Brings each row of x to mean 0 and variance 1.
  static func normalize(
    rows: Int, columns: Int, epsilon: Self, _ x: UnsafeMutablePointer<Self>,
    inverseDeviations: UnsafeMutablePointer<Self>)

  /// Takes a gradient back through y = gain∘normalize(x).
  static func normalizeBackward(
    rows: Int, columns: Int, dOutput: UnsafePointer<Self>, stride: Int,
    gain: UnsafePointer<Self>, normal: UnsafeMutablePointer<Self>,
    inverseDeviations: UnsafePointer<Self>, dGain: UnsafeMutablePointer<Self>)

  /// Adds factors∘x to y, row by row; the rows of y are `stride` apart.
  static func multiplyAddRows(
    rows: Int, columns: Int, _ x: UnsafePointer<Self>, factors: UnsafePointer<Self>,
    to y: UnsafeMutablePointer<Self>, stride: Int)
}
