internal import CKernels
internal import COneDNN

/// Weights as 8-bit integers with a scale for each column of W.
///
///     W_kn ≈ s_n·q_kn,  x_mk ≈ r_m·p_mk,  (x·W)_mn ≈ r_m·s_n·Σ_k p_mk·q_kn
///
/// The sum is exact, so a row's product does not depend on the rows beside it. The scales map the
/// largest magnitude of a column, or of a row of x, to the largest integer.
///
/// `@unchecked Sendable`: `pack` is called by one thread between passes, `multiply` only reads.
final class Int8Packing: WeightPacking, @unchecked Sendable {
  private let handle: OpaquePointer
  private let (k, n): (Int, Int)
  private var columnScales: [Float]

  init(k: Int, n: Int) {
    guard let handle = conednn_int8_weights_create(k, n) else {
      preconditionFailure("oneDNN has no memory for weights of \(k)×\(n)")
    }
    self.handle = handle
    (self.k, self.n) = (k, n)
    columnScales = Array(repeating: 0, count: n)
  }

  deinit { conednn_int8_weights_destroy(handle) }

  func pack(_ weights: UnsafePointer<Float>, stride: Int, transposed: Bool) {
    let (rows, columns) = transposed ? (n, k) : (k, n)
    guard stride != columns else { return pack(weights, transposed: transposed) }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: rows * columns) { space in
      guard let copy = space.baseAddress else { return }
      for row in 0..<rows {
        (copy + row * columns).initialize(from: weights + row * stride, count: columns)
      }
      pack(copy, transposed: transposed)
    }
  }

  /// Copies weights whose rows have no gaps between them.
  private func pack(_ weights: UnsafePointer<Float>, transposed: Bool) {
    let limit = Float(conednn_int8_limit())
    let quantized = UnsafeMutablePointer<Int8>.allocate(capacity: k * n)
    defer { quantized.deallocate() }
    if transposed {
      let rows = UnsafeMutablePointer<Int8>.allocate(capacity: k * n)
      defer { rows.deallocate() }
      ckernels_quantize_rows(n, k, weights, limit, rows, &columnScales)
      ckernels_transpose_int8(n, k, rows, quantized)
    } else {
      ckernels_column_magnitudes(k, n, weights, &columnScales)
      let inverses = columnScales.map { $0 > 0 ? limit / $0 : 0 }
      for column in 0..<n { columnScales[column] /= limit }
      ckernels_quantize_columns(k, n, weights, inverses, quantized)
    }
    let status = conednn_int8_weights_pack(handle, quantized)
    precondition(status == 0, "oneDNN could not pack weights")
  }

  func multiply(
    _ a: UnsafePointer<Float>, rows: Int, into c: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let size = MemoryLayout<Float>.size
    guard let space = conednn_scratch(rows * (n * size + size + k)) else {
      preconditionFailure("no memory for a product of \(rows)×\(n)")
    }
    let sums = space.bindMemory(to: Int32.self, capacity: rows * n)
    let rowScales = (space + rows * n * size).bindMemory(to: Float.self, capacity: rows)
    let inputs = (space + rows * (n + 1) * size).bindMemory(to: Int8.self, capacity: rows * k)
    ckernels_quantize_rows(rows, k, a, 127, inputs, rowScales)
    let status = conednn_int8_multiply(rows, inputs, handle, sums)
    precondition(status == 0, "oneDNN could not multiply \(rows) rows of 8-bit integers")
    ckernels_dequantize(rows, n, sums, rowScales, columnScales, adding ? 1 : 0, c)
  }
}
