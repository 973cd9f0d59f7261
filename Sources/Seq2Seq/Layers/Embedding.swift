package import Kernels

/// One learned vector for every token.
///
/// Source: Bengio et al. (2003), section 2.
package struct Embedding<Element: Scalar>: Sendable {
  let table: Matrix<Element>  // V×E
  /// What the parameters call the table.
  private let name: String

  package init(_ parameters: ParameterBuffer<Element>, name: String) {
    table = parameters[name]
    self.name = name
  }

  /// Copies tokens' vectors to the rows of a matrix.
  ///
  /// - Parameters:
  ///   - ids: The token of each row.
  ///   - positions: The number of each row for the mask; several rows may share one.
  ///   - dropout: The mask, if any.
  ///   - arena: Where the result goes.
  /// - Returns: The vectors, N×E.
  package func forward(
    _ ids: [UInt32], positions: [Int], dropout: Dropout?, arena: Arena<Element>
  ) -> Matrix<Element> {
    let result = arena.matrix(ids.count, table.columns)
    Activity.embedding.measure {
      for (index, id) in ids.enumerated() {
        let row = result.row(index)
        row.update(from: table.row(Int(id)), count: table.columns)
        dropout?.apply(to: row, columns: table.columns, index: positions[index])
      }
    }
    return result
  }

  /// Adds the gradients of rows to those of their tokens' vectors; `dRows` is changed.
  package func backward(
    _ dRows: Matrix<Element>, ids: [UInt32], positions: [Int], dropout: Dropout?,
    addingTo terms: GradientTerms<Element>
  ) {
    if let dropout {
      Activity.embedding.measure {
        for (row, position) in positions.enumerated() {
          dropout.apply(to: dRows.row(row), columns: table.columns, index: position)
        }
      }
    }
    terms.addRows(dRows, ids: ids, to: terms.gradients[name])
  }
}
