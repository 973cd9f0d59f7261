internal import Kernels

/// A small model that is trained for a check.
final class SelfCheckTrial {
  let model: Seq2Seq<Float>
  private let trainer: Trainer

  init(_ configuration: Configuration, size: Int, seed: UInt64) {
    let configuration = configuration.scaledDown(
      embeddingSize: size, hiddenSize: size, attentionSize: size, vocabularySize: 280)
    let parameters = ParameterBuffer<Float>(ParameterList(configuration))
    parameters.initialize(seed: seed)
    model = Seq2Seq(configuration, parameters: parameters)
    trainer = Trainer(
      model, dropout: DropoutRates(activations: 0), seed: seed, settings: Optimizer.Settings(),
      pool: WorkerPool(threadCount: 1))
  }

  func update(_ numbers: [Int], of pairs: PairList, rate: Double) {
    _ = trainer.update(numbers, of: pairs, rate: rate)
  }

  func evaluate(_ pairs: PairList) -> Evaluation {
    trainer.evaluate(pairs, maximumSourceLength: model.configuration.maximumSourceLength)
  }

  /// How many strings are answered rightly by the likeliest tokens.
  func countRight(_ strings: [[UInt32]], target: ([UInt32]) -> [UInt32]) -> Int {
    // A model of its own, whose weights are not packed for training.
    let parameters = ParameterBuffer<Float>(model.parameters.list)
    parameters.copy(from: model.parameters)
    var settings = WritingSettings(maximumLength: 20, seed: 1)
    settings.sampler.temperature = 0
    let writer = PassageWriter(
      SentenceDecoder(Seq2Seq(model.configuration, parameters: parameters), textCount: 32),
      settings: settings)
    var right = 0
    let prompts = strings.enumerated().map { Prompt(source: $1, number: $0) }
    writer.write(after: prompts, sentences: 1) { prompt, sentence in
      if sentence.ids == target(strings[prompt]) { right += 1 }
    }
    return right
  }
}
