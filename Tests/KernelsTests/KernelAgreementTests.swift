import Glibc
import Kernels
import Testing

/// The fused loops of single precision against the plain Swift versions in double precision.
@Suite("Fused kernels agree with the plain ones")
struct KernelAgreementTests {
  /// Widths with and without a rest after whole vector registers.
  static let widths = [1, 7, 16, 37, 64, 130]

  @Test("One step of a long short-term memory, forward and back", arguments: widths)
  func lstm(hidden: Int) {
    let rows = 3
    var gates = Twin(rows * 4 * hidden, stream: 1, scale: 4)
    let previous = Twin(rows * hidden, stream: 2)
    var memory = Twin(rows * hidden, stream: 3)
    var output = Twin(rows * hidden, stream: 4)
    Float.lstmForward(
      rows: rows, hidden: hidden, gates: &gates.single, previousMemory: previous.single,
      memory: &memory.single, output: &output.single)
    Double.lstmForward(
      rows: rows, hidden: hidden, gates: &gates.double, previousMemory: previous.double,
      memory: &memory.double, output: &output.double)
    #expect(gates.largestDifference() < 1e-6)
    #expect(memory.largestDifference() < 2e-6)
    #expect(output.largestDifference() < 2e-6)

    let dOutput = Twin(rows * hidden, stream: 5)
    var dMemory = Twin(rows * hidden, stream: 6)
    Float.lstmBackward(
      rows: rows, hidden: hidden, gates: &gates.single, previousMemory: previous.single,
      memory: memory.single, dOutput: dOutput.single, dMemory: &dMemory.single)
    Double.lstmBackward(
      rows: rows, hidden: hidden, gates: &gates.double, previousMemory: previous.double,
      memory: memory.double, dOutput: dOutput.double, dMemory: &dMemory.double)
    #expect(gates.largestDifference() < 1e-5)
    #expect(dMemory.largestDifference() < 1e-5)
  }

