/// What training makes small, where that is not the loss given the true past.
package struct Objective: Equatable, Sendable {
  /// ε: the share of a target's probability that is spread over all tokens; below 1.
  package var labelSmoothing = 0.0
  /// The probability at the end of the run that the decoder is fed the model's own prediction in
  /// the place of the token before; it rises from 0 in a line.
  package var scheduledSampling = 0.0
  /// Whether the loss of an update is divided by its sentences, not by its tokens.
  ///
  /// Source: Luong, Pham and Manning (2015), section 4.1, and Sutskever, Vinyals and Le (2014),
  /// section 3.4, who divide the gradient by the sentences of the batch.
  package var isSentenceAverage = false

  package init() {}
}

/// What a batch cost, all target tokens together.
package struct BatchLoss: Equatable, Sendable {
  /// Σ −ln p, in nats.
  package var nats = 0.0
  /// What the gradient is that of, but for its scale: the same unless labels are smoothed.
  package var objective = 0.0
}
