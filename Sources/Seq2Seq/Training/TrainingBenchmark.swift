package import Kernels

/// How fast a model of some shape is trained, on made-up batches whose pairs are all of one length.
package struct TrainingBenchmark: Sendable {
  package let configuration: Configuration
  /// Pairs in a batch.
  package let batchSize: Int
  /// Tokens of every source and of every target.
  package let length: Int
  package var optimizer = Optimizer.Settings()

  /// Describes what to measure.
  package init(configuration: Configuration, batchSize: Int, length: Int) {
    self.configuration = configuration
    self.batchSize = batchSize
    self.length = length
  }

  /// What was measured.
  package struct Result: Sendable {
    /// Target tokens a second, by the median of the updates' times.
    package let tokensPerSecond: Double
    /// The median time of an update.
    package let secondsPerUpdate: Double
    /// Operations of the model's matrix products a second.
    package let operationsPerSecond: Double
    /// Blocks of memory taken from the system for the timed updates' activations.
    package let allocationCount: Int
    /// What one large product reaches on the same threads, measured just before.
    package let peakOperationsPerSecond: Double
  }

  /// Floating-point operations in the products of one update: two for each multiplication and
  /// addition, once forward, and twice back, for the inputs' and for the weights' gradients.
  package var operationsPerUpdate: Double {
    let list = ParameterList(configuration)
    // Every matrix but the tables is multiplied by one row for each source or target token; of the
    // bridge's one row for each pair is too little to count.
    var perToken = 0
    for entry in list.entries where entry.shape.count == 2 {
      let isTable = entry.name.hasSuffix("embedding") || entry.name.hasPrefix("bridge.")
      if !isTable { perToken += entry.count }
    }
    if configuration.embeddings == .tied {
      perToken += configuration.vocabularySize * configuration.embeddingSize
    }
    return 6 * Double(batchSize * length) * Double(perToken + attentionPerToken)
  }

  /// Multiplications of one step's look at the source.
  private var attentionPerToken: Int {
    let (a, d) = (configuration.attentionSize, configuration.encoderSize)
    switch configuration.attention {
    case .none: return 0
    case .additive: return length * (a + d)
    case .location: return length * d
    case .dot, .scaledDot, .general: return length * (d + d)
    }
  }

  /// Trains for some updates.
  ///
  /// - Parameters:
  ///   - updates: Updates to time; two more come before.
  ///   - pool: Who does the work.
  ///   - isProfiled: Whether to count the timed updates' activities.
  /// - Returns: The measurements.
  package func run(updates: Int, pool: WorkerPool, isProfiled: Bool) -> Result {
    let parameters = ParameterBuffer<Float>(ParameterList(configuration))
    parameters.initialize(seed: 1)
    let model = Seq2Seq(configuration, parameters: parameters)
    let pairs = makePairs()
    let peak = productPeak(on: pool)
    let trainer = Trainer(
      model, dropout: DropoutRates(activations: 0), seed: 1, settings: optimizer, pool: pool)
    let numbers = Array(0..<batchSize)
    let clock = ContinuousClock()
    func update() { _ = trainer.update(numbers, of: pairs, rate: 1e-3) }
    for _ in 0..<2 { update() }
    let allocationCount = trainer.allocationCount
    Activity.count(isProfiled)
    let times = (0..<updates).map { _ in clock.measure(update) / .seconds(1) }
    let median = times.sorted()[times.count / 2]
    return Result(
      tokensPerSecond: Double(batchSize * length) / median, secondsPerUpdate: median,
      operationsPerSecond: operationsPerUpdate / median,
      allocationCount: trainer.allocationCount - allocationCount, peakOperationsPerSecond: peak)
  }

  /// One batch of pairs of tokens drawn at random, each in a document of its own.
  private func makePairs() -> PairList {
    let text = RunningText()
    let ordinary = ReservedID.paragraph + 1..<UInt32(configuration.vocabularySize)
    var generator = Philox(key: 1)
    var documents: [Range<Int>] = []
    for _ in 0..<batchSize {
      let first = text.lineCount
      for count in [length, length - 1] {  // the target has its end as well
        for _ in 0..<count { text.append(UInt32.random(in: ordinary, using: &generator)) }
        text.endLine()
      }
      documents.append(first..<text.lineCount)
    }
    return text.pairs(documents: documents)
  }
}
