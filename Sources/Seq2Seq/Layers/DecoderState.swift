package import Kernels

/// Where a decoder stands between two steps: all it needs, beside the sources, to go on.
package struct DecoderState<Element: Scalar> {
  /// s of each layer, B×H.
  let hidden: [Matrix<Element>]
  /// What the cells keep beside it, B×M.
  let memory: [Matrix<Element>]
  /// t of the step before, B×E; without columns unless it is fed to the next.
  let readout: Matrix<Element>
  /// Σ a up to now, B×longest S; without rows unless the attention knows it.
  let coverage: Matrix<Element>

  /// Copies the rows of these numbers.
  func copy(
    rows numbers: [Int], from other: DecoderState
  ) {
    for (row, number) in numbers.enumerated() {
      for (to, from) in pairs(other) {
        to.row(row).update(from: from.row(number), count: min(to.columns, from.columns))
      }
    }
  }

  /// Copies another's rows to the rows of these numbers.
  func copy(rowsOf other: DecoderState, to numbers: [Int]) {
    for (row, number) in numbers.enumerated() {
      for (to, from) in pairs(other) {
        to.row(number).update(from: from.row(row), count: min(to.columns, from.columns))
      }
    }
  }

  /// Copies a row to another.
  func copy(row from: Int, to: Int) {
    for (matrix, _) in pairs(self) {
      matrix.row(to).update(from: matrix.row(from), count: matrix.columns)
    }
  }

  private func pairs(_ other: DecoderState) -> [(to: Matrix<Element>, from: Matrix<Element>)] {
    zip(
      hidden + memory + [readout, coverage],
      other.hidden + other.memory + [other.readout, other.coverage]
    )
    .filter { $0.0.columns > 0 && $0.1.columns > 0 }.map { ($0.0, $0.1) }
  }
}
