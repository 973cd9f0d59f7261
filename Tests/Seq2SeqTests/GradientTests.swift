import Kernels
import Seq2Seq
import Testing

/// The gradients of the whole model against central differences, in double precision.
@Suite("Gradients agree with central differences")
struct GradientTests {
  static let configuration = Configuration(
    vocabularySize: 270, embeddingSize: 6, hiddenSize: 8, attentionSize: 5)

  /// Pairs of unlike lengths, so that rows stop at different steps.
  static func batch() -> Batch {
    var batch = Batch()
    batch.append(source: [261, 262, 263, 264], target: [265, 266, 3])
    batch.append(source: [267], target: [261, 4, 3])
    batch.append(source: [268, 4], target: [3])
    batch.append(source: [262, 262, 269], target: [264, 263, 262, 265, 268])
    return batch
  }

  static func model(seed: UInt64 = 20_150_401) -> Seq2Seq<Double> {
    let parameters = ParameterBuffer<Double>(ParameterList(configuration))
    parameters.initialize(seed: seed)
    // Nothing may stay zero: a gradient that is wrong only away from zero would pass.
    // Three times the usual size bends every tanh, and makes even the faintest gradient show.
    for index in 0..<parameters.list.count {
      let value = parameters.elements[index]
      parameters.elements[index] = value == 0 ? 0.1 * Double(index % 7 - 3) : 3 * value
    }
    return Seq2Seq(configuration, parameters: parameters)
  }

  @Test("Every array, with and without dropout", arguments: [0.0, 0.3])
  func everyArray(dropoutRate: Double) {
    let model = Self.model()
    let arena = Arena<Double>()
    let gradients = ParameterBuffer<Double>(model.parameters.list)
    let dropout =
      dropoutRate > 0 ? DropoutPlan(rate: dropoutRate, seed: 5, update: 1, shard: 0) : nil
    func loss() -> Double {
      let unused = ParameterBuffer<Double>(model.parameters.list)
      return model.gradient(
        of: Self.batch(), scale: 1, dropout: dropout, addingTo: unused, arena: arena)
    }
    _ = model.gradient(
      of: Self.batch(), scale: 1, dropout: dropout, addingTo: gradients, arena: arena)

    /// The loss with one parameter moved.
    func loss(moving index: Int, by step: Double) -> Double {
      let value = model.parameters.elements[index]
      defer { model.parameters.elements[index] = value }
      model.parameters.elements[index] = value + step
      return loss()
    }
    // Four points: their error falls with the fourth power of the step, so that a step large enough
    // to drown rounding can be taken.
    let step = 1e-3
    for entry in model.parameters.list.entries {
      let checked = Swift.stride(from: 0, to: entry.count, by: max(1, entry.count / 24))
      var largest = 0.0
      for index in checked.map({ entry.offset + $0 }) {
        let near = loss(moving: index, by: step) - loss(moving: index, by: -step)
        let far = loss(moving: index, by: 2 * step) - loss(moving: index, by: -2 * step)
        let difference = (8 * near - far) / (12 * step)
        let gradient = gradients.elements[index]
        let error = abs(gradient - difference) / max(abs(gradient), abs(difference), 1e-5)
        #expect(error < 1e-6, "\(entry.name)[\(index - entry.offset)]")
        largest = max(largest, abs(gradient))
      }
      #expect(largest > 1e-6, "no gradient reaches \(entry.name)")
    }
  }

  @Test("A loss does not depend on what else is in the batch")
  func companionsDoNotMatter() {
    let model = Self.model()
    let arena = Arena<Double>()
    let whole = Self.batch()
    let together = model.losses(of: whole, arena: arena)
    #expect(together.map(\.count) == whole.targets.lengths)
    for number in 0..<whole.count {
      var single = Batch()
      single.append(source: whole.sources[number], target: whole.targets[number])
      let alone = model.losses(of: single, arena: arena)[0]
      for (a, b) in zip(together[number], alone) { #expect(abs(a - b) < 1e-12) }
    }
  }

  @Test("A target scored piece by piece has the losses of the whole", arguments: [1, 2, 3, 9])
  func pieces(length: Int) {
    let model = Self.model()
    var batch = Batch()
    batch.append(source: [261, 262, 4], target: [265, 266, 267, 268, 269, 261, 3])
    let whole = model.losses(of: batch, arena: Arena())[0]
    let pieces = model.losses(ofSinglePair: batch, pieceLength: length, arena: Arena())
    #expect(pieces.count == whole.count)
    for (a, b) in zip(pieces, whole) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("Single precision gives the losses of double precision")
  func singlePrecision() {
    let double = Self.model()
    let parameters = ParameterBuffer<Float>(double.parameters.list)
    for index in 0..<parameters.list.count {
      parameters.elements[index] = Float(double.parameters.elements[index])
    }
    let single = Seq2Seq(Self.configuration, parameters: parameters)
    single.packings.forEach { $0.repack() }
    let expected = double.losses(of: Self.batch(), arena: Arena())
    let actual = single.losses(of: Self.batch(), arena: Arena())
    for (a, b) in zip(expected.joined(), actual.joined()) { #expect(abs(a - b) < 1e-5) }

    let wanted = ParameterBuffer<Double>(double.parameters.list)
    let gotten = ParameterBuffer<Float>(double.parameters.list)
    let dropout = DropoutPlan(rate: 0.3, seed: 5, update: 1, shard: 0)
    let a = double.gradient(
      of: Self.batch(), scale: 1, dropout: dropout, addingTo: wanted, arena: Arena())
    let b = single.gradient(
      of: Self.batch(), scale: 1, dropout: dropout, addingTo: gotten, arena: Arena())
    #expect(abs(a - b) < 1e-4)
    for index in 0..<wanted.list.count {
      let difference = abs(wanted.elements[index] - Double(gotten.elements[index]))
      #expect(difference < 1e-5 + 1e-4 * abs(wanted.elements[index]))
    }
  }
}
