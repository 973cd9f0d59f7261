/// A weight matrix W that is multiplied by few rows at a time, many times between two updates.
///
/// Products with few rows are bound by how the weights lie in memory, so W, or its transpose, is
/// copied once after each update into the layout that the processor's kernels want. Without such
/// kernels (double precision) the products read W itself.
///
/// `@unchecked Sendable`: ``repack()`` is called by one thread between passes.
package final class PackedMatrix<Element: Scalar>: @unchecked Sendable {
  private let weights: Matrix<Element>
  private let isTransposed: Bool
  private let packing: (any WeightPacking<Element>)?

  /// Prepares for products with `weights`, or with their transpose.
  ///
  /// - Precondition: The weights have no gaps between rows.
  package init(_ weights: Matrix<Element>, transposed: Bool = false) {
    precondition(weights.isContiguous, "only weights without gaps are packed")
    self.weights = weights
    isTransposed = transposed
    let (k, n) = transposed ? (weights.columns, weights.rows) : (weights.rows, weights.columns)
    packing = Element.makePacking(k: k, n: n)
  }

  /// Takes over the weights' present values.
  package func repack() { packing?.pack(weights.base, transposed: isTransposed) }

  /// Computes C ← A·W, or C ← C + A·W when `adding`, with W or its transpose.
  package func multiply(_ a: Matrix<Element>, into c: Matrix<Element>, adding: Bool = false) {
    guard let packing, a.isContiguous, c.isContiguous else {
      Kernels.multiply(
        a, weights, transposing: isTransposed ? .right : .none, into: c, adding: adding)
      return
    }
    let (k, n) = isTransposed ? (weights.columns, weights.rows) : (weights.rows, weights.columns)
    precondition(
      a.columns == k && c.columns == n && a.rows == c.rows,
      "cannot put \(a.shape) · \(k)×\(n) into \(c.shape)")
    guard a.rows > 0 else { return }
    packing.multiply(a.base, rows: a.rows, into: c.base, adding: adding)
  }
}
