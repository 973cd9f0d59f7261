internal import COneDNN

/// A copy of a weight matrix in the layout that products read fastest.
package protocol WeightPacking<Element>: AnyObject, Sendable {
  associatedtype Element: Scalar

  /// Copies the weights: K×N as they stand, or transposed from N×K.
  func pack(_ weights: UnsafePointer<Element>, transposed: Bool)

  /// Computes C ← A·W, or C + A·W when `adding`; A is M×K and C is M×N, both without gaps.
  func multiply(
    _ a: UnsafePointer<Element>, rows: Int, into c: UnsafeMutablePointer<Element>, adding: Bool)
}

/// Weights in oneDNN's own blocked layout.
///
/// `@unchecked Sendable`: `pack` is called by one thread between passes, `multiply` only reads.
final class OneDNNPacking: WeightPacking, @unchecked Sendable {
  private let handle: OpaquePointer

  init(k: Int, n: Int) {
    guard let handle = conednn_weights_create(k, n) else {
      preconditionFailure("oneDNN has no memory for weights of \(k)×\(n)")
    }
    self.handle = handle
  }

  deinit { conednn_weights_destroy(handle) }

  func pack(_ weights: UnsafePointer<Float>, transposed: Bool) {
    let status = conednn_weights_pack(handle, weights, transposed ? 1 : 0)
    precondition(status == 0, "oneDNN could not pack weights")
  }

  func multiply(
    _ a: UnsafePointer<Float>, rows: Int, into c: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let status = conednn_multiply_packed(rows, a, handle, adding ? 1 : 0, c)
    precondition(status == 0, "oneDNN could not multiply \(rows) rows by packed weights")
  }
}
