import Glibc
import Kernels
import Seq2Seq
import Testing

extension GradientTests {
  /// A small model in single precision, as it is before training.
  static func trainable(seed: UInt64, size: Int = 8, vocabularySize: Int = 270) -> Seq2Seq<Float> {
    let configuration = Configuration(
      vocabularySize: vocabularySize, embeddingSize: size, hiddenSize: size, attentionSize: size)
    let parameters = ParameterBuffer<Float>(ParameterList(configuration))
    parameters.initialize(seed: seed)
    return Seq2Seq(configuration, parameters: parameters)
  }
}

@Suite("Training")
struct TrainingTests {
  /// Trains a small model and returns its parameters.
  static func train(
    threads: Int, seed: UInt64, adjust: (inout TrainingPlan) -> Void = { _ in }
  ) throws -> [Float] {
    // More parameters than one piece of the optimiser, more pairs than two shards.
    let model = GradientTests.trainable(seed: seed, vocabularySize: 10_000)
    let list = pairs([(0..<320).map { n in (0...(n % 5)).map { UInt32(261 + (n + $0) % 9) } }])
    let held = pairs([(0..<20).map { n in (0...(n % 4)).map { UInt32(261 + (n + $0) % 9) } }])
    var plan = TrainingPlan()
    plan.updates = 12
    plan.batchSize = .pairs(80)
    plan.seed = seed
    adjust(&plan)
    let pool = WorkerPool(threadCount: threads)
    defer { pool.close() }
    let run = TrainingRun(model, plan: plan, training: list, validation: held, pool: pool)
    try run.run(shouldStop: { false }, onUpdate: { _ in }, onRecord: { _ in })
    return Array(model.parameters.elements)
  }

  @Test("The same seed gives the same bytes for any number of threads, another seed others")
  func determinism() throws {
    let one = try Self.train(threads: 1, seed: 1)
    #expect(one == (try Self.train(threads: 2, seed: 1)))
    #expect(one == (try Self.train(threads: 3, seed: 1)))
    #expect(one != (try Self.train(threads: 2, seed: 2)))
  }

  @Test("So it is for every optimiser", arguments: OptimizerTests.methods)
  func determinism(method: Optimizer.Method) throws {
    func parameters(threads: Int) throws -> [Float] {
      try Self.train(threads: threads, seed: 1) { plan in
        plan.updates = 2
        plan.optimizer.method = method
        plan.optimizerDelay = 2
        plan.averageDecay = 0.9
      }
    }
    let one = try parameters(threads: 1)
    #expect(one == (try parameters(threads: 3)))
  }

  @Test("A gradient by sentences is that by tokens, times the tokens, divided by the sentences")
  func sentenceAverage() {
    let list = pairs([[[261, 262], [263, 264, 265], [266], [], [267, 261, 262]]])
    func report(_ isSentenceAverage: Bool, batches: [[Int]]) -> Trainer.Report {
      var objective = Objective()
      objective.isSentenceAverage = isSentenceAverage
      let trainer = Trainer(
        GradientTests.trainable(seed: 4), dropout: DropoutRates(activations: 0), seed: 1,
        settings: Optimizer.Settings(), objective: objective, pool: WorkerPool(threadCount: 1))
      return trainer.update(batches, of: list, rate: 0.01)
    }
    let numbers = Array(0..<list.count)
    for batches in [[numbers], numbers.map { [$0] }] {
      let (tokens, sentences) = (report(false, batches: batches), report(true, batches: batches))
      let ratio = Double(tokens.tokenCount) / Double(list.count)
      #expect(ratio > 2)
      #expect(abs(sentences.gradientNorm / tokens.gradientNorm / ratio - 1) < 1e-4)
      #expect(sentences.loss == tokens.loss)
    }
  }

  @Test("One batch is learned by heart")
  func overfitting() {
    let model = GradientTests.trainable(seed: 4, size: 32)
    let list = pairs([[[261, 262], [263, 264, 265], [266], [], [267, 261, 262]]])
    let pool = WorkerPool(threadCount: 1)
    let trainer = Trainer(
      model, dropout: DropoutRates(activations: 0), seed: 1, settings: Optimizer.Settings(),
      pool: pool)
    for _ in 0..<200 { _ = trainer.update(Array(0..<list.count), of: list, rate: 0.01) }
    let evaluation = trainer.evaluate(list, maximumSourceLength: 10)
    #expect(evaluation.natsPerToken < 0.05)
  }

