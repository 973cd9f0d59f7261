import Kernels
import Seq2Seq
import ToolSupport

/// A model that, once the interrupt key is pressed, has nothing more to say.
///
/// Every token is then impossible, so that any search is at its end.
final class InterruptibleDecoder: StepFunction {
  private let decoder: any StepFunction
  private let vocabularySize: Int
  private let key: InterruptKey?
  private let arena = Arena<Float>()

  init(_ decoder: any StepFunction, vocabularySize: Int, key: InterruptKey?) {
    (self.decoder, self.vocabularySize, self.key) = (decoder, vocabularySize, key)
  }

  var isInterrupted: Bool { key?.isPressed == true }

  var textCount: Int { decoder.textCount }

  func start(_ texts: [Int], sources: [RollingSource]) { decoder.start(texts, sources: sources) }

  func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float> {
    guard isInterrupted else { return decoder.step(texts, tokens: tokens) }
    arena.reset()
    let logits = arena.matrix(texts.count, vocabularySize)
    for row in texts.indices {
      logits.row(row).update(repeating: -.infinity, count: vocabularySize)
    }
    return logits
  }

  func attention(row: Int) -> UnsafeBufferPointer<Float> { decoder.attention(row: row) }

  func copy(_ copies: [TextCopy]) { decoder.copy(copies) }
}
