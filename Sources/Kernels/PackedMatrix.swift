/// A weight matrix W that is multiplied by few rows at a time, many times between two updates.
///
/// Products with few rows are bound by how the weights lie in memory, so W, or its transpose, is
/// copied once after each update into the layout that the processor's kernels want. Without a copy,
/// as in double precision or where a single row is decoded, the products read W itself.
///
/// `@unchecked Sendable`: ``repack()`` is called by one thread between passes.
package final class PackedMatrix<Element: Scalar>: @unchecked Sendable {
  private let weights: Matrix<Element>
  private let isTransposed: Bool
  /// The copy; there is none before the first ``repack()``.
  private var packing: (any WeightPacking<Element>)?

  /// Prepares for products with `weights`, or with their transpose.
  ///
  /// - Precondition: The weights have no gaps between rows.
  package init(_ weights: Matrix<Element>, transposed: Bool = false) {
    precondition(weights.isContiguous, "only weights without gaps are packed")
    self.weights = weights
    isTransposed = transposed
  }

  /// Takes over the weights' present values; from now on products read the copy.
  package func repack() {
    if packing == nil { packing = Element.makePacking(k: shape.k, n: shape.n) }
    Activity.packing.measure { packing?.pack(weights.base, transposed: isTransposed) }
  }

  /// With more rows the layout no longer matters; and every number of rows has kernels of its own.
  private static var mostRows: Int { 256 }

  private var shape: (k: Int, n: Int) {
    isTransposed ? (weights.columns, weights.rows) : (weights.rows, weights.columns)
  }

  /// Computes C ← A·W, or C ← C + A·W when `adding`, with W or its transpose.
  package func multiply(_ a: Matrix<Element>, into c: Matrix<Element>, adding: Bool = false) {
    guard let packing, a.rows <= Self.mostRows, a.isContiguous, c.isContiguous else {
      Kernels.multiply(
        a, weights, transposing: isTransposed ? .right : .none, into: c, adding: adding)
      return
    }
    precondition(
      a.columns == shape.k && c.columns == shape.n && a.rows == c.rows,
      "cannot put \(a.shape) · \(shape.k)×\(shape.n) into \(c.shape)")
    guard a.rows > 0 else { return }
    Activity.measureProduct {
      packing.multiply(a.base, rows: a.rows, into: c.base, adding: adding)
    }
  }
}
