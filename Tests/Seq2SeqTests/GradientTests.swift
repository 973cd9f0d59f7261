import Kernels
import Seq2Seq
import Testing

/// The gradients of the whole model against central differences, in double precision.
@Suite("Gradients agree with central differences")
struct GradientTests {
  static let configuration = Configuration(
    vocabularySize: 270, embeddingSize: 6, hiddenSize: 8, attentionSize: 5)

  static func batch() -> Batch { GradientCheck.makeBatch() }

  static func model(_ configuration: Configuration = configuration) -> Seq2Seq<Double> {
    GradientCheck.makeModel(configuration, seed: 20_150_401)
  }

  @Test(
    "Every array of models in which all pairs of settings occur",
    arguments: ModelFamily.configurations)
  func everyArray(member: ModelFamily.Member) {
    let check = GradientCheck(member.configuration, dropout: member.dropout, seed: 20_150_401)
    let results = check.run(samples: 6)
    if ModelFamily.isWhole {
      print(results.map(\.worstError).max() ?? 0, "worst relative error:", member.testDescription)
    }
    for result in results {
      #expect(result.worstError < 1e-6, "\(result.name): \(result.worstError)")
      #expect(result.largestGradient > 1e-9, "no gradient reaches \(result.name)")
    }
  }

  /// The same model in single precision.
  static func single(_ double: Seq2Seq<Double>) -> Seq2Seq<Float> {
    let parameters = ParameterBuffer<Float>(double.parameters.list)
    for index in 0..<parameters.list.count {
      parameters.elements[index] = Float(double.parameters.elements[index])
    }
    return Seq2Seq(double.configuration, parameters: parameters)
  }

  @Test(
    "A loss does not depend on what else is in the batch", arguments: ModelFamily.configurations)
  func companionsDoNotMatter(member: ModelFamily.Member) {
    let model = Self.model(member.configuration)
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

  @Test(
    "A target scored piece by piece has the losses of the whole",
    arguments: ModelFamily.configurations, [1, 3, 9])
  func pieces(member: ModelFamily.Member, length: Int) {
    let model = Self.model(member.configuration)
    var batch = Batch()
    batch.append(source: [261, 262, 4], target: [265, 266, 267, 268, 269, 261, 3])
    let whole = model.losses(of: batch, arena: Arena())[0]
    let pieces = model.losses(ofSinglePair: batch, pieceLength: length, arena: Arena())
    #expect(pieces.count == whole.count)
    for (a, b) in zip(pieces, whole) { #expect(abs(a - b) < 1e-12) }
  }

  @Test(
    "Single precision gives the losses and gradients of double precision",
    arguments: ModelFamily.configurations)
  func singlePrecision(member: ModelFamily.Member) {
    let double = Self.model(member.configuration)
    let single = Self.single(double)
    single.packings.forEach { $0.repack() }
    let expected = double.losses(of: Self.batch(), arena: Arena())
    let actual = single.losses(of: Self.batch(), arena: Arena())
    for (a, b) in zip(expected.joined(), actual.joined()) { #expect(abs(a - b) < 1e-5) }

    let wanted = ParameterBuffer<Double>(double.parameters.list)
    let gotten = ParameterBuffer<Float>(double.parameters.list)
    let dropout = DropoutPlan(rates: member.dropout, seed: 5, update: 1, shard: 0)
    let a = double.gradient(
      of: Self.batch(), scale: 1, dropout: dropout, addingTo: wanted, arena: Arena())
    let b = single.gradient(
      of: Self.batch(), scale: 1, dropout: dropout, addingTo: gotten, arena: Arena())
    #expect(abs(a - b) < 1e-4)
    let largest = wanted.elements.reduce(0) { max($0, abs($1)) }
    for index in 0..<wanted.list.count {
      let difference = abs(wanted.elements[index] - Double(gotten.elements[index]))
      // Normalising sums that are nearly equal makes rounding errors large.
      #expect(difference < 1e-5 + 1e-4 * (abs(wanted.elements[index]) + 0.1 * largest))
    }
  }
}
