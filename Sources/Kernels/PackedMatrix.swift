/// A weight matrix W that is multiplied many times between two updates, as it is or transposed.
///
/// Products with few rows are bound by how the weights lie in memory, so W, and its transpose for
/// the way back, are copied once after each update into the layout that the processor's kernels
/// want. Without a copy, as in double precision, the products read W itself.
///
/// `@unchecked Sendable`: packing is done by one thread for each copy, between passes.
package final class PackedMatrix<Element: Scalar>: @unchecked Sendable {
  private let weights: Matrix<Element>
  /// The copies; there are none before they are first packed.
  private var packing: (any WeightPacking<Element>)?
  private var transposedPacking: (any WeightPacking<Element>)?

  /// Prepares for products with `weights` and with their transpose.
  package init(_ weights: Matrix<Element>) { self.weights = weights }

  package var rows: Int { weights.rows }
  package var columns: Int { weights.columns }

  /// Takes over the weights' present values; from now on `multiply` reads the copy.
  package func pack(for use: PackingUse = .training) {
    if packing == nil { packing = Element.makePacking(k: rows, n: columns, for: use) }
    Activity.packing.measure {
      packing?.pack(weights.base, stride: weights.stride, transposed: false)
    }
  }

  /// Takes over the weights' present values for `multiplyTransposed`.
  package func packTransposed(for use: PackingUse = .training) {
    if transposedPacking == nil {
      transposedPacking = Element.makePacking(k: columns, n: rows, for: use)
    }
    Activity.packing.measure {
      transposedPacking?.pack(weights.base, stride: weights.stride, transposed: true)
    }
  }

  /// Whether `multiplyTransposed` reads a copy.
  package var isTransposePacked: Bool { transposedPacking != nil }

  /// Takes over the weights' present values for both.
  package func repack() {
    pack()
    packTransposed()
  }

  /// Computes C ← A·W, or C ← C + A·W when `adding`.
  package func multiply(_ a: Matrix<Element>, into c: Matrix<Element>, adding: Bool = false) {
    guard let packing, a.isContiguous, c.isContiguous else {
      Kernels.multiply(a, weights, into: c, adding: adding)
      return
    }
    Self.multiply(a, packing, k: rows, n: columns, into: c, adding: adding)
  }

  /// Computes C ← A·Wᵀ, or C ← C + A·Wᵀ when `adding`.
  package func multiplyTransposed(
    _ a: Matrix<Element>, into c: Matrix<Element>, adding: Bool = false
  ) {
    guard let transposedPacking, a.isContiguous, c.isContiguous else {
      Kernels.multiply(a, weights, transposing: .right, into: c, adding: adding)
      return
    }
    Self.multiply(a, transposedPacking, k: columns, n: rows, into: c, adding: adding)
  }

  /// Rows that are multiplied at once: every number of rows has kernels of its own, and more rows
  /// make none faster.
  private static var mostRows: Int { 64 }

  private static func multiply(
    _ a: Matrix<Element>, _ packing: any WeightPacking<Element>, k: Int, n: Int,
    into c: Matrix<Element>, adding: Bool
  ) {
    precondition(
      a.columns == k && c.columns == n && a.rows == c.rows,
      "cannot put \(a.shape) · \(k)×\(n) into \(c.shape)")
    Activity.measureProduct {
      for first in Swift.stride(from: 0, to: a.rows, by: mostRows) {
        packing.multiply(
          a.row(first), rows: min(mostRows, a.rows - first), into: c.row(first), adding: adding)
      }
    }
  }
}
