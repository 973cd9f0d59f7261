/// Pairs that go through a model together; source n belongs to target n.
package struct Batch: Sendable {
  package private(set) var sources = SequenceBatch()
  package private(set) var targets = SequenceBatch()

  package init() {}

  /// Adds a pair.
  ///
  /// - Precondition: Both have at least one token; a target's last is `</s>` unless it was cut.
  package mutating func append(source: some Sequence<UInt32>, target: some Sequence<UInt32>) {
    sources.append(source)
    targets.append(target)
    precondition(sources.lengths[count - 1] > 0, "a source without tokens")
    precondition(targets.lengths[count - 1] > 0, "a target without tokens")
  }

  /// Feeds the decoder these tokens, one before each of the targets'.
  package mutating func feed(_ inputs: [UInt32]) {
    precondition(
      inputs.count == tokenCount, "\(inputs.count) inputs before \(tokenCount) target tokens")
    targets.inputs = inputs
  }

  package var count: Int { sources.count }
  /// Target tokens.
  package var tokenCount: Int { targets.ids.count }
}
