package import Kernels

/// A product of a step's joint input with the weights of some gates, normalised if the model is.
package struct JointProduct<Element: Scalar>: Sendable {
  let weights: PackedMatrix<Element>  // (X+H)×n
  /// The same columns among those of all gates.
  let columns: Range<Int>
  let normalization: LayerNormalization<Element>?

  /// What is kept of one step, or of all.
  package struct Rows {
    /// Room for the product where it is not added to the gates at once, B×n.
    let sums: Matrix<Element>
    let normal: LayerNormalization<Element>.Rows?

    func rows(_ first: Int, count: Int) -> Rows {
      Rows(
        sums: sums.rows(0, count: min(count, sums.rows)),
        normal: normal?.rows(first, count: count))
    }
  }

  /// Room for the rows of all steps; the product itself is needed for one step at a time.
  func makeRows(_ count: Int, most: Int, arena: Arena<Element>) -> Rows {
    Rows(
      sums: arena.matrix(most, weights.columns),
      normal: normalization?.makeRows(count, arena: arena))
  }

  /// Adds the product to gates.
  func add(_ joint: Matrix<Element>, to gates: Matrix<Element>, _ rows: Rows) {
    guard let normalization, let normal = rows.normal else {
      return weights.multiply(joint, into: gates, adding: true)
    }
    weights.multiply(joint, into: normal.normal)
    normalization.add(normal, to: gates)
  }

  /// Returns the product, which is in `rows.sums`.
  func product(_ joint: Matrix<Element>, _ rows: Rows) -> Matrix<Element> {
    if normalization == nil {
      weights.multiply(joint, into: rows.sums)
    } else {
      rows.sums.fill(0)
      add(joint, to: rows.sums, rows)
    }
    return rows.sums
  }

  /// Takes the product's gradient, B×n, back to the joint input.
  ///
  /// - Parameters:
  ///   - dSums: The gradient.
  ///   - rows: What the way forward kept.
  ///   - dGain: The first receives the gain's gradient, if there is one.
  ///   - dJoint: Receives B×(X+H).
  func backward(
    _ dSums: Matrix<Element>, _ rows: Rows, dGain: [Matrix<Element>], into dJoint: Matrix<Element>
  ) {
    guard let normalization, let normal = rows.normal else {
      return weights.multiplyTransposed(dSums, into: dJoint)
    }
    normalization.backward(dSums, normal, dGain: dGain[0])
    weights.multiplyTransposed(normal.normal, into: dJoint)
  }
}