  @Test("With the frequencies as its bias, a model starts near the unigram loss")
  func start() {
    let model = GradientTests.trainable(seed: 5)
    let list = pairs([(0..<60).map { n in [UInt32(261 + n % 3), 262] }])
    let baselines = Baselines(countedOn: list, vocabularySize: 270)
    for (id, value) in baselines.unigram.logProbabilities.enumerated() {
      model.parameters["output.b_o"][0, id] = Float(value)
    }
    let evaluation = Evaluation(
      of: model, on: list, pool: WorkerPool(threadCount: 1), arenas: [Arena()],
      maximumSourceLength: 10)
    #expect(abs(evaluation.loss / baselines.losses(on: list).unigram - 1) < 0.05)
  }

  @Test("The best parameters on the held-out text are kept")
  func best() throws {
    let model = GradientTests.trainable(seed: 6, size: 32)
    // What is held out contradicts the training text, so that learning it makes things worse.
    let list = pairs([(0..<100).map { n in [UInt32(261 + n % 2)] }])
    let held = pairs([[[261], [261], [262], [262], [262], [261]]])
    var plan = TrainingPlan()
    plan.updates = 120
    plan.batchSize = .pairs(16)
    plan.learningRate = LearningRate(peak: 0.02, warmUp: 50)
    plan.validation = .updates(1)
    let pool = WorkerPool(threadCount: 1)
    var losses: [Double] = []
    let run = TrainingRun(model, plan: plan, training: list, validation: held, pool: pool)
    try run.run(
      shouldStop: { false }, onUpdate: { _ in },
      onRecord: { losses.append($0.validation?.loss ?? .infinity) })
    let smallest = try #require(losses.min())
    #expect(smallest < (losses.last ?? 0))
    #expect(run.bestRecord?.validation?.loss == smallest)
    let kept = Evaluation(
      of: GradientTests.copy(of: model), on: held, pool: pool, arenas: [Arena()],
      maximumSourceLength: 10)
    #expect(abs(kept.loss - smallest) < 1e-4)
  }

  @Test("Every site, shard and update drops out other numbers; the same one the same")
  func dropoutMasks() {
    func masks(update: Int, shard: Int) -> [[Float]] {
      let plan = DropoutPlan(
        rates: DropoutRates(activations: 0.5), seed: 3, update: update, shard: shard)
      return [plan.source, plan.target, plan.readout].compactMap(\.self).map { dropout in
        let arena = Arena<Float>()
        let matrix = arena.matrix(4, 30)
        matrix.fill(1)
        dropout.apply(to: matrix)
        return (0..<4).flatMap { row in (0..<30).map { matrix[row, $0] } }
      }
    }
    let all = [(1, 0), (1, 1), (2, 0)].flatMap { masks(update: $0.0, shard: $0.1) }
    #expect(Set(all).count == 9)
    #expect(masks(update: 1, shard: 1) == Array(all[3..<6]))
    // The rows of one mask differ too.
    #expect(Set(all.map { Array($0[..<30]) } + all.map { Array($0[30..<60]) }).count == 18)
  }

  @Test("A gradient that is not finite changes nothing")
  func notFinite() {
    let parameters = ParameterBuffer<Float>(GradientTests.trainable(seed: 1).parameters.list)
    parameters.initialize(seed: 1)
    let before = Array(parameters.elements)
    let gradient = ParameterBuffer<Float>(parameters.list)
    gradient.elements[3] = .nan
    let pool = WorkerPool(threadCount: 1)
    let optimizer = Optimizer(parameters, settings: Optimizer.Settings())
    #expect(!optimizer.step(gradient: gradient, rate: 0.1, pool: pool).isFinite)
    #expect(Array(parameters.elements) == before)
    #expect(gradient.elements.allSatisfy { $0 == 0 })
  }
}

extension GradientTests {
  /// The same numbers in a model of their own, without packed weights.
  static func copy(of model: Seq2Seq<Float>) -> Seq2Seq<Float> {
    let parameters = ParameterBuffer<Float>(model.parameters.list)
    parameters.copy(from: model.parameters)
    return Seq2Seq(model.configuration, parameters: parameters)
  }
}
