import Glibc
import Kernels
import Seq2Seq
import Testing

/// A head of 270 tokens and tails of 10 and 10, with vectors of 6, 3 and 1.
@Suite("The adaptive softmax")
struct AdaptiveSoftmaxTests {
  static let configuration = {
    var configuration = Configuration(
      vocabularySize: 290, embeddingSize: 6, hiddenSize: 4, attentionSize: 3)
    configuration.adaptiveCutoffs = [270, 280]
    configuration.adaptiveFactor = 2
    return configuration
  }()

  /// Targets in the head, in the first tail, in the second, and at every edge.
  static let targets: [UInt32] = [3, 261, 269, 270, 275, 279, 280, 289, 284, 4]

  /// No number is zero, so that a gradient that is wrong only away from zero shows.
  static func model() -> Seq2Seq<Double> {
    let parameters = ParameterBuffer<Double>(ParameterList(configuration))
    parameters.initialize(seed: 20_170_619)
    for index in 0..<parameters.list.count {
      let value = parameters.elements[index]
      parameters.elements[index] = value == 0 ? 0.1 * Double(index % 7 - 3) : 3 * value
    }
    return Seq2Seq(configuration, parameters: parameters)
  }

  static func single() -> Seq2Seq<Float> {
    let double = model()
    let parameters = ParameterBuffer<Float>(double.parameters.list)
    for index in 0..<parameters.list.count {
      parameters.elements[index] = Float(double.parameters.elements[index])
    }
    return Seq2Seq(configuration, parameters: parameters)
  }

  /// Readouts, one row for each of so many.
  static func readouts<Element: Scalar>(_ count: Int, arena: Arena<Element>) -> Matrix<Element> {
    let t = arena.matrix(count, configuration.embeddingSize)
    var generator = Philox(key: 3)
    for index in 0..<t.count { t.base[index] = Element(2 * generator.nextUnit() - 1) }
    return t
  }

  /// ln p of every token by the equations, one number at a time.
  static func written(_ t: Matrix<Double>, row: Int, _ p: ParameterBuffer<Double>) -> [Double] {
    func logSoftmax(_ x: [Double], _ weights: [Matrix<Double>], _ bias: [Matrix<Double>])
      -> [Double]
    {
      let scores = zip(weights, bias).flatMap { weights, bias in
        (0..<bias.columns).map { k in x.indices.reduce(bias[0, k]) { $0 + x[$1] * weights[k, $1] } }
      }
      let total = log(scores.reduce(0) { $0 + exp($1) })
      return scores.map { $0 - total }
    }
    let x = (0..<t.columns).map { t[row, $0] }
    let head = logSoftmax(
      x, [p["embedding"], p["output.cluster"]], [p["output.b_o"], p["output.cluster_b"]])
    return head[..<270]
      + (1...2).flatMap { tail in
        let projection = p["output.tail.\(tail).P"]
        let reduced = (0..<projection.columns).map { column in
          x.indices.reduce(0) { $0 + x[$1] * projection[$1, column] }
        }
        return logSoftmax(reduced, [p["output.tail.\(tail).O"]], [p["output.tail.\(tail).b"]])
          .map { $0 + head[269 + tail] }
      }
  }

