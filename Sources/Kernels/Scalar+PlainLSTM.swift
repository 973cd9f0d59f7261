extension Scalar {
  /// The logistic function σ(x) = 1 / (1 + e⁻ˣ).
  package static func sigmoid(_ x: Self) -> Self { 1 / (1 + exponential(-x)) }

  /// The hyperbolic tangent, as 2σ(2x) − 1.
  package static func hyperbolicTangent(_ x: Self) -> Self { 2 * sigmoid(2 * x) - 1 }

  /// Advances a plain recurrent network by one time step: h′ = tanh(gates).
  ///
  /// The gates become h′ too.
  ///
  /// Source: Elman (1990).
  package static func rnnForward(
    count: Int, gates: UnsafeMutablePointer<Self>, output: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<count {
      gates[index] = hyperbolicTangent(gates[index])
      output[index] = gates[index]
    }
  }

  /// Takes the gradient of a loss back through ``rnnForward``; the gates become that of their sums.
  package static func rnnBackward(
    count: Int, gates: UnsafeMutablePointer<Self>, dOutput: UnsafePointer<Self>
  ) {
    for index in 0..<count { gates[index] = dOutput[index] * (1 - gates[index] * gates[index]) }
  }

  /// Advances a long short-term memory by one time step.
  ///
  ///     c′ = σ(f)∘c + σ(i)∘tanh(g)
  ///     h′ = σ(o)∘tanh(c′)
  ///
  /// `gates` is B×4H, the blocks [i f g o] side by side: on entry their sums, on return their
  /// values. `previousMemory` is c, `memory` receives c′ and `output` h′, all B×H.
  ///
  /// Source: Hochreiter and Schmidhuber (1997), with the forget gate of Gers, Schmidhuber and
  /// Cummins (2000) and without peephole connections.
  package static func lstmForward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    previousMemory: UnsafePointer<Self>, memory: UnsafeMutablePointer<Self>,
    output: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let gate = gates + row * 4 * hidden
      for unit in 0..<hidden {
        let i = sigmoid(gate[unit])
        let f = sigmoid(gate[hidden + unit])
        let g = hyperbolicTangent(gate[2 * hidden + unit])
        let o = sigmoid(gate[3 * hidden + unit])
        let c = f * previousMemory[row * hidden + unit] + i * g
        gate[unit] = i
        gate[hidden + unit] = f
        gate[2 * hidden + unit] = g
        gate[3 * hidden + unit] = o
        memory[row * hidden + unit] = c
        output[row * hidden + unit] = o * hyperbolicTangent(c)
      }
    }
  }

  /// Takes the gradient of a loss back through ``lstmForward``.
  ///
  /// `gates` holds the gates' values on entry and the gradients of their sums on return.
  /// `dMemory` holds ∂loss/∂c′ from later steps on entry and ∂loss/∂c on return.
  package static func lstmBackward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    previousMemory: UnsafePointer<Self>, memory: UnsafePointer<Self>,
    dOutput: UnsafePointer<Self>, dMemory: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let gate = gates + row * 4 * hidden
      for unit in 0..<hidden {
        let cell = row * hidden + unit
        let i = gate[unit]
        let f = gate[hidden + unit]
        let g = gate[2 * hidden + unit]
        let o = gate[3 * hidden + unit]
        let s = hyperbolicTangent(memory[cell])
        let dh = dOutput[cell]
        let dc = dMemory[cell] + dh * o * (1 - s * s)
        gate[unit] = dc * g * i * (1 - i)
        gate[hidden + unit] = dc * previousMemory[cell] * f * (1 - f)
        gate[2 * hidden + unit] = dc * i * (1 - g * g)
        gate[3 * hidden + unit] = dh * s * o * (1 - o)
        dMemory[cell] = dc * f
      }
    }
  }
}