  @Test("Softmax and cross-entropy, with and without gradient", arguments: widths)
  func softmax(columns: Int) {
    let rows = 2
    let bias = Twin(columns, stream: 1)
    let logits = Twin(rows * columns, stream: 2, scale: 20)
    var x = logits
    var (largest, totals) = (Twin(rows, stream: 3), Twin(rows, stream: 4))
    Float.softmaxStatistics(
      rows: rows, columns: columns, &x.single, bias: bias.single, largest: &largest.single,
      total: &totals.single)
    Double.softmaxStatistics(
      rows: rows, columns: columns, &x.double, bias: bias.double, largest: &largest.double,
      total: &totals.double)
    #expect(largest.largestDifference() < 1e-5)
    for (a, b) in zip(totals.single, totals.double) { #expect(abs(Double(a) / b - 1) < 1e-5) }
    Float.scaledSoftmax(
      rows: rows, columns: columns, &x.single, normalisers: largest.single, scale: 0.5)
    Double.scaledSoftmax(
      rows: rows, columns: columns, &x.double, normalisers: largest.double, scale: 0.5)
    #expect(x.largestDifference() < 1e-5)
    let highest = Float.largest(count: rows * columns, logits.single)
    #expect(highest == logits.single.max())
    #expect(Double(highest) == Double.largest(count: rows * columns, logits.double))
    var weights = logits
    Float.samplingWeights(
      count: rows * columns, logits.single, largest: highest, inverseTemperature: 3,
      into: &weights.single)
    Double.samplingWeights(
      count: rows * columns, logits.double, largest: Double(highest), inverseTemperature: 3,
      into: &weights.double)
    #expect(weights.largestDifference() < 1e-5)
    #expect(zip(weights.single, weights.double).allSatisfy { ($0 == 0) == ($1 == 0) })
  }

  @Test("Sums of exponentials, and logarithms", arguments: widths)
  func logarithms(count: Int) {
    let logits = Twin(count, stream: 1, scale: 20)
    let largest = Float.largest(count: count, logits.single)
    let sum = Float.sumOfExponentials(count: count, logits.single, largest: largest)
    let expected = Double.sumOfExponentials(
      count: count, logits.double, largest: Double(largest))
    #expect(abs(Double(sum) / expected - 1) < 1e-5)
    var x = Twin(count, stream: 2, scale: 1e-3)
    for place in 0..<count {
      (x.single[place], x.double[place]) = (abs(x.single[place]), abs(x.double[place]))
    }
    Float.addExponentials(
      count: count, logits.single, minus: largest, scale: 0.25, to: &x.single)
    Double.addExponentials(
      count: count, logits.double, minus: Double(largest), scale: 0.25, to: &x.double)
    #expect(x.largestDifference() < 1e-6)
    x.single[0] = 1
    x.double[0] = 1
    Float.logarithms(count: count, &x.single)
    Double.logarithms(count: count, &x.double)
    #expect(x.largestDifference() < 1e-5)
    #expect(x.single[0] == 0)
    var numbers: [Float] = [0, -1, .leastNormalMagnitude, 1e-30, 0.7071067, 0.7071068, 1.5, 3e38]
    let logarithms = numbers.map { log(Double(max($0, .leastNormalMagnitude))) }
    Float.logarithms(count: numbers.count, &numbers)
    for (number, logarithm) in zip(numbers, logarithms) {
      #expect(abs(Double(number) - logarithm) <= 2e-7 * max(1, abs(logarithm)))
    }
  }

  @Test("Bias, tanh, column sums and scaled sums", arguments: widths)
  func elementwise(columns: Int) {
    let rows = 3
    let bias = Twin(columns, stream: 1)
    var x = Twin(rows * columns, stream: 2, scale: 6)
    Float.addBias(rows: rows, columns: columns, &x.single, bias: bias.single)
    Double.addBias(rows: rows, columns: columns, &x.double, bias: bias.double)
    #expect(x.largestDifference() < 1e-6)
    Float.tanhOfSum(rows: rows, columns: columns, &x.single, bias: bias.single)
    Double.tanhOfSum(rows: rows, columns: columns, &x.double, bias: bias.double)
    #expect(x.largestDifference() < 1e-6)
    var d = Twin(rows * columns, stream: 3)
    Float.tanhBackward(count: rows * columns, output: x.single, gradient: &d.single)
    Double.tanhBackward(count: rows * columns, output: x.double, gradient: &d.double)
    #expect(d.largestDifference() < 1e-6)
    var sums = Twin(columns, stream: 4)
    Float.addColumnSums(rows: rows, columns: columns, d.single, stride: columns, to: &sums.single)
    Double.addColumnSums(rows: rows, columns: columns, d.double, stride: columns, to: &sums.double)
    #expect(sums.largestDifference() < 1e-5)
    for scale in [1.0, -0.25] {
      Float.addScaled(count: columns, Float(scale), bias.single, to: &sums.single)
      Double.addScaled(count: columns, scale, bias.double, to: &sums.double)
      #expect(sums.largestDifference() < 1e-5)
    }
    let norm = Float.squaredNorm(count: rows * columns, x.single)
    #expect(abs(norm - Double.squaredNorm(count: rows * columns, x.double)) < 1e-4)
  }

  @Test("Dropout draws the same mask, keeps its share, and scales", arguments: widths)
  func dropout(columns: Int) {
    var row = Twin(columns, stream: 1)
    let generator = Philox(key: 9, stream: 77)
    Float.dropout(
      columns: columns, &row.single, generator: generator, firstBlock: 5, threshold: 1 << 30,
      scale: 4 / 3)
    Double.dropout(
      columns: columns, &row.double, generator: generator, firstBlock: 5, threshold: 1 << 30,
      scale: 4 / 3)
    #expect(row.largestDifference() < 1e-6)
    var ones = [Double](repeating: 1, count: 100_000)
    Double.dropout(
      columns: ones.count, &ones, generator: generator, firstBlock: 0, threshold: 1 << 30,
      scale: 4 / 3)
    #expect(abs(ones.reduce(0, +) / 100_000 - 1) < 0.01)
    #expect(Set(ones).count == 2)
  }
}
