/// What the checks of a model find.
extension SelfCheck {
  /// What becomes of a check.
  package enum Verdict: Sendable {
    case passed
    /// A task was not learned in the updates there were; sound models that learn slowly do so too.
    case notLearned
    /// A sound model does not do that.
    case failed
  }

  /// What a check found.
  package enum Finding: Equatable, Sendable {
    /// Gradients against differences; `unreached` are arrays that no gradient reaches.
    case gradients(worstError: Double, array: String, arrayCount: Int, unreached: [String])
    /// The largest difference between losses alone and in a batch, in nats.
    case padding(difference: Double)
    /// How much a loss changes with a token that comes before it at least, and at most with one
    /// that comes after it, in nats.
    case dependence(before: Double, after: Double)
    /// The loss before training and that of the tokens' frequencies alone, in nats per token.
    case start(loss: Double, unigram: Double)
    /// The loss on one batch before and after so many updates on it, in nats per token.
    case overfitting(before: Double, after: Double, updates: Int)
    /// How many new strings were written backwards after so many updates.
    case reversal(right: Int, of: Int, updates: Int)

    /// Whether it is as it should be.
    package var verdict: Verdict {
      switch self {
      case .gradients(let worstError, _, _, let unreached):
        proof(worstError < SelfCheck.largestGradientError && unreached.isEmpty)
      case .padding(let difference): proof(difference < SelfCheck.largestPaddingDifference)
      case .dependence(let before, let after):
        proof(before > SelfCheck.leastDependence && after < SelfCheck.leastDependence)
      case .start(let loss, let unigram):
        proof(abs(loss / unigram - 1) < SelfCheck.startTolerance)
      case .overfitting(_, let after, _):
        after < SelfCheck.overfittedLoss ? .passed : after.isFinite ? .notLearned : .failed
      case .reversal(let right, let count, _):
        Double(right) >= SelfCheck.reversedShare * Double(count) ? .passed : .notLearned
      }
    }

    private func proof(_ isSound: Bool) -> Verdict { isSound ? .passed : .failed }
  }

  package static let largestGradientError = 1e-5
  package static let largestPaddingDifference = 1e-9
  package static let leastDependence = 1e-12
  package static let startTolerance = 0.05
  package static let overfittedLoss = 0.05
  package static let reversedShare = 0.9
}
