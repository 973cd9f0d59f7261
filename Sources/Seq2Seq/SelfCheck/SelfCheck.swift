internal import Kernels

/// Tries out a kind of model on small tasks whose outcome is known.
///
/// A model that is broken in silence still shows a falling loss; it does not pass these.
package struct SelfCheck {
  private let configuration: Configuration
  private let dropout: DropoutRates
  private let seed: UInt64
  private let losses: Losses

  /// Computes −ln p of every target token of every pair.
  package typealias Losses = (Seq2Seq<Double>, Batch) -> [[Double]]

  /// Prepares to check models of that kind.
  ///
  /// - Parameters:
  ///   - configuration: What the model is like; kinds and depths are kept, sizes are not.
  ///   - dropout: The shares set to zero, for the gradients.
  ///   - seed: Decides weights, masks and texts.
  ///   - losses: How the model's losses are computed, which is what a test breaks.
  package init(
    _ configuration: Configuration, dropout: DropoutRates, seed: UInt64,
    losses: @escaping Losses = { $0.losses(of: $1, arena: Arena()) }
  ) {
    self.losses = losses
    self.configuration = configuration
    self.dropout = dropout
    self.seed = seed
  }

  /// Runs all checks.
  ///
  /// - Parameter onFinding: Gets each finding as it comes.
  /// - Throws: What `onFinding` throws.
  package func run(onFinding: (Finding) throws -> Void) rethrows {
    for check in [gradients, padding, dependence, start, overfitting, reversal] {
      try onFinding(check())
    }
  }

  /// The gradient of every array agrees with differences of the objective.
  func gradients() -> Finding {
    let results = GradientCheck(configuration, dropout: dropout, seed: seed).run(samples: 12)
    let worst = results.max { $0.worstError < $1.worstError }
    return .gradients(
      worstError: worst?.worstError ?? 0, array: worst?.name ?? "", arrayCount: results.count,
      unreached: results.filter { $0.largestGradient == 0 }.map(\.name))
  }

  /// A pair's losses do not depend on what else is in the batch.
  package func padding() -> Finding {
    let model = GradientCheck.makeModel(configuration, seed: seed)
    let whole = GradientCheck.makeBatch()
    let together = losses(model, whole)
    var largest = 0.0
    for number in 0..<whole.count {
      var single = Batch()
      single.append(source: whole.sources[number], target: whole.targets[number])
      let alone = losses(model, single)[0]
      guard together[number].count == alone.count else { return .padding(difference: .infinity) }
      for (a, b) in zip(together[number], alone) { largest = max(largest, abs(a - b)) }
    }
    return .padding(difference: largest)
  }

  /// A loss depends on every token before it, and on none after it.
  package func dependence() -> Finding {
    let model = GradientCheck.makeModel(configuration, seed: seed)
    let (source, target): ([UInt32], [UInt32]) = ([261, 262, 263], [265, 266, 267, 268, 3])
    func losses(_ source: [UInt32], _ target: [UInt32]) -> [Double] {
      var batch = Batch()
      batch.append(source: source, target: target)
      return self.losses(model, batch)[0]
    }
    let expected = losses(source, target)
    var (before, after) = (Double.infinity, 0.0)
    for place in target.indices.dropLast() {
      var changed = target
      changed[place] = 269
      let actual = losses(source, changed)
      for other in target.indices where other != place {
        let change = abs(actual[other] - expected[other])
        if other > place { before = min(before, change) } else { after = max(after, change) }
      }
    }
    // A token of the source, or the order of two, may reach some steps only.
    for changed: [UInt32] in [
      [264, 262, 263], [261, 264, 263], [261, 262, 264], [262, 261, 263],
    ] {
      let changes = zip(losses(changed, target), expected).map { abs($0 - $1) }
      before = min(before, changes.max() ?? 0)
    }
    return .dependence(before: before, after: after)
  }

  /// A model that has learned nothing is as good as the tokens' frequencies.
  package func start() -> Finding {
    let words = SelfCheckText(lengths: 4...12, alphabet: 12, seed: seed)
    let pairs = words.pairs(200) { $0.map { 261 + ($0 % 3) * ($0 % 4) } }
    let trial = SelfCheckTrial(configuration, size: 32, seed: seed)
    let baselines = Baselines(
      countedOn: pairs, vocabularySize: trial.model.configuration.vocabularySize)
    trial.model.parameters.setOutputBiases(baselines.unigram.logProbabilities)
    let unigram = baselines.losses(on: pairs).unigram / Double(pairs.tokenCount)
    let loss = trial.evaluate(pairs).natsPerToken
    return .start(loss: loss, unigram: unigram)
  }

  /// A batch is learned by heart.
  package func overfitting() -> Finding {
    let pairs = SelfCheckText(lengths: 3...6, alphabet: 8, seed: seed).pairs(4) { $0.reversed() }
    let trial = SelfCheckTrial(configuration, size: 32, seed: seed)
    let before = trial.evaluate(pairs).natsPerToken
    var loss = before
    var updates = 0
    while loss >= Self.overfittedLoss && updates < 1200 {
      for _ in 0..<100 { trial.update(Array(0..<pairs.count), of: pairs, rate: 0.005) }
      updates += 100
      loss = trial.evaluate(pairs).natsPerToken
    }
    return .overfitting(before: before, after: loss, updates: updates)
  }

  /// Strings are learned to be written backwards, which takes the source, its order and the state.
  func reversal() -> Finding {
    let text = SelfCheckText(lengths: 2...4, alphabet: 8, seed: seed)
    let pairs = text.pairs(3200) { $0.reversed() }
    let trial = SelfCheckTrial(configuration, size: 64, seed: seed)
    let order = BatchOrder(pairs, size: .pairs(64), seed: seed)
    let fresh = SelfCheckText(lengths: 2...4, alphabet: 8, seed: seed + 1).strings(100)
    // Deep stacks that have no attention to shorten the way learn at smaller steps only.
    let depth = max(configuration.encoderDepth, configuration.decoderDepth)
    let rate = configuration.attention == .none && depth > 1 ? 0.002 : 0.004
    var (right, updates, epoch) = (0, 0, 0)
    while right < 90 && epoch < 60 {
      for batch in order.batches(epoch: epoch) {
        trial.update(batch, of: pairs, rate: epoch < 40 ? rate : rate / 4)
        updates += 1
      }
      epoch += 1
      if epoch % 4 == 0 { right = trial.countRight(fresh) { $0.reversed() } }
    }
    return .reversal(right: right, of: fresh.count, updates: updates)
  }
}
