package import Kernels

extension Seq2Seq {
  /// What training makes small: Σ −ln p, plus the coverage loss.
  ///
  /// Computed by a way of its own, for checks of the gradient.
  package func objective(
    of batch: Batch, dropout: DropoutPlan?, arena: Arena<Element>
  ) -> Double {
    arena.reset()
    let tape = forward(batch, dropout: dropout, arena: arena).1.tape
    dropout?.readout?.apply(to: tape.readout)
    let losses = output.losses(
      tape.readout, targets: tape.steps.rows(of: batch.targets), arena: arena)
    return losses.reduce(0, +) + configuration.coverageLoss * coverageLoss(tape)
  }

  /// Σ_i Σ_j min(a_ij, coverage_ij).
  ///
  /// Source: See, Liu and Manning (2017), equation 12.
  private func coverageLoss(_ tape: RecurrentDecoder<Element>.Tape) -> Double {
    guard configuration.coverageLoss > 0 else { return 0 }
    var loss = 0.0
    for number in 0..<tape.steps.stepCount {
      let step = StepPlace(number, of: tape.steps)
      for row in 0..<step.active {
        for j in 0..<tape.sources.lengths[tape.numbers[row]] {
          loss += Double(
            min(
              tape.attention.weights[step.offset + row, j],
              tape.attention.coverage[step.from + row, j]))
        }
      }
    }
    return loss
  }
}
