import Kernels
import Seq2Seq
import Testing

/// A vocabulary of several pieces, of which no two need be alike, and rows of several chunks.
@Suite("The output layer")
struct OutputLayerTests {
  static let size = 1203
  static let rows = 530

  /// Some readouts and targets, and what a softmax written out makes of them.
  struct Case {
    let parameters = ParameterBuffer<Double>(
      ParameterList(
        Configuration(vocabularySize: size, embeddingSize: 4, hiddenSize: 2, attentionSize: 2)))
    let arena = Arena<Double>()
    let t: Matrix<Double>
    let targets: [UInt32]

    init() {
      parameters.initialize(seed: 7)
      var generator = Philox(key: 7)
      for index in 0..<size { parameters["output.b_o"][0, index] = generator.nextUnit() }
      t = arena.matrix(rows, 4)
      for index in 0..<t.count { t.base[index] = 20 * generator.nextUnit() - 10 }
      targets = (0..<rows).map { UInt32($0 * 997 % size) }
    }

    func probabilities(_ row: Int) -> [Double] {
      let (table, bias) = (parameters["embedding"], parameters["output.b_o"])
      let weights = (0..<size).map { token in
        Double.exponential(
          (0..<4).reduce(bias[0, token]) { $0 + t[row, $1] * table[token, $1] })
      }
      let total = weights.reduce(0, +)
      return weights.map { $0 / total }
    }
  }

  @Test("Scoring and training have the losses of a softmax written out", arguments: [1, 2])
  func losses(threads: Int) {
    let example = Case()
    let layer = OutputLayer(example.parameters)
    let scored = layer.losses(example.t, targets: example.targets, arena: Arena())
    let pool = WorkerPool(threadCount: threads)
    defer { pool.close() }
    let gradients = ParameterBuffer<Double>(example.parameters.list)
    let dT = example.arena.matrix(Self.rows, 4)
    let trained = layer.lossesAndGradient(
      example.t, targets: example.targets, scale: 0.5, into: dT, gradients: gradients,
      arena: Arena(), pool: pool)
    var dTable = [Double](repeating: 0, count: 4)  // of the first row's target
    let (token, table) = (Int(example.targets[0]), example.parameters["embedding"])
    for row in 0..<Self.rows {
      let p = example.probabilities(row)
      let target = Int(example.targets[row])
      let expected = -Double.logarithm(p[target])
      #expect(abs(scored[row] - expected) < 1e-10)
      #expect(abs(trained.nats[row] - expected) < 1e-10)
      for column in 0..<4 {
        let mean = (0..<Self.size).reduce(0) { $0 + p[$1] * table[$1, column] }
        #expect(abs(dT[row, column] - 0.5 * (mean - table[target, column])) < 1e-12)
        dTable[column] += 0.5 * (p[token] - (target == token ? 1 : 0)) * example.t[row, column]
      }
    }
    for column in 0..<4 {
      #expect(abs(gradients["embedding"][token, column] - dTable[column]) < 1e-10)
    }
  }
}
