import Glibc
import Kernels

/// What may be chosen next, and how likely it is, by everything but the model.
struct TokenRules: ~Copyable {
  let settings: WritingSettings
  /// Whether more is changed than that some tokens are forbidden.
  let changesChances: Bool
  /// Whether the numbers must be logarithms of probabilities, without a constant.
  let readsProbabilities: Bool
  private var context: WritingContext

  init(
    settings: WritingSettings, processors: [any LogitsProcessor], context: WritingContext
  ) {
    (self.settings, self.context) = (settings, context)
    changesChances = !processors.isEmpty
    readsProbabilities = processors.contains(where: \.readsProbabilities)
  }

  /// Applies what is always ruled out, and then the processors of the hypothesis.
  mutating func apply(to logits: UnsafeMutableBufferPointer<Float>, for hypothesis: Hypothesis) {
    forbid(in: logits, for: hypothesis)
    guard changesChances else { return }
    context.sentence = hypothesis.sentence.ids
    for processor in hypothesis.processors { processor.process(logits, in: context) }
  }

  /// Rules out what may not stand there: no sentence is too short, no character is left unfinished,
  /// and `<pad>`, `<unk>` and `<s>` are never written.
  private func forbid(
    in logits: UnsafeMutableBufferPointer<Float>, for hypothesis: Hypothesis
  ) {
    for id in [ReservedID.padding, ReservedID.unknown, ReservedID.start] {
      logits[Int(id)] = -.infinity
    }
    let spelling = hypothesis.spelling
    if hypothesis.sentence.ids.count < settings.minimumLength || spelling.isInsideCharacter {
      logits[Int(ReservedID.end)] = -.infinity
      logits[Int(ReservedID.paragraph)] = -.infinity
    }
    for id in ReservedID.bytes where !spelling.allows(id) { logits[Int(id)] = -.infinity }
    if spelling.isInsideCharacter {
      logits[Int(ReservedID.bytes.upperBound)...].update(repeating: -.infinity)
    }
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Subtracts a constant from all numbers.
  func subtract(_ constant: Float) {
    guard constant != 0 else { return }
    for place in indices { self[place] -= constant }
  }

  /// ln Σ e^x, which makes logarithms of chances ln p; 0 where numbers are not finite.
  func logSum() -> Double {
    guard let base = baseAddress else { return 0 }
    let largest = Float.largest(count: count, base)
    let sum = Float.sumOfExponentials(count: count, base, largest: largest)
    let result = Double(largest) + log(Double(sum))
    return result.isFinite ? result : 0
  }
}
