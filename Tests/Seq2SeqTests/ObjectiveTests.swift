import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Label smoothing")
struct LabelSmoothingTests {
  /// The gradient and both sums of some pairs in two shards.
  static func pass(
    _ model: Seq2Seq<Double>, smoothing: Double
  ) -> (loss: BatchLoss, gradients: ParameterBuffer<Double>) {
    let gradients = ParameterBuffer<Double>(model.parameters.list)
    let pass = BatchGradient(
      model, pool: WorkerPool(threadCount: 1), labelSmoothing: smoothing)
    let loss = pass.add(
      [GradientTests.batch(), AdaptiveSoftmaxTests.headBatch], scale: 1, dropouts: [nil, nil],
      to: gradients)
    return (loss, gradients)
  }

  @Test("The objective is the cross-entropy with the smoothed targets; what is reported stays")
  func objective() {
    let configuration = Configuration(
      vocabularySize: 700, embeddingSize: 4, hiddenSize: 2, attentionSize: 2)
    let parameters = ParameterBuffer<Double>(ParameterList(configuration))
    parameters.initialize(seed: 7)
    for id in 0..<700 { parameters["output.b_o"][0, id] = 0.01 * Double(id % 50) }
    let (layer, arena) = (OutputLayer(parameters), Arena<Double>())
    let (t, dT, logits) = (arena.matrix(600, 4), arena.matrix(600, 4), arena.matrix(600, 700))
    for index in 0..<t.count { t.base[index] = Double(index % 11) - 5 }
    let targets = (0..<600).map { UInt32($0 * 97 % 700) }
    let losses = layer.lossesAndGradient(
      t, targets: targets, scale: 1, labelSmoothing: 0.1, into: dT,
      gradients: ParameterBuffer(parameters.list), arena: arena, pool: WorkerPool(threadCount: 1))
    layer.logits(t, into: logits)
    var expected = 0.0
    for row in 0..<600 {
      let total = log((0..<700).reduce(0) { $0 + exp(logits[row, $1]) })
      let surprises = (0..<700).map { total - logits[row, $0] }
      #expect(abs(losses.nats[row] - surprises[Int(targets[row])]) < 1e-10)
      expected += 0.9 * surprises[Int(targets[row])] + 0.1 * surprises.reduce(0, +) / 700
    }
    #expect(abs(losses.objective / expected - 1) < 1e-12)
  }

  @Test("Gradients agree with central differences of the objective, not of the loss")
  func gradients() {
    let model = GradientTests.model()
    let (loss, gradients) = Self.pass(model, smoothing: 0.2)
    #expect(abs(loss.objective - loss.nats) > 0.1)
    expectDifferences(gradients, of: model, arrays: ["embedding", "readout.R", "output.b_o"]) {
      Self.pass(model, smoothing: 0.2).loss.objective
    }
  }

  @Test("Without smoothing both sums are the same, and the losses do not depend on it")
  func none() {
    let model = GradientTests.model()
    let (loss, gradients) = Self.pass(model, smoothing: 0)
    let (smoothed, others) = Self.pass(model, smoothing: 0.2)
    #expect(abs(loss.objective - loss.nats) < 1e-10)
    #expect(smoothed.nats == loss.nats)
    #expect(Array(gradients.elements) != Array(others.elements))
  }
}

@Suite("Scheduled sampling")
struct ScheduledSamplingTests {
  /// A sampling of the first shard of the first update.
  static func sampling(_ probability: Double, seed: UInt64 = 1) -> ScheduledSampling {
    ScheduledSampling(probability: probability, seed: seed, update: 1, shard: 0)
  }

  static func sequences(_ lengths: [Int]) -> SequenceBatch {
    var batch = SequenceBatch()
    for (number, length) in lengths.enumerated() {
      batch.append((0..<length).map { UInt32(261 + 10 * number + $0) })
    }
    return batch
  }

