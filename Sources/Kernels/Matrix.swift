/// A view of row-major numbers that lie elsewhere, in an ``Arena`` or a parameter buffer.
///
/// It owns nothing: whoever made the memory keeps it alive and says who may write where.
/// `@unchecked Sendable` for that reason: the workers write to disjoint rows.
package struct Matrix<Element: Scalar>: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Element>
  package let rows: Int
  package let columns: Int
  /// From the start of a row to the start of the next, in elements.
  package let stride: Int

  /// Views `rows` rows of `columns` numbers each.
  package init(
    _ base: UnsafeMutablePointer<Element>, rows: Int, columns: Int, stride: Int? = nil
  ) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  package var count: Int { rows * columns }
  package var shape: String { "\(rows)×\(columns)" }
  /// Whether the rows follow one another without gaps.
  package var isContiguous: Bool { stride == columns || rows <= 1 }

  /// The address of a row's first number.
  package func row(_ index: Int) -> UnsafeMutablePointer<Element> { base + index * stride }

  package subscript(row: Int, column: Int) -> Element {
    get { base[row * stride + column] }
    nonmutating set { base[row * stride + column] = newValue }
  }

  /// The rows from `first` on, `count` of them.
  package func rows(_ first: Int, count: Int) -> Matrix {
    precondition(
      first >= 0 && count >= 0 && first + count <= rows,
      "rows \(first)..<\(first + count) of \(shape)")
    return Matrix(row(first), rows: count, columns: columns, stride: stride)
  }

  /// The columns from `first` on, `count` of them, in every row.
  package func columns(_ first: Int, count: Int) -> Matrix {
    precondition(
      first >= 0 && count >= 0 && first + count <= columns,
      "columns \(first)..<\(first + count) of \(shape)")
    return Matrix(base + first, rows: rows, columns: count, stride: stride)
  }

  /// Sets every number to `value`.
  package func fill(_ value: Element) {
    for index in 0..<rows { row(index).update(repeating: value, count: columns) }
  }

  /// Copies another matrix's numbers, row by row.
  package func copy(from other: Matrix) {
    precondition(
      rows == other.rows && columns == other.columns, "cannot copy \(other.shape) to \(shape)")
    if isContiguous && other.isContiguous {
      base.update(from: other.base, count: count)
    } else {
      for index in 0..<rows { row(index).update(from: other.row(index), count: columns) }
    }
  }

  /// Adds another matrix, row by row.
  package func add(_ other: Matrix) {
    precondition(
      rows == other.rows && columns == other.columns, "cannot add \(other.shape) to \(shape)")
    if isContiguous && other.isContiguous {
      Element.addScaled(count: count, 1, other.base, to: base)
    } else {
      for index in 0..<rows {
        Element.addScaled(count: columns, 1, other.row(index), to: row(index))
      }
    }
  }

  /// Adds the sum of each column to a row of sums.
  package func addColumnSums(to sums: Matrix) {
    precondition(sums.count == columns, "\(columns) column sums into \(sums.shape)")
    Element.addColumnSums(rows: rows, columns: columns, base, stride: stride, to: sums.base)
  }
}

/// Which factor of a product is read transposed.
package enum Transposition: Sendable {
  case none, left, right
}

/// Computes C ← A·B, or C ← C + A·B when `adding`.
///
/// With op(A) as M×K and op(B) as K×N, C is M×N, and the cost is 2·M·N·K floating-point
/// operations.
///
/// - Precondition: The shapes fit.
package func multiply<Element: Scalar>(
  _ a: Matrix<Element>, _ b: Matrix<Element>, transposing: Transposition = .none,
  into c: Matrix<Element>, adding: Bool = false
) {
  let (m, k) = transposing == .left ? (a.columns, a.rows) : (a.rows, a.columns)
  let (inner, n) = transposing == .right ? (b.columns, b.rows) : (b.rows, b.columns)
  precondition(
    k == inner && c.rows == m && c.columns == n,
    "cannot put \(a.shape) · \(b.shape), transposing \(transposing), into \(c.shape)")
  guard m > 0, n > 0 else { return }
  guard k > 0 else {
    if !adding { c.fill(0) }
    return
  }
  Activity.measureProduct {
    Element.multiply(
      a.base, stride: a.stride, transposed: transposing == .left,
      b.base, stride: b.stride, transposed: transposing == .right,
      into: c.base, stride: c.stride, m: m, n: n, k: k, adding: adding)
  }
}
