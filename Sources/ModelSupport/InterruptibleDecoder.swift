package import Kernels
package import Seq2Seq

/// A model that, once somebody interrupts, has nothing more to say.
///
/// Every token is then impossible, so that any search is at its end.
package final class InterruptibleDecoder: StepFunction {
  private let decoder: any StepFunction
  private let vocabularySize: Int
  private let isInterruptedNow: () -> Bool
  private let arena = Arena<Float>()
  /// Whether the last step was not the model's.
  private var wasSilent = false

  /// Wraps a model.
  ///
  /// - Parameters:
  ///   - decoder: The model.
  ///   - vocabularySize: V, the columns of its answers.
  ///   - isInterrupted: Whether somebody interrupts; asked before every step.
  package init(
    _ decoder: any StepFunction, vocabularySize: Int, isInterrupted: @escaping () -> Bool
  ) {
    (self.decoder, self.vocabularySize) = (decoder, vocabularySize)
    isInterruptedNow = isInterrupted
  }

  package var isInterrupted: Bool { isInterruptedNow() }

  package var textCount: Int { decoder.textCount }

  package func start(_ texts: [Int], sources: [RollingSource]) {
    decoder.start(texts, sources: sources)
  }

  package func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float> {
    wasSilent = isInterrupted
    guard wasSilent else { return decoder.step(texts, tokens: tokens) }
    arena.reset()
    let logits = arena.matrix(texts.count, vocabularySize)
    for row in texts.indices {
      logits.row(row).update(repeating: -.infinity, count: vocabularySize)
    }
    return logits
  }

  /// What the model's last step attended to; nothing after a step that was not the model's.
  package func attention(row: Int) -> UnsafeBufferPointer<Float> {
    wasSilent ? UnsafeBufferPointer(start: nil, count: 0) : decoder.attention(row: row)
  }

  package func copy(_ copies: [TextCopy]) { decoder.copy(copies) }
}
