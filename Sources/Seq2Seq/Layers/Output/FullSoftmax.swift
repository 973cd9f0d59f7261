internal import Kernels

/// Scores every token of the vocabulary: p(y_i) = softmax(t_i·Oᵀ + b_o).
///
/// O is the embedding table (Press and Wolf, 2017) or an array of its own.
struct FullSoftmax<Element: Scalar>: Sendable {
  private let softmax: ChunkedSoftmax<Element>

  init(_ parameters: ParameterBuffer<Element>) {
    softmax = ChunkedSoftmax(parameters.outputBlocks)
  }

  func pack(for use: PackingUse) { softmax.pack(for: use) }

  func losses(
    _ t: Matrix<Element>, targets: [UInt32], arena: Arena<Element>
  ) -> [Double] {
    softmax.losses(t, targets: targets, arena: arena)
  }

  /// Computes t·Oᵀ + b_o; it is ln p but for a constant of the row.
  func logits(_ t: Matrix<Element>, into logits: Matrix<Element>) {
    softmax.logits(t, block: 0, into: logits)
  }

  func lossesAndGradient(
    _ t: Matrix<Element>, targets: [UInt32], scale: Element, labelSmoothing: Double,
    into dT: Matrix<Element>, gradients: ParameterBuffer<Element>, arena: Arena<Element>,
    pool: WorkerPool
  ) -> OutputLosses {
    let smoothing =
      labelSmoothing > 0
      ? softmax.smoothing(share: Element(labelSmoothing), scale: scale, rows: t, arena: arena)
      : nil
    return softmax.lossesAndGradient(
      t, targets: targets, scale: scale, smoothing: smoothing, into: dT,
      gradients: gradients.outputBlocks, arena: arena, pool: pool)
  }
}
