import Kernels
import Testing

extension KernelAgreementTests {
  @Test("Adam", arguments: widths)
  func adam(count: Int) {
    var parameters = Twin(count, stream: 1)
    var mean = Twin(count, stream: 2, scale: 0.1)
    var variance = Twin(count, stream: 3, scale: 0)
    for number in 1...3 {
      var gradient = Twin(count, stream: UInt64(10 + number))
      let step = AdamStep(rate: 0.01, number: number)
      Float.adam(
        count: count, parameters: &parameters.single, gradient: &gradient.single,
        mean: &mean.single, variance: &variance.single, scale: 0.5, step: step)
      Double.adam(
        count: count, parameters: &parameters.double, gradient: &gradient.double,
        mean: &mean.double, variance: &variance.double, scale: 0.5, step: step)
      #expect(gradient.single.allSatisfy { $0 == 0 })
    }
    #expect(parameters.largestDifference() < 2e-5)
    #expect(mean.largestDifference() < 1e-6)
    #expect(variance.largestDifference() < 1e-6)
  }

  @Test("The first step of Adam moves every parameter by the rate, against the gradient")
  func firstAdamStep() {
    var (parameters, gradient) = ([1.0, 1.0, 1.0], [3.0, -0.002, 40.0])
    var (mean, variance) = ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0])
    Double.adam(
      count: 3, parameters: &parameters, gradient: &gradient, mean: &mean, variance: &variance,
      scale: 1, step: AdamStep(rate: 0.1, number: 1))
    for (actual, expected) in zip(parameters, [0.9, 1.1, 0.9]) {
      #expect(abs(actual - expected) < 1e-5)
    }
  }

  @Test("Adam with decoupled decay", arguments: widths)
  func adamW(count: Int) {
    var parameters = Twin(count, stream: 1)
    var mean = Twin(count, stream: 2, scale: 0.1)
    var variance = Twin(count, stream: 3, scale: 0)
    for number in 1...3 {
      var gradient = Twin(count, stream: UInt64(10 + number))
      let step = AdamStep(rate: 0.01, number: number)
      Float.adamW(
        count: count, parameters: &parameters.single, gradient: &gradient.single,
        mean: &mean.single, variance: &variance.single, scale: 0.5, step: step, shrinkage: 0.75)
      Double.adamW(
        count: count, parameters: &parameters.double, gradient: &gradient.double,
        mean: &mean.double, variance: &variance.double, scale: 0.5, step: step, shrinkage: 0.75)
      #expect(gradient.single.allSatisfy { $0 == 0 })
    }
    #expect(parameters.largestDifference() < 2e-5)
    #expect(mean.largestDifference() < 1e-6)
    #expect(variance.largestDifference() < 1e-6)
  }

  @Test("Gradient descent with and without momentum", arguments: widths)
  func gradientDescent(count: Int) {
    var parameters = Twin(count, stream: 1)
    var velocity = Twin(count, stream: 2)
    for number in 1...3 {
      var gradient = Twin(count, stream: UInt64(10 + number))
      Float.momentum(
        count: count, parameters: &parameters.single, gradient: &gradient.single,
        velocity: &velocity.single, scale: 0.5, momentum: 0.75, rate: 0.125)
      Double.momentum(
        count: count, parameters: &parameters.double, gradient: &gradient.double,
        velocity: &velocity.double, scale: 0.5, momentum: 0.75, rate: 0.125)
      #expect(gradient.single.allSatisfy { $0 == 0 })
      gradient = Twin(count, stream: UInt64(20 + number))
      Float.descend(
        count: count, parameters: &parameters.single, gradient: &gradient.single, scale: 0.5,
        rate: 0.25)
      Double.descend(
        count: count, parameters: &parameters.double, gradient: &gradient.double, scale: 0.5,
        rate: 0.25)
      #expect(gradient.single.allSatisfy { $0 == 0 })
    }
    #expect(parameters.largestDifference() < 2e-6)
    #expect(velocity.largestDifference() < 2e-6)
  }

  @Test("Adadelta", arguments: widths)
  func adadelta(count: Int) {
    var parameters = Twin(count, stream: 1)
    var squaredGradient = Twin(count, stream: 2, scale: 0)
    var squaredMove = Twin(count, stream: 3, scale: 0)
    for number in 1...3 {
      var gradient = Twin(count, stream: UInt64(10 + number))
      Float.adadelta(
        count: count, parameters: &parameters.single, gradient: &gradient.single,
        squaredGradient: &squaredGradient.single, squaredMove: &squaredMove.single, scale: 0.5,
        rho: 0.75, epsilon: 0.001, rate: 2)
      Double.adadelta(
        count: count, parameters: &parameters.double, gradient: &gradient.double,
        squaredGradient: &squaredGradient.double, squaredMove: &squaredMove.double, scale: 0.5,
        rho: 0.75, epsilon: Double(Float(0.001)), rate: 2)
      #expect(gradient.single.allSatisfy { $0 == 0 })
    }
    #expect(parameters.largestDifference() < 2e-6)
    #expect(squaredGradient.largestDifference() < 1e-6)
    #expect(squaredMove.largestDifference() < 1e-6)
  }

  @Test("A moving average", arguments: widths)
  func average(count: Int) {
    var average = Twin(count, stream: 1)
    for number in 2...4 {
      let x = Twin(count, stream: UInt64(number))
      Float.average(count: count, weight: 0.125, x.single, into: &average.single)
      Double.average(count: count, weight: 0.125, x.double, into: &average.double)
    }
    #expect(average.largestDifference() < 1e-6)
    var one = [1.0]
    Double.average(count: 1, weight: 0.25, [5], into: &one)
    #expect(one == [2])
  }
}
