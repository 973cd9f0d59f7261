import Kernels
import Testing

/// The fused loops of cells, attention and normalisation against their plain versions.
@Suite("Kernels of layers agree with their plain versions")
struct LayerKernelTests {
  /// Some calls of kernels, on inputs of either precision.
  protocol Calls {
    /// Returns all that the kernels made.
    func results<Element: Scalar>(_ inputs: [[Element]]) -> [[Element]]
  }

  /// Compares both precisions on random inputs of these sizes.
  static func compare(_ calls: some Calls, inputs sizes: [Int]) {
    let inputs = sizes.enumerated().map { Twin($1, stream: UInt64($0 + 1)) }
    let single = calls.results(inputs.map(\.single))
    let double = calls.results(inputs.map(\.double))
    #expect(single.map(\.count) == double.map(\.count))
    for (number, pair) in zip(single, double).enumerated() {
      for (a, b) in zip(pair.0, pair.1) {
        #expect(abs(Double(a) - b) < 1e-4 * max(1, abs(b)), "result \(number)")
      }
    }
  }

  static let widths = [1, 15, 16, 33]

  struct RNN: Calls {
    func results<Element: Scalar>(_ inputs: [[Element]]) -> [[Element]] {
      var (gates, output) = (inputs[0], inputs[1])
      Element.rnnForward(count: gates.count, gates: &gates, output: &output)
      Element.rnnBackward(count: gates.count, gates: &gates, dOutput: inputs[2])
      return [output, gates]
    }
  }

  @Test("Plain recurrent network", arguments: widths)
  func rnn(width: Int) { Self.compare(RNN(), inputs: [2 * width, 2 * width, 2 * width]) }

  struct GRU: Calls {
    let (rows, extra, hidden): (Int, Int, Int)

    func results<Element: Scalar>(_ inputs: [[Element]]) -> [[Element]] {
      var (gates, candidate, output) = (inputs[0], inputs[3], inputs[4])
      Element.gruGatesForward(
        rows: rows, extra: extra, hidden: hidden, gates: &gates, sums: inputs[1],
        joint: inputs[2], candidate: &candidate)
      Element.gruOutputForward(
        rows: rows, hidden: hidden, gates: &gates, sums: inputs[5], previous: inputs[6],
        output: &output)
      let forward = [gates, candidate, output]
      var (dSums, dPrevious, dGateSums) = (inputs[5], inputs[6], inputs[1])
      Element.gruOutputBackward(
        rows: rows, hidden: hidden, gates: &gates, previous: inputs[6], dOutput: inputs[4],
        dSums: &dSums, dPrevious: &dPrevious)
      Element.gruGatesBackward(
        rows: rows, extra: extra, hidden: hidden, gates: &gates, joint: inputs[2],
        dCandidate: &candidate, dSums: &dGateSums)
      return forward + [dSums, dPrevious, dGateSums, gates, candidate]
    }
  }

  @Test("Gated recurrent unit", arguments: widths, [0, 7])
  func gru(hidden: Int, extra: Int) {
    let (rows, joint) = (3, extra + hidden)
    Self.compare(
      GRU(rows: rows, extra: extra, hidden: hidden),
      inputs: [3 * hidden, 2 * hidden, joint, joint, hidden, hidden, hidden].map { rows * $0 })
  }

  struct Scores: Calls {
    let (length, width): (Int, Int)