  @Test("With probability 1 every token but a target's last is replaced, with 0 none")
  func everyPlace() {
    let batch = Self.sequences([3, 1, 4])
    #expect(Self.sampling(1).places(in: batch) == [0, 1, 4, 5, 6])
    #expect(Self.sampling(0).places(in: batch) == [])
    #expect(
      batch.inputs(replacing: [0, 1, 4, 5, 6], by: [300, 301, 302, 303, 304])
        == [2, 300, 301, 2, 2, 302, 303, 304])
    #expect(batch.inputs(replacing: [5], by: [300]) == [2, 261, 262, 2, 2, 281, 300, 283])
  }

  @Test("Tokens are replaced in proportion to the probability, others for another seed")
  func proportion() {
    let batch = Self.sequences(Array(repeating: 21, count: 500))
    let places = Self.sampling(0.3).places(in: batch)
    #expect(abs(Double(places.count) / 10_000 - 0.3) < 0.02)
    #expect(places == Self.sampling(0.3).places(in: batch))
    #expect(places != Self.sampling(0.3, seed: 2).places(in: batch))
  }

  /// What a pass over two shards costs, and the gradients.
  static func pass<Element: Scalar>(
    _ model: Seq2Seq<Element>, _ shards: [Batch], _ samplings: [ScheduledSampling],
    threads: Int = 1
  ) -> (BatchLoss, [Element]) {
    let gradients = ParameterBuffer<Element>(model.parameters.list)
    let pool = WorkerPool(threadCount: threads)
    defer { pool.close() }
    let loss = BatchGradient(model, pool: pool).add(
      shards, scale: 1, dropouts: shards.map { _ in nil }, samplings: samplings, to: gradients)
    return (loss, Array(gradients.elements))
  }

  /// The pairs as they are fed when every token is replaced, worked out one target at a time.
  static func fed(_ batch: Batch, _ model: Seq2Seq<Double>) -> Batch {
    var (fed, inputs) = (batch, [UInt32]())
    let arena = Arena<Double>()
    for number in 0..<batch.count {
      let target = Array(batch.targets[number])
      var likeliest: [UInt32] = []
      for end in target.indices.dropLast() {
        // The loss of every token in this place, after the same beginning.
        let losses = (3..<UInt32(model.configuration.vocabularySize)).map { token in
          var single = Batch()
          single.append(source: batch.sources[number], target: target[..<end] + [token])
          return model.losses(of: single, arena: arena)[0][end]
        }
        let least = losses.indices.min { losses[$0] < losses[$1] } ?? 0
        likeliest.append(UInt32(3 + least))
      }
      inputs += [2] + likeliest
    }
    fed.feed(inputs)
    return fed
  }

  @Test("With probability 1 the decoder is fed its predictions", arguments: [true, false])
  func predictions(isAdaptive: Bool) {
    let model = isAdaptive ? AdaptiveSoftmaxTests.model() : GradientTests.model()
    let batch = AdaptiveSoftmaxTests.headBatch
    let fed = Self.fed(batch, model)
    #expect(fed.targets.inputs != batch.targets.inputs(replacing: [], by: []))
    let (sampled, gradients) = Self.pass(model, [batch], [Self.sampling(1)])
    let (expected, others) = Self.pass(model, [fed], [])
    #expect(sampled == expected && gradients == others)
    #expect(sampled != Self.pass(model, [batch], []).0)
    #expect(Self.pass(model, [batch], [Self.sampling(0)]) == Self.pass(model, [batch], []))
  }

  @Test("Gradients agree with central differences when the inputs are given")
  func gradients() {
    let model = GradientTests.model()
    var batch = GradientTests.batch()
    batch.feed(batch.targets.inputs(replacing: [0, 4, 8], by: [268, 262, 261]))
    let arena = Arena<Double>()
    let gradients = ParameterBuffer<Double>(model.parameters.list)
    func loss(_ gradients: ParameterBuffer<Double>) -> Double {
      model.gradient(of: batch, scale: 1, dropout: nil, addingTo: gradients, arena: arena)
    }
    _ = loss(gradients)
    expectDifferences(gradients, of: model, arrays: ["embedding", "decoder.0.W", "readout.R"]) {
      model.losses(of: batch, arena: arena).joined().reduce(0, +)
    }
  }

  @Test("Training does not depend on the threads, and is another than without")
  func training() throws {
    func train(threads: Int, _ probability: Double) throws -> [Float] {
      let model = GradientTests.trainable(seed: 3)
      let list = pairs([(0..<60).map { n in (0...(n % 5)).map { UInt32(261 + (n + $0) % 9) } }])
      var plan = TrainingPlan()
      plan.updates = 6
      plan.batchSize = .pairs(40)
      plan.objective.scheduledSampling = probability
      let pool = WorkerPool(threadCount: threads)
      defer { pool.close() }
      let run = TrainingRun(model, plan: plan, training: list, validation: pairs([]), pool: pool)
      try run.run(shouldStop: { false }, onUpdate: { _ in }, onRecord: { _ in })
      return Array(model.parameters.elements)
    }
    let one = try train(threads: 1, 0.9)
    #expect(one == (try train(threads: 3, 0.9)))
    #expect(one != (try train(threads: 1, 0)))
  }
}

extension AdaptiveSoftmaxTests {
  /// Pairs of which every token is below 270.
  static var headBatch: Batch { batch(1) }
}
