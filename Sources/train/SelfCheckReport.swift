import Seq2Seq
import TextStreams
import ToolSupport

/// What `--self-check` prints: a line for each finding.
struct SelfCheckReport {
  private let writer: ByteWriter
  private(set) var failureCount = 0
  private(set) var notLearnedCount = 0

  init(to writer: ByteWriter) { self.writer = writer }

  /// Writes `name<TAB>verdict<TAB>what was found`.
  mutating func write(_ finding: SelfCheck.Finding) throws(StreamError) {
    switch finding.verdict {
    case .passed: break
    case .notLearned: notLearnedCount += 1
    case .failed: failureCount += 1
    }
    try writer.write("\(finding.name)\t\(finding.verdict.text)\t\(finding.text)\n")
    try writer.flush()
  }
}

extension SelfCheck.Verdict {
  fileprivate var text: String {
    switch self {
    case .passed: "passed"
    case .notLearned: "not learned"
    case .failed: "FAILED"
    }
  }
}

extension SelfCheck.Finding {
  fileprivate var name: String {
    switch self {
    case .gradients: "gradients"
    case .padding: "padding"
    case .dependence: "dependence"
    case .start: "start"
    case .overfitting: "overfitting"
    case .reversal: "reversal"
    }
  }

  fileprivate var text: String {
    switch self {
    case .gradients(let worstError, let array, let arrayCount, let unreached):
      "worst relative error \(scientific(worstError)), of \(array) among \(arrayCount) arrays; "
        + (unreached.isEmpty
          ? "at most \(scientific(SelfCheck.largestGradientError))"
          : "none reaches \(unreached.joined(separator: ", "))")
    case .padding(let difference):
      "losses alone and in a batch differ by \(scientific(difference)) nats; at most "
        + scientific(SelfCheck.largestPaddingDifference)
    case .dependence(let before, let after):
      "losses change by \(scientific(before)) nats and more with each token before and by "
        + "\(scientific(after)) with those after; from \(scientific(SelfCheck.leastDependence)) on"
    case .start(let loss, let unigram):
      "\(fixed(loss, 3)) nats/token before training, of the frequencies alone "
        + "\(fixed(unigram, 3)); within \(fixed(100 * SelfCheck.startTolerance, 0)) %"
    case .overfitting(let before, let after, let updates):
      "a batch from \(fixed(before, 3)) to \(fixed(after, 3)) nats/token in "
        + "\(counted(updates, "update")); below \(fixed(SelfCheck.overfittedLoss, 2))"
    case .reversal(let right, let count, let updates):
      "\(right) of \(count) new strings written backwards after \(counted(updates, "update")); "
        + "at least \(fixed(100 * SelfCheck.reversedShare, 0)) %"
    }
  }
}
