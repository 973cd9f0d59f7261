import Kernels
import Seq2Seq
import Testing

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
    // <pad>, <unk> and <s> would be the likeliest if they were not left out.
    for id in 0..<3 { model.parameters["output.b_o"][0, id] = 9 }
    let batch = AdaptiveSoftmaxGradientTests.headBatch
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
