import Kernels
import Seq2Seq
import Testing

@Suite("Optimisers")
struct OptimizerTests {
  static let methods: [Optimizer.Method] = [
    .adam(Adam()), .adamW(AdamW()), .gradientDescent(GradientDescent()),
    .gradientDescent(GradientDescent(momentum: 0)), .adadelta(Adadelta()),
  ]

  /// Parameters of which the first begin with given values and the others at 0, and their optimiser.
  struct Setup {
    let parameters: ParameterBuffer<Float>
    let gradient: ParameterBuffer<Float>
    let optimizer: Optimizer
    let pool = WorkerPool(threadCount: 1)

    init(_ method: Optimizer.Method, start: [Float], clipNorm: Double = 0) {
      parameters = ParameterBuffer(GradientTests.trainable(seed: 1).parameters.list)
      gradient = ParameterBuffer(parameters.list)
      for (index, value) in start.enumerated() { parameters.elements[index] = value }
      var settings = Optimizer.Settings()
      settings.method = method
      settings.clipNorm = clipNorm
      optimizer = Optimizer(parameters, settings: settings)
    }

    @discardableResult
    func step(_ values: [Float], rate: Double, isLossFinite: Bool = true) -> Double {
      for (index, value) in values.enumerated() { gradient.elements[index] = value }
      return optimizer.step(
        gradient: gradient, rate: rate, isLossFinite: isLossFinite, pool: pool)
    }

    func first(_ count: Int) -> [Float] { Array(parameters.elements.prefix(count)) }
  }

  /// Made with torch.optim of PyTorch 2.13 in double precision: three steps from [0.5, −1, 2, 0]
  /// with these gradients and rates; AdamW with weight_decay 0.1, SGD with momentum 0.9 and 0,
  /// Adadelta with rho 0.95 and eps 1e-6, Adam with its defaults.
  static let fromPyTorch: [(Optimizer.Method, [Float])] = [
    (.adam(Adam()), [0.302530197, -1.001435418, 1.798903992, -0.202919558]),
    (
      .adamW(AdamW(weightDecay: 0.1)),
      [0.288612478, -0.968908314, 1.732492210, -0.202175431]
    ),
    (.gradientDescent(GradientDescent()), [0.4403, -1.0506, 1.209, -0.00063]),
    (.gradientDescent(GradientDescent(momentum: 0)), [0.515, -1.02, 1.65, -0.00045]),
    (.adadelta(Adadelta()), [0.500197689, -1.000216534, 1.999439879, -0.000415352]),
  ]

  @Test("Three steps are those of PyTorch", arguments: fromPyTorch)
  func threeSteps(method: Optimizer.Method, expected: [Float]) {
    let setup = Setup(method, start: [0.5, -1, 2, 0])
    setup.step([0.1, -0.2, 3, 0], rate: 0.1)
    setup.step([0.3, 0.4, -1, 0.001], rate: 0.05)
    setup.step([-0.2, 0.1, 0.5, 0.002], rate: 0.2)
    for (actual, expected) in zip(setup.first(4), expected) {
      #expect(abs(actual - expected) < 3e-6)
    }
    #expect(setup.parameters.elements.dropFirst(4).allSatisfy { $0 == 0 })
  }

  @Test("A gradient of too great a norm is scaled down to it")
  func clipping() {
    let setup = Setup(
      .gradientDescent(GradientDescent(momentum: 0)), start: [1, 1], clipNorm: 2)
    #expect(abs(setup.step([3, 4], rate: 0.5) - 5) < 1e-6)
    for (actual, expected) in zip(setup.first(2), [0.4, 0.2] as [Float]) {
      #expect(abs(actual - expected) < 1e-6)
    }
    #expect(abs(setup.step([0, 1], rate: 0.5) - 1) < 1e-6)
    #expect(abs(setup.first(2)[1] + 0.3) < 1e-6)
  }

  @Test("A bowl is walked down", arguments: methods)
  func quadratic(method: Optimizer.Method) {
    let (start, slopes) = ([1, -1, 0.5] as [Float], [1, 0.5, 2] as [Float])
    let setup = Setup(method, start: start)
    func height() -> Float {
      zip(slopes, setup.first(3)).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    }
    let before = height()
    // Adadelta finds its own speed, from very slow on.
    let (rate, steps) = if case .adadelta = method { (1.0, 1500) } else { (0.05, 200) }
    for _ in 0..<steps {
      setup.step(zip(slopes, setup.first(3)).map { $0 * $1 }, rate: rate)
    }
    #expect(height() < before / 100)
  }

  @Test("What is not finite changes nothing, and a reset forgets", arguments: methods)
  func resetting(method: Optimizer.Method) {
    let setup = Setup(method, start: [1, 1])
    let fresh = Setup(method, start: [1, 1])
    setup.step([0.5, -0.25], rate: 0.1)
    let before = setup.first(2)
    setup.step([.infinity, 0], rate: 0.1)
    setup.step([1, 1], rate: 0.1, isLossFinite: false)
    #expect(setup.first(2) == before)
    #expect(setup.gradient.elements.allSatisfy { $0 == 0 })
    setup.optimizer.reset()
    for (index, value) in [1, 1].enumerated() { setup.parameters.elements[index] = Float(value) }
    for _ in 0..<2 {
      setup.step([2, 0.125], rate: 0.1)
      fresh.step([2, 0.125], rate: 0.1)
    }
    #expect(setup.first(2) == fresh.first(2))
  }

  @Test("The threads do not show", arguments: methods)
  func threads(method: Optimizer.Method) {
    func result(threadCount: Int) -> [Float] {
      // More than one piece for each thread.
      let list = GradientTests.trainable(seed: 1, size: 16, vocabularySize: 10_000).parameters.list
      let (parameters, gradient) = (ParameterBuffer<Float>(list), ParameterBuffer<Float>(list))
      parameters.initialize(seed: 1)
      var settings = Optimizer.Settings()
      settings.method = method
      let optimizer = Optimizer(parameters, settings: settings)
      let pool = WorkerPool(threadCount: threadCount)
      defer { pool.close() }
      for step in 2...3 {
        gradient.initialize(seed: UInt64(step))
        _ = optimizer.step(gradient: gradient, rate: 0.1, pool: pool)
      }
      return Array(parameters.elements)
    }
    #expect(result(threadCount: 1) == result(threadCount: 3))
  }

  @Test("Training takes memory for what the optimiser keeps and no more")
  func memory() {
    func buffers(_ method: Optimizer.Method, averageDecay: Double = 0) -> Int {
      var plan = TrainingPlan()
      plan.optimizer.method = method
      plan.averageDecay = averageDecay
      return Trainer.byteCount(parameterCount: 1, plan: plan) / MemoryLayout<Float>.size
    }
    let none = buffers(.gradientDescent(GradientDescent(momentum: 0)))
    #expect(
      Self.methods.map { buffers($0) } == [none + 2, none + 2, none + 1, none, none + 2])
    #expect(buffers(.adam(Adam()), averageDecay: 0.9) == none + 4)
  }
}
