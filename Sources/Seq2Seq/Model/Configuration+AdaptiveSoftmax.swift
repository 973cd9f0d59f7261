extension Configuration {
  /// The tokens that the head of an adaptive softmax has, or all of them.
  package var headTokenCount: Int { adaptiveCutoffs.first ?? vocabularySize }

  /// The tails' tokens, V_i, and the sizes of their vectors, E_i = max(1, ⌊E/Fⁱ⌋).
  package var adaptiveTails: [(tokenCount: Int, size: Int)] {
    let ends = adaptiveCutoffs.dropFirst() + [vocabularySize]
    var size = embeddingSize
    return zip(adaptiveCutoffs, ends).map { start, end in
      size = max(1, size / adaptiveFactor)
      return (end - start, size)
    }
  }

  /// The factors that an adaptive softmax may have.
  package static let adaptiveFactors = 1...65_536

  /// Whether cutoffs rise, and leave the reserved tokens and one more to the head and some token to
  /// the last tail.
  package static func areCutoffs(_ cutoffs: [Int], vocabularySize: Int) -> Bool {
    guard let first = cutoffs.first else { return true }
    return first > Int(ReservedID.bytes.upperBound)
      && zip(cutoffs, cutoffs.dropFirst() + [vocabularySize]).allSatisfy { $0 < $1 }
  }
}