  @Test("The arrays are those of the manual, with vectors E/Fⁱ long, never shorter than 1")
  func arrays() {
    let list = ParameterList(Self.configuration)
    let shapes = list.entries.filter { $0.name.hasPrefix("output.") }.map { ($0.name, $0.shape) }
    #expect(
      shapes.map(\.0) == [
        "output.b_o", "output.cluster", "output.cluster_b", "output.tail.1.P", "output.tail.1.O",
        "output.tail.1.b", "output.tail.2.P", "output.tail.2.O", "output.tail.2.b",
      ])
    #expect(
      shapes.map(\.1) == [[270], [2, 6], [2], [6, 3], [10, 3], [10], [6, 1], [10, 1], [10]])
    var deep = Self.configuration
    (deep.adaptiveCutoffs, deep.adaptiveFactor) = ([262, 270, 280, 289], 4)
    #expect(deep.adaptiveTails.map(\.size) == [1, 1, 1, 1])
    #expect(deep.adaptiveTails.map(\.tokenCount) == [8, 10, 9, 1])
  }

  @Test("Probabilities are those of the equations, and sum to 1")
  func probabilities() {
    let (model, arena) = (Self.model(), Arena<Double>())
    let t = Self.readouts(70, arena: arena)  // more than a chunk of the packed weights
    let logits = arena.matrix(70, 290)
    model.output.logits(t, into: logits)
    let targets = (0..<70).map { Self.targets[$0 % Self.targets.count] }
    let losses = model.output.losses(t, targets: targets, arena: arena)
    for row in [0, 3, 7, 69] {
      let expected = Self.written(t, row: row, model.parameters)
      for token in 0..<290 { #expect(abs(logits[row, token] - expected[token]) < 1e-12) }
    }
    for row in 0..<70 {
      let total = (0..<290).reduce(0) { $0 + exp(logits[row, $1]) }
      #expect(abs(total - 1) < 1e-12)
      #expect(abs(losses[row] + logits[row, Int(targets[row])]) < 1e-12)
    }
  }

  @Test(
    "Single precision and packed weights give the losses and probabilities of double precision",
    arguments: [nil, PackingUse.training, .decoding, .int8])
  func singlePrecision(use: PackingUse?) {
    let (double, single) = (Self.model(), Self.single())
    if let use { single.output.pack(for: use) }
    let tolerance: Double = use == .int8 ? 0.05 : 1e-5
    let (a, b) = (Arena<Double>(), Arena<Float>())
    let (expected, actual) = (a.matrix(10, 290), b.matrix(10, 290))
    double.output.logits(Self.readouts(10, arena: a), into: expected)
    single.output.logits(Self.readouts(10, arena: b), into: actual)
    let losses = single.output.losses(
      Self.readouts(10, arena: b), targets: Self.targets, arena: b)
    for row in 0..<10 {
      for token in 0..<290 {
        #expect(abs(Double(actual[row, token]) - expected[row, token]) < tolerance)
      }
      #expect(abs(losses[row] + expected[row, Int(Self.targets[row])]) < tolerance)
    }
  }

  @Test("With the frequencies as biases, a model starts near the unigram loss", arguments: [0, 2])
  func start(tailCount: Int) {
    var configuration = Self.configuration
    configuration.adaptiveCutoffs = Array(configuration.adaptiveCutoffs.prefix(tailCount))
    let parameters = ParameterBuffer<Float>(ParameterList(configuration))
    parameters.initialize(seed: 5)
    let list = pairs([(0..<60).map { n in [UInt32(261 + n % 3), 285, UInt32(272 + n % 2)] }])
    let baselines = Baselines(countedOn: list, vocabularySize: 290)
    parameters.setOutputBiases(baselines.unigram.logProbabilities)
    let evaluation = Evaluation(
      of: Seq2Seq(configuration, parameters: parameters), on: list,
      pool: WorkerPool(threadCount: 1), arenas: [Arena()], maximumSourceLength: 10)
    #expect(abs(evaluation.loss / baselines.losses(on: list).unigram - 1) < 0.05)
    // Without the readout it is the unigram model.
    let arena = Arena<Float>()
    let logits = arena.matrix(1, 290)
    OutputLayer(parameters).logits(arena.zeros(1, 6), into: logits)
    for (id, expected) in baselines.unigram.logProbabilities.enumerated() {
      #expect(abs(Double(logits[0, id]) - expected) < 1e-4)
    }
  }

  @Test("A text written step by step has the probability that training gives it")
  func decoding() {
    let model = Self.single()
    model.packingTasks(for: .decoding).forEach { $0() }
    let decoder = SentenceDecoder(model, textCount: 2)
    decoder.start([0, 1], sources: [RollingSource([271, 262]), RollingSource([285])])
    let losses = Self.single().losses(of: AdaptiveSoftmaxGradientTests.batch(0), arena: Arena())
    for (step, previous) in [2, 265, 270].enumerated() {
      let logits = decoder.step([0, 1], tokens: [UInt32(previous), [2, 279, 4][step]])
      let tokens = [[265, 270, 289][step], [279, 4, 3][step]]
      for text in 0..<2 {
        #expect(abs(Double(logits[text, tokens[text]]) + losses[text][step]) < 1e-5)
      }
    }
  }

  @Test(
    "A model file gives back the cutoffs and the numbers, and refuses cutoffs that no model has")
  func file() throws {
    let model = Self.single()
    let bytes = try ModelFileTests.serialized(model)
    let file = try ModelFileTests.load(bytes)
    var configuration = Self.configuration
    configuration.maximumSourceLength = file.metadata.maximumLength
    #expect(file.metadata.configuration == configuration)
    #expect(Array(file.parameters.elements) == Array(model.parameters.elements))
    let header = String(decoding: bytes.prefix(20_000), as: UTF8.self)
    #expect(header.contains(#""adaptive_softmax_cutoff":"270,280""#))
    #expect(header.contains(#""adaptive_softmax_factor":"2""#))
    for (cutoffs, factor) in [([280, 270], 2), ([270, 290], 2), ([261, 280], 2), ([270], 0)] {
      var metadata = file.metadata
      metadata.configuration.adaptiveCutoffs = cutoffs
      metadata.configuration.adaptiveFactor = factor
      var damaged: [UInt8] = []
      try ModelFile(metadata: metadata, parameters: model.parameters)
        .serialize { damaged.append(contentsOf: $0) }
      let error = #expect(throws: ModelFileError.self) { try ModelFileTests.load(damaged) }
      #expect(error?.description.contains("no usable 'adaptive_softmax_") == true)
    }
  }
}
