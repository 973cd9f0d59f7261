package import Kernels

/// Scores every token of the vocabulary: p(y_i) = softmax(t_i·Oᵀ + b_o).
///
/// O is the embedding table (Press and Wolf, 2017). The N×V logits are never all there at once:
/// a chunk of rows is made, normalised and turned into gradients while it is in the cache.
package struct OutputLayer<Element: Scalar>: Sendable {
  private let table: Matrix<Element>  // V×E
  private let bias: Matrix<Element>  // 1×V

  package init(_ parameters: ParameterBuffer<Element>) {
    table = parameters["embedding"]
    bias = parameters["output.b_o"]
  }

  /// Rows whose logits take about four megabytes in single precision.
  private var chunkRows: Int { min(256, max(16, (1 << 20) / table.rows)) }

  /// Computes −ln p of each row's target, in nats.
  package func losses(
    _ t: Matrix<Element>, targets: [UInt32], arena: Arena<Element>
  ) -> [Double] {
    forEachChunk(t, targets: targets, arena: arena, gradientScale: nil) { _, _, _ in }
  }

  /// Computes the losses and takes the gradient of their sum times `scale` back.
  ///
  /// - Parameters:
  ///   - t: The readout, N×E.
  ///   - targets: A token for each row.
  ///   - scale: What the gradient is multiplied by.
  ///   - gradients: Where to add the weights' gradients.
  ///   - arena: Where the result goes.
  /// - Returns: The losses in nats, and ∂loss/∂t, N×E.
  package func lossesAndGradient(
    _ t: Matrix<Element>, targets: [UInt32], scale: Element,
    gradients: ParameterBuffer<Element>, arena: Arena<Element>
  ) -> (losses: [Double], dT: Matrix<Element>) {
    let dT = arena.matrix(t.rows, t.columns)
    let (dTable, dBias) = (gradients["embedding"], gradients["output.b_o"])
    let losses = forEachChunk(t, targets: targets, arena: arena, gradientScale: scale) {
      first, rows, dLogits in
      multiply(dLogits, table, into: dT.rows(first, count: rows.rows))
      multiply(dLogits, rows, transposing: .left, into: dTable, adding: true)
      dLogits.addColumnSums(to: dBias)
    }
    return (losses, dT)
  }

  /// Replaces `logits`, B×V, by ln p for the rows of t, B×E.
  package func logProbabilities(_ t: Matrix<Element>, into logits: Matrix<Element>) {
    multiply(t, table, transposing: .right, into: logits)
    for row in 0..<t.rows {
      Element.logSoftmax(columns: logits.columns, logits.row(row), bias: bias.base)
    }
  }

  private func forEachChunk(
    _ t: Matrix<Element>, targets: [UInt32], arena: Arena<Element>, gradientScale: Element?,
    _ body: (_ first: Int, _ rows: Matrix<Element>, _ logits: Matrix<Element>) -> Void
  ) -> [Double] {
    var losses = [Double](repeating: 0, count: t.rows)
    let space = arena.matrix(min(chunkRows, t.rows), table.rows)
    losses.withUnsafeMutableBufferPointer { losses in
      targets.withUnsafeBufferPointer { targets in
        guard let losses = losses.baseAddress, let targets = targets.baseAddress else { return }
        for first in stride(from: 0, to: t.rows, by: chunkRows) {
          let rows = t.rows(first, count: min(chunkRows, t.rows - first))
          let logits = space.rows(0, count: rows.rows)
          multiply(rows, table, transposing: .right, into: logits)
          Element.crossEntropy(
            rows: rows.rows, columns: table.rows, logits: logits.base, bias: bias.base,
            targets: targets + first, gradientScale: gradientScale, losses: losses + first)
          body(first, rows, logits)
        }
      }
    }
    return losses
  }
}
