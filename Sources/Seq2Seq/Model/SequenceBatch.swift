/// Sequences of tokens, one after the other.
package struct SequenceBatch: Sendable {
  package private(set) var ids: [UInt32] = []
  package private(set) var lengths: [Int] = []
  /// Where each sequence starts in `ids`.
  package private(set) var offsets: [Int] = []
  /// What the decoder is fed before each token, where that is not always the token before.
  package var inputs: [UInt32]?

  package init() {}

  /// Adds a sequence at the end.
  package mutating func append(_ sequence: some Sequence<UInt32>) {
    offsets.append(ids.count)
    ids.append(contentsOf: sequence)
    lengths.append(ids.count - offsets[offsets.count - 1])
  }

  package var count: Int { lengths.count }
}

extension SequenceBatch {
  /// One sequence's tokens.
  package subscript(number: Int) -> ArraySlice<UInt32> {
    ids[offsets[number]..<(offsets[number] + lengths[number])]
  }
}
