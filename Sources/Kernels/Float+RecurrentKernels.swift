internal import CKernels

extension Float {
  package static func rnnForward(
    count: Int, gates: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    ckernels_rnn_forward(count, gates, output)
  }

  package static func rnnBackward(
    count: Int, gates: UnsafeMutablePointer<Float>, dOutput: UnsafePointer<Float>
  ) {
    ckernels_rnn_backward(count, gates, dOutput)
  }

  package static func lstmForward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Float>,
    previousMemory: UnsafePointer<Float>, memory: UnsafeMutablePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    ckernels_lstm_forward(rows, hidden, gates, previousMemory, memory, output)
  }

  package static func lstmBackward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Float>,
    previousMemory: UnsafePointer<Float>, memory: UnsafePointer<Float>,
    dOutput: UnsafePointer<Float>, dMemory: UnsafeMutablePointer<Float>
  ) {
    ckernels_lstm_backward(rows, hidden, gates, previousMemory, memory, dOutput, dMemory)
  }

  package static func gruGatesForward(
    rows: Int, extra: Int, hidden: Int, gates: UnsafeMutablePointer<Float>,
    sums: UnsafePointer<Float>, joint: UnsafePointer<Float>,
    candidate: UnsafeMutablePointer<Float>
  ) {
    ckernels_gru_gates_forward(rows, extra, hidden, gates, sums, joint, candidate)
  }

  package static func gruOutputForward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Float>, sums: UnsafePointer<Float>,
    previous: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    ckernels_gru_output_forward(rows, hidden, gates, sums, previous, output)
  }

  package static func gruOutputBackward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Float>, previous: UnsafePointer<Float>,
    dOutput: UnsafePointer<Float>, dSums: UnsafeMutablePointer<Float>,
    dPrevious: UnsafeMutablePointer<Float>
  ) {
    ckernels_gru_output_backward(rows, hidden, gates, previous, dOutput, dSums, dPrevious)
  }

  package static func gruGatesBackward(
    rows: Int, extra: Int, hidden: Int, gates: UnsafeMutablePointer<Float>,
    joint: UnsafePointer<Float>, dCandidate: UnsafeMutablePointer<Float>,
    dSums: UnsafeMutablePointer<Float>
  ) {
    ckernels_gru_gates_backward(rows, extra, hidden, gates, joint, dCandidate, dSums)
  }

  package static func normalize(
    rows: Int, columns: Int, epsilon: Float, _ x: UnsafeMutablePointer<Float>,
    inverseDeviations: UnsafeMutablePointer<Float>
  ) {
    ckernels_normalize(rows, columns, epsilon, x, inverseDeviations)
  }

  package static func normalizeBackward(
    rows: Int, columns: Int, dOutput: UnsafePointer<Float>, stride: Int,
    gain: UnsafePointer<Float>, normal: UnsafeMutablePointer<Float>,
    inverseDeviations: UnsafePointer<Float>, dGain: UnsafeMutablePointer<Float>
  ) {
    ckernels_normalize_backward(
      rows, columns, dOutput, stride, gain, normal, inverseDeviations, dGain)
  }

  package static func multiplyAddRows(
    rows: Int, columns: Int, _ x: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    to y: UnsafeMutablePointer<Float>, stride: Int
  ) {
    ckernels_multiply_add_rows(rows, columns, x, factors, y, stride)
  }
}
