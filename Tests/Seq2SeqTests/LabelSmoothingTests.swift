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
      [GradientTests.batch(), AdaptiveSoftmaxGradientTests.headBatch], scale: 1,
      dropouts: [nil, nil],
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
