internal import Kernels

/// Tries out a kind of model on small tasks whose outcome is known.
///
/// A model that is broken in silence still shows a falling loss; it does not pass these.
package struct SelfCheck {
  /// What a check found.
  package enum Finding: Equatable, Sendable {
    /// Gradients against differences; `unreached` are arrays that no gradient reaches.
    case gradients(worstError: Double, array: String, arrayCount: Int, unreached: [String])
    /// The largest difference between losses alone and in a batch, in nats.
    case padding(difference: Double)
    /// The loss before training and that of the tokens' frequencies alone, in nats per token.
    case start(loss: Double, unigram: Double)
    /// The loss on one batch before and after so many updates on it, in nats per token.
    case overfitting(before: Double, after: Double, updates: Int)
    /// How many new strings were written backwards after so many updates.
    case reversal(right: Int, of: Int, updates: Int)

    /// Whether it is as it should be.
    package var isPassed: Bool {
      switch self {
      case .gradients(let worstError, _, _, let unreached):
        worstError < SelfCheck.largestGradientError && unreached.isEmpty
      case .padding(let difference): difference < SelfCheck.largestPaddingDifference
      case .start(let loss, let unigram): abs(loss / unigram - 1) < SelfCheck.startTolerance
      case .overfitting(_, let after, _): after < SelfCheck.overfittedLoss
      case .reversal(let right, let count, _):
        Double(right) >= SelfCheck.reversedShare * Double(count)
      }
    }
  }

  package static let largestGradientError = 1e-6
  package static let largestPaddingDifference = 1e-9
  package static let startTolerance = 0.05
  package static let overfittedLoss = 0.05
  package static let reversedShare = 0.9

  private let configuration: Configuration
  private let dropout: DropoutRates
  private let seed: UInt64

  /// Prepares to check models of that kind.
  ///
  /// - Parameters:
  ///   - configuration: What the model is like; kinds and depths are kept, sizes are not.
  ///   - dropout: The shares set to zero, for the gradients.
  ///   - seed: Decides weights, masks and texts.
  package init(_ configuration: Configuration, dropout: DropoutRates, seed: UInt64) {
    self.configuration = configuration
    self.dropout = dropout
    self.seed = seed
  }

  /// Runs all checks.
  ///
  /// - Parameter onFinding: Gets each finding as it comes.
  /// - Throws: What `onFinding` throws.
  package func run(onFinding: (Finding) throws -> Void) rethrows {
    for check in [gradients, padding, start, overfitting, reversal] { try onFinding(check()) }
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
  func padding() -> Finding {
    let model = GradientCheck.makeModel(configuration, seed: seed)
    let whole = GradientCheck.makeBatch()
    let together = model.losses(of: whole, arena: Arena())
    var largest = 0.0
    for number in 0..<whole.count {
      var single = Batch()
      single.append(source: whole.sources[number], target: whole.targets[number])
      let alone = model.losses(of: single, arena: Arena())[0]
      for (a, b) in zip(together[number], alone) { largest = max(largest, abs(a - b)) }
    }
    return .padding(difference: largest)
  }

  /// A model that has learned nothing is as good as the tokens' frequencies.
  func start() -> Finding {
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
  func overfitting() -> Finding {
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
    var (right, updates, epoch) = (0, 0, 0)
    while right < 90 && epoch < 60 {
      for batch in order.batches(epoch: epoch) {
        trial.update(batch, of: pairs, rate: epoch < 40 ? 0.004 : 0.001)
        updates += 1
      }
      epoch += 1
      if epoch % 4 == 0 { right = trial.countRight(fresh) { $0.reversed() } }
    }
    return .reversal(right: right, of: fresh.count, updates: updates)
  }
}
