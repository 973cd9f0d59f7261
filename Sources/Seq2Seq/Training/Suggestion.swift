/// Sizes and settings that suit a text, for those who name none.
///
/// The steps follow measurements on novels and on short stories; see Benchmarks/RESULTS.md.
package struct Suggestion: Equatable, Sendable {
  package var embeddingSize: Int
  package var hiddenSize: Int
  package var dropoutRate: Double
  package var batchSize: BatchSize
  package var epochs: Double

  /// Suggests what to train on so many target tokens.
  package init(trainingTokens: Int) {
    if trainingTokens < 100_000 {
      (embeddingSize, hiddenSize, dropoutRate, batchSize) = (128, 256, 0.6, .words(160))
    } else {
      (embeddingSize, hiddenSize, dropoutRate, batchSize) = (512, 256, 0.35, .words(320))
    }
    // Small texts need more passes, and a pass over a large one takes hours.
    epochs = min(30, max(4, (6_000_000 / Double(max(1, trainingTokens))).rounded()))
  }

  /// Suggests a learning rate at its highest.
  package static func learningRate(of method: Optimizer.Method) -> Double {
    switch method {
    case .adam, .adamW: 3e-3
    case .gradientDescent: 0.5
    case .adadelta: 1
    }
  }
}
