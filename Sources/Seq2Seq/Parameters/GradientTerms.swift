package import Kernels

/// What one shard of a batch adds to the weights' gradients, kept until all shards are there.
///
/// A weight's gradient is a product over all rows of a batch. Left to the end it can be cut by
/// the weight's own rows instead of by shards, so that threads add to one buffer of gradients, in
/// the order of the shards, and need none of their own.
///
/// `@unchecked Sendable`: one thread fills it, others read it afterwards.
package final class GradientTerms<Element: Scalar>: @unchecked Sendable {
  /// One term; targets are views of the buffer of gradients.
  enum Term {
    /// target += leftᵀ·right
    case product(left: Matrix<Element>, right: Matrix<Element>, target: Matrix<Element>)
    /// target += the sums of the columns
    case columnSums(Matrix<Element>, target: Matrix<Element>)
    /// target[id] += the row, for each row
    case rows(Matrix<Element>, ids: [UInt32], target: Matrix<Element>)
  }

  /// The gradients that the terms add to.
  let gradients: ParameterBuffer<Element>
  private(set) var terms: [Term] = []

  package init(addingTo gradients: ParameterBuffer<Element>) { self.gradients = gradients }

  /// Adds leftᵀ·right, of N×I and N×J, to I×J; all must stay as they are until they are summed.
  func addProduct(
    _ left: Matrix<Element>, _ right: Matrix<Element>, to target: Matrix<Element>
  ) {
    terms.append(.product(left: left, right: right, target: target))
  }

  /// Adds the sum of each column.
  func addColumnSums(of matrix: Matrix<Element>, to target: Matrix<Element>) {
    terms.append(.columnSums(matrix, target: target))
  }

  /// Adds each row to the target's row of its id.
  func addRows(_ rows: Matrix<Element>, ids: [UInt32], to target: Matrix<Element>) {
    terms.append(.rows(rows, ids: ids, target: target))
  }
}
