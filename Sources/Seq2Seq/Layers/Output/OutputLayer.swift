package import Kernels

/// Gives every token of the vocabulary a probability of standing next, from the readout t.
///
/// Two ways of it, told apart by the arrays that the parameters list: ``FullSoftmax`` and
/// ``AdaptiveSoftmax``.
package struct OutputLayer<Element: Scalar>: Sendable {
  /// A case and not a protocol, so that the loops over rows are compiled for the number's type.
  private enum Kind: Sendable {
    case full(FullSoftmax<Element>)
    case adaptive(AdaptiveSoftmax<Element>)
  }

  private let kind: Kind

  package init(_ parameters: ParameterBuffer<Element>) {
    kind =
      parameters.outputTailCount > 0
      ? .adaptive(AdaptiveSoftmax(parameters)) : .full(FullSoftmax(parameters))
  }

  /// Copies the weights for scoring and decoding; they must not change afterwards.
  package func pack(for use: PackingUse) {
    switch kind {
    case .full(let softmax): softmax.pack(for: use)
    case .adaptive(let softmax): softmax.pack(for: use)
    }
  }

  /// Computes −ln p of each row's target, in nats.
  ///
  /// - Parameters:
  ///   - t: The readout, N×E.
  ///   - targets: A token for each row.
  ///   - arena: Scratch.
  /// - Returns: A loss for each row.
  package func losses(
    _ t: Matrix<Element>, targets: [UInt32], arena: Arena<Element>
  ) -> [Double] {
    switch kind {
    case .full(let softmax): softmax.losses(t, targets: targets, arena: arena)
    case .adaptive(let softmax): softmax.losses(t, targets: targets, arena: arena)
    }
  }

  /// Computes ln p of every token, but for a constant of the row, which the full softmax leaves
  /// out.
  ///
  /// - Parameters:
  ///   - t: The readout, B×E.
  ///   - logits: Receives B×V.
  ///   - arena: Scratch; one that is reset between calls spares them taking memory.
  package func logits(
    _ t: Matrix<Element>, into logits: Matrix<Element>, arena: Arena<Element> = Arena()
  ) {
    switch kind {
    case .full(let softmax): softmax.logits(t, into: logits)
    case .adaptive(let softmax): softmax.logProbabilities(t, into: logits, arena: arena)
    }
  }

  /// Computes the losses and takes the gradient of the objective times `scale` back.
  ///
  /// - Parameters:
  ///   - t: The readout, N×E.
  ///   - targets: A token for each row.
  ///   - scale: What the gradient is multiplied by.
  ///   - labelSmoothing: ε, from 0 to below 1; 0 with an adaptive softmax.
  ///   - dT: Receives ∂objective/∂t, N×E.
  ///   - gradients: Where to add the weights' gradients.
  ///   - arena: Scratch.
  ///   - pool: Who does the work; the result does not depend on it.
  /// - Returns: The losses, and the objective.
  package func lossesAndGradient(
    _ t: Matrix<Element>, targets: [UInt32], scale: Element, labelSmoothing: Double = 0,
    into dT: Matrix<Element>, gradients: ParameterBuffer<Element>, arena: Arena<Element>,
    pool: WorkerPool
  ) -> OutputLosses {
    switch kind {
    case .full(let softmax):
      return softmax.lossesAndGradient(
        t, targets: targets, scale: scale, labelSmoothing: labelSmoothing, into: dT,
        gradients: gradients, arena: arena, pool: pool)
    case .adaptive(let softmax):
      precondition(labelSmoothing == 0, "an adaptive softmax has no tail's words to smooth over")
      return softmax.lossesAndGradient(
        t, targets: targets, scale: scale, into: dT, gradients: gradients, arena: arena,
        pool: pool)
    }
  }
}

/// What the output layer makes of some rows in training.
package struct OutputLosses: Sendable {
  /// −ln p of each row's target.
  package var nats: [Double]
  /// What the gradient is that of, all rows together: the sum of the losses unless labels are
  /// smoothed.
  package var objective: Double
}
