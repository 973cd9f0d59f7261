package import Kernels

/// Several models that write together: a token has the mean of its probabilities, by the models'
/// shares.
///
///     p(y) = Σ_k w_k p_k(y)
///
/// Each has its own source and state. One alone is as it is without the others.
package final class Ensemble: StepFunction {
  private let members: [any StepFunction]
  /// w_k; their sum is 1.
  private let shares: [Double]
  /// For the numbers of a step.
  private let arena = Arena<Float>()
  /// For the attention of a step, whose rows are asked for one by one.
  private let attentionArena = Arena<Float>()

  /// Puts models together.
  ///
  /// - Precondition: There is one at least, a share for each, and they have the same vocabulary and
  ///   number of texts.
  package init(_ members: [any StepFunction], shares: [Double]) {
    precondition(
      !members.isEmpty && members.count == shares.count
        && members.allSatisfy { $0.textCount == members[0].textCount },
      "\(members.map(\.textCount)) texts and \(shares.count) shares")
    (self.members, self.shares) = (members, shares)
  }

  package var textCount: Int { members[0].textCount }

  package func start(_ texts: [Int], sources: [RollingSource]) {
    for member in members { member.start(texts, sources: sources) }
  }

  package func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float> {
    guard members.count > 1 else { return members[0].step(texts, tokens: tokens) }
    arena.reset()
    attentionArena.reset()
    var mean = arena.matrix(0, 0)
    for (member, share) in zip(members, shares) {
      let logits = member.step(texts, tokens: tokens)
      if mean.rows == 0 { mean = arena.zeros(logits.rows, logits.columns) }
      for row in 0..<logits.rows {
        let chances = UnsafeMutableBufferPointer(start: logits.row(row), count: logits.columns)
        Float.addExponentials(
          count: logits.columns, logits.row(row), minus: Float(chances.logSum()),
          scale: Float(share), to: mean.row(row))
      }
    }
    for row in 0..<mean.rows { Float.logarithms(count: mean.columns, mean.row(row)) }
    return mean
  }

  /// The mean where all have attention over the same tokens, else that of the first that has.
  package func attention(row: Int) -> UnsafeBufferPointer<Float> {
    guard members.count > 1 else { return members[0].attention(row: row) }
    let all = members.map { $0.attention(row: row) }
    guard let first = all.first(where: { !$0.isEmpty }) else { return all[0] }
    guard all.allSatisfy({ $0.count == first.count }) else { return first }
    let mean = attentionArena.zeros(1, first.count)
    for (weights, share) in zip(all, shares) {
      for (place, weight) in weights.enumerated() { mean.base[place] += Float(share) * weight }
    }
    return UnsafeBufferPointer(start: mean.base, count: first.count)
  }

  package func copy(_ copies: [TextCopy]) {
    for member in members { member.copy(copies) }
  }
}