    func results<Element: Scalar>(_ inputs: [[Element]]) -> [[Element]] {
      let (query, keys, v, w, coverage) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4])
      var (additive, covered, dot) = (inputs[5], inputs[5], inputs[5])
      Element.additiveScores(
        length: length, attention: width, query: query, keys: keys, v: v, into: &additive)
      Element.coverageScores(
        length: length, attention: width, query: query, keys: keys, v: v, w: w,
        coverage: coverage, into: &covered)
      Element.dotScores(
        length: length, width: width, scale: 0.5, query: query, keys: keys, into: &dot)
      var (dQuery, dKeys, dV, dW, dCoverage) = (query, keys, v, w, coverage)
      Element.additiveScoresBackward(
        length: length, attention: width, query: query, keys: keys, v: v, dScores: inputs[5],
        dQuery: &dQuery, dKeys: &dKeys, dV: &dV)
      Element.coverageScoresBackward(
        length: length, attention: width, query: query, keys: keys, v: v, w: w,
        coverage: coverage, dScores: inputs[5], dQuery: &dQuery, dKeys: &dKeys, dV: &dV, dW: &dW,
        dCoverage: &dCoverage)
      Element.dotScoresBackward(
        length: length, width: width, scale: 0.5, query: query, keys: keys, dScores: inputs[5],
        dQuery: &dQuery, dKeys: &dKeys)
      return [additive, covered, dot, dQuery, dKeys, dV, dW, dCoverage]
    }
  }

  @Test("Scores of attention", arguments: widths)
  func scores(width: Int) {
    Self.compare(Scores(length: 5, width: width), inputs: [width, 5 * width, width, width, 5, 5])
  }

  struct WeightedSum: Calls {
    let (length, width): (Int, Int)

    func results<Element: Scalar>(_ inputs: [[Element]]) -> [[Element]] {
      var (weights, sum) = (inputs[0], inputs[2])
      Element.softmax(count: length, &weights)
      Element.weightedSum(
        length: length, width: width, weights: weights, states: inputs[1], into: &sum)
      var (dWeights, dStates) = (inputs[0], inputs[1])
      Element.weightedSumBackward(
        length: length, width: width, weights: weights, states: inputs[1], dSum: inputs[2],
        dWeights: &dWeights, dStates: &dStates)
      return [weights, sum, dWeights, dStates, [weights.reduce(0, +)]]
    }
  }

  @Test("Softmax and weighted sum", arguments: widths)
  func weightedSum(width: Int) {
    let calls = WeightedSum(length: 6, width: width)
    Self.compare(calls, inputs: [6, 6 * width, width])
    let total = calls.results([
      [3, 1, -2, 0, 1, 1], [Double](repeating: 1, count: 6 * width),
      [Double](repeating: 1, count: width),
    ])
    #expect(abs(total[4][0] - 1) < 1e-12)
  }

  struct Normalization: Calls {
    let (rows, columns): (Int, Int)

    func results<Element: Scalar>(_ inputs: [[Element]]) -> [[Element]] {
      var (normal, inverses, sums) = (inputs[0], inputs[1], inputs[2])
      Element.normalize(
        rows: rows, columns: columns, epsilon: 1e-5, &normal, inverseDeviations: &inverses)
      let forward = [normal, inverses]
      Element.multiplyAddRows(
        rows: rows, columns: columns, normal, factors: inputs[3], to: &sums, stride: columns + 1)
      var dGain = inputs[3]
      Element.normalizeBackward(
        rows: rows, columns: columns, dOutput: inputs[2], stride: columns + 1, gain: inputs[3],
        normal: &normal, inverseDeviations: inverses, dGain: &dGain)
      return forward + [sums, normal, dGain]
    }
  }

  @Test("Layer normalisation", arguments: [3, 16, 33])
  func normalization(columns: Int) {
    Self.compare(
      Normalization(rows: 3, columns: columns),
      inputs: [3 * columns, 3, 3 * (columns + 1), columns])
  }

  struct Maxout: Calls {
    let (rows, columns): (Int, Int)

    func results<Element: Scalar>(_ inputs: [[Element]]) -> [[Element]] {
      var (x, y) = (inputs[0], inputs[2])
      Element.maxout(rows: rows, columns: columns, &x, bias: inputs[1], into: &y)
      let forward = [x, y]
      Element.maxoutBackward(rows: rows, columns: columns, dOutput: inputs[2], &x)
      return forward + [x]
    }
  }

  @Test("Maxout", arguments: widths)
  func maxout(columns: Int) {
    Self.compare(
      Maxout(rows: 3, columns: columns), inputs: [6 * columns, 2 * columns, 3 * columns])
  }
}
