internal import CKernels
internal import COneDNN
import Glibc

/// Single precision computes with oneDNN and the fused loops of CKernels.
extension Float: Scalar {
  package static func exponential(_ x: Float) -> Float { expf(x) }
  package static func logarithm(_ x: Float) -> Float { logf(x) }

  package static func multiply(
    _ a: UnsafePointer<Float>, stride aStride: Int, transposed aTransposed: Bool,
    _ b: UnsafePointer<Float>, stride bStride: Int, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Float>, stride cStride: Int,
    m: Int, n: Int, k: Int, adding: Bool
  ) {
    let status = conednn_multiply(
      aTransposed ? 1 : 0, bTransposed ? 1 : 0, m, n, k, a, aStride, b, bStride,
      adding ? 1 : 0, c, cStride)
    precondition(status == 0, "oneDNN refused a product of \(m)×\(k) and \(k)×\(n)")
  }

  package static func makePacking(
    k: Int, n: Int, for use: PackingUse
  ) -> (any WeightPacking<Float>)? {
    switch use {
    case .training: OneDNNPacking(k: k, n: n, areRowsIndependent: false)
    case .decoding: OneDNNPacking(k: k, n: n, areRowsIndependent: true)
    case .int8: Int8Packing(k: k, n: n)
    }
  }

  package static func largest(count: Int, _ x: UnsafePointer<Float>) -> Float {
    ckernels_largest(count, x)
  }

  package static func sumOfExponentials(
    count: Int, _ x: UnsafePointer<Float>, largest: Float
  ) -> Float {
    ckernels_sum_of_exponentials(count, x, largest)
  }

  package static func addExponentials(
    count: Int, _ x: UnsafePointer<Float>, minus constant: Float, scale: Float,
    to y: UnsafeMutablePointer<Float>
  ) {
    ckernels_add_exponentials(count, x, constant, scale, y)
  }

  package static func logarithms(count: Int, _ x: UnsafeMutablePointer<Float>) {
    ckernels_logarithms(count, x)
  }

  package static func samplingWeights(
    count: Int, _ x: UnsafePointer<Float>, largest: Float, inverseTemperature: Float,
    into weights: UnsafeMutablePointer<Float>
  ) {
    ckernels_sampling_weights(count, x, largest, inverseTemperature, weights)
  }

  package static func addBias(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>
  ) {
    ckernels_add_bias(rows, columns, x, bias)
  }

  package static func tanhOfSum(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>
  ) {
    ckernels_tanh_bias(rows, columns, x, bias)
  }

  package static func tanhBackward(
    count: Int, output y: UnsafePointer<Float>, gradient d: UnsafeMutablePointer<Float>
  ) {
    ckernels_tanh_backward(count, y, d)
  }

  package static func maxout(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>
  ) {
    ckernels_maxout(rows, columns, x, bias, y)
  }

  package static func maxoutBackward(
    rows: Int, columns: Int, dOutput: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>
  ) {
    ckernels_maxout_backward(rows, columns, dOutput, x)
  }

  package static func addColumnSums(
    rows: Int, columns: Int, _ x: UnsafePointer<Float>, stride: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    ckernels_add_column_sums(rows, columns, x, stride, sums)
  }

  package static func addScaled(
    count: Int, _ scale: Float, _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>
  ) {
    if scale == 1 {
      ckernels_add(count, x, y)
    } else {
      ckernels_add_scaled(count, scale, x, y)
    }
  }

  package static func softmaxStatistics(
    rows: Int, columns: Int, _ logits: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>,
    largest: UnsafeMutablePointer<Float>, total: UnsafeMutablePointer<Float>
  ) {
    ckernels_softmax_statistics(rows, columns, logits, bias, largest, total)
  }

  package static func scaledSoftmax(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Float>,
    normalisers: UnsafePointer<Float>, scale: Float
  ) {
    ckernels_scaled_softmax(rows, columns, x, normalisers, scale)
  }

  package static func squaredNorm(count: Int, _ x: UnsafePointer<Float>) -> Double {
    ckernels_squared_norm(count, x)
  }

  package static func dropout(
    columns: Int, _ row: UnsafeMutablePointer<Float>, generator: Philox, firstBlock: UInt64,
    threshold: UInt32, scale: Float
  ) {
    ckernels_dropout(
      columns, row, generator.key, generator.stream, firstBlock, threshold, scale)
  }
}
