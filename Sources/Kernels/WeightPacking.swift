internal import COneDNN

/// What a packed copy of weights is for.
package enum PackingUse: Equatable, Sendable {
  /// Products as fast as may be.
  case training
  /// A row's product has the same bits whatever the rows beside it, so that the text that a model
  /// writes does not depend on what else is written.
  case decoding
  /// 8-bit weights, a quarter of the memory; inputs are rounded to 8 bits too, row by row.
  case int8
}

/// A copy of a weight matrix in the layout that products read fastest.
package protocol WeightPacking<Element>: AnyObject, Sendable {
  associatedtype Element: Scalar

  /// Copies the weights: K×N as they stand, or transposed from N×K; their rows are `stride` apart.
  func pack(_ weights: UnsafePointer<Element>, stride: Int, transposed: Bool)

  /// Computes C ← A·W, or C + A·W when `adding`; A is M×K and C is M×N, both without gaps.
  func multiply(
    _ a: UnsafePointer<Element>, rows: Int, into c: UnsafeMutablePointer<Element>, adding: Bool)
}

/// Weights in oneDNN's own blocked layout.
///
/// `@unchecked Sendable`: `pack` is called by one thread between passes, `multiply` only reads.
final class OneDNNPacking: WeightPacking, @unchecked Sendable {
  private let handle: OpaquePointer
  private let (k, n): (Int, Int)
  /// Whether rows go through one kernel, in fours, because other numbers of rows have others.
  private let isInFours: Bool

  init(k: Int, n: Int, areRowsIndependent: Bool) {
    guard let handle = conednn_weights_create(k, n) else {
      preconditionFailure("oneDNN has no memory for weights of \(k)×\(n)")
    }
    self.handle = handle
    (self.k, self.n) = (k, n)
    isInFours = areRowsIndependent && conednn_rows_are_independent() == 0
  }

  deinit { conednn_weights_destroy(handle) }

  func pack(_ weights: UnsafePointer<Float>, stride: Int, transposed: Bool) {
    let status = conednn_weights_pack(handle, weights, stride, transposed ? 1 : 0)
    precondition(status == 0, "oneDNN could not pack weights")
  }

  func multiply(
    _ a: UnsafePointer<Float>, rows: Int, into c: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    guard isInFours else { return multiplyAtOnce(a, rows: rows, into: c, adding: adding) }
    let whole = rows / 4 * 4
    for row in Swift.stride(from: 0, to: whole, by: 4) {
      multiplyAtOnce(a + row * k, rows: 4, into: c + row * n, adding: adding)
    }
    let rest = rows - whole
    guard rest > 0 else { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * (k + n)) { space in
      space.initialize(repeating: 0)
      guard let source = space.baseAddress else { return }
      let result = source + 4 * k
      source.update(from: a + whole * k, count: rest * k)
      if adding { result.update(from: c + whole * n, count: rest * n) }
      multiplyAtOnce(source, rows: 4, into: result, adding: adding)
      (c + whole * n).update(from: result, count: rest * n)
    }
  }

  private func multiplyAtOnce(
    _ a: UnsafePointer<Float>, rows: Int, into c: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let status = conednn_multiply_packed(rows, a, handle, adding ? 1 : 0, c)
    precondition(status == 0, "oneDNN could not multiply \(rows) rows by packed weights")
  }
}
