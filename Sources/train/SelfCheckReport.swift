import Seq2Seq
import TextStreams
import ToolSupport

/// What `--self-check` prints: a line for each finding.
struct SelfCheckReport {
  private let writer: ByteWriter
  private(set) var failureCount = 0

  init(to writer: ByteWriter) { self.writer = writer }

  /// Writes `name<TAB>passed<TAB>what was found`.
  mutating func write(_ finding: SelfCheck.Finding) throws(StreamError) {
    if !finding.isPassed { failureCount += 1 }
    let verdict = finding.isPassed ? "passed" : "FAILED"
    try writer.write("\(finding.name)\t\(verdict)\t\(finding.text)\n")
    try writer.flush()
  }
}

extension SelfCheck.Finding {
  fileprivate var name: String {
    switch self {
    case .gradients: "gradients"
    case .padding: "padding"
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
