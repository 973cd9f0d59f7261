import Kernels
import Seq2Seq
import Testing

@Suite("The adaptive softmax in training")
struct AdaptiveSoftmaxGradientTests {
  /// Pairs whose targets are in the head and in the tails, or in some of them only.
  static let batches: [[[UInt32]]] = [
    [[271, 262], [265, 270, 289, 3], [285], [279, 4, 3], [268, 4], [281, 3]],
    [[261, 262], [265, 266, 3]],  // no target in a tail
    [[271, 262], [265, 284, 280, 3], [285], [3]],  // none in the first
  ]

  static func batch(_ number: Int) -> Batch {
    var batch = Batch()
    for index in stride(from: 0, to: batches[number].count, by: 2) {
      batch.append(source: batches[number][index], target: batches[number][index + 1])
    }
    return batch
  }

  @Test("Gradients agree with central differences of the scored loss", arguments: [0, 1, 2])
  func gradients(number: Int) {
    let (model, arena) = (AdaptiveSoftmaxTests.model(), Arena<Double>())
    let gradients = ParameterBuffer<Double>(model.parameters.list)
    let loss = model.gradient(
      of: Self.batch(number), scale: 1, dropout: nil, addingTo: gradients, arena: arena)
    func scored() -> Double {
      model.losses(of: Self.batch(number), arena: arena).joined().reduce(0, +)
    }
    #expect(abs(loss - scored()) < 1e-10)
    let tails = [["output.tail.1", "output.tail.2"], [], ["output.tail.2"]][number]
    expectDifferences(
      gradients, of: model,
      arrays: ["embedding", "readout", "output.b_o", "output.cluster"] + tails, of: scored)
    for name in ["output.tail.1", "output.tail.2"] where !tails.contains(name) {
      for array in ["P", "O", "b"] {
        let gradient = gradients["\(name).\(array)"]
        #expect((0..<gradient.count).allSatisfy { gradient.base[$0] == 0 }, "\(name).\(array)")
      }
    }
  }

  @Test("Single precision has the gradients of double precision, for any number of threads")
  func threads() {
    let (double, single) = (AdaptiveSoftmaxTests.model(), AdaptiveSoftmaxTests.single())
    single.packings.forEach { $0.repack() }
    let shards = [Self.batch(0), Self.batch(2), Self.batch(1)]
    func gradients<Element: Scalar>(
      _ model: Seq2Seq<Element>, threads: Int
    ) -> (BatchLoss, [Element]) {
      let gradients = ParameterBuffer<Element>(model.parameters.list)
      let pool = WorkerPool(threadCount: threads)
      defer { pool.close() }
      let loss = BatchGradient(model, pool: pool).add(
        shards, scale: 1, dropouts: [nil, nil, nil], to: gradients)
      return (loss, Array(gradients.elements))
    }
    let (expected, wanted) = gradients(double, threads: 1)
    let (actual, gotten) = gradients(single, threads: 1)
    #expect(abs(expected.nats - actual.nats) < 1e-4)
    #expect(abs(expected.objective - expected.nats) < 1e-10)
    for (a, b) in zip(wanted, gotten) { #expect(abs(a - Double(b)) < 1e-5 + 1e-4 * abs(a)) }
    for threads in [2, 3] {
      let (loss, other) = gradients(single, threads: threads)
      #expect(loss == actual && other == gotten)
    }
  }

  @Test("Many rows in many chunks have the losses of a few", arguments: [1, 2])
  func manyRows(threads: Int) {
    let (model, arena) = (AdaptiveSoftmaxTests.model(), Arena<Double>())
    let (count, pool) = (1100, WorkerPool(threadCount: threads))
    defer { pool.close() }
    let t = AdaptiveSoftmaxTests.readouts(count, arena: arena)
    let targets = (0..<count).map { UInt32($0 * 97 % 290) }
    let dT = arena.matrix(count, 6)
    let trained = model.output.lossesAndGradient(
      t, targets: targets, scale: 0.5, into: dT,
      gradients: ParameterBuffer(model.parameters.list), arena: arena, pool: pool)
    let scored = model.output.losses(t, targets: targets, arena: arena)
    for (a, b) in zip(trained.nats, scored) { #expect(abs(a - b) < 1e-12) }
    // One row's gradient by differences, in a tail and in the head.
    for row in targets.indices.filter({ [5, 288].contains(targets[$0]) }).prefix(4) {
      for column in 0..<6 {
        func loss(_ step: Double) -> Double {
          let value = t[row, column]
          defer { t[row, column] = value }
          t[row, column] += step
          return model.output.losses(
            t.rows(row, count: 1), targets: [targets[row]], arena: arena)[0]
        }
        let difference = (loss(1e-5) - loss(-1e-5)) / 2e-5
        #expect(abs(dT[row, column] - 0.5 * difference) < 1e-8)
      }
    }
  }

  /// Pairs of which every token is below 270.
  static var headBatch: Batch { batch(1) }
}
