internal import Kernels

/// Compares a model's gradient with differences of its objective, in double precision.
///
/// The model has the configuration's kinds and depths, and sizes of a few numbers.
package struct GradientCheck {
  /// What was found of one array.
  package struct ArrayResult {
    package let name: String
    /// The worst of |gradient − difference| / max(|gradient|, |difference|, 10⁻⁵).
    package let worstError: Double
    /// The largest gradient among those compared, by magnitude; 0 if none reaches the array.
    package let largestGradient: Double
  }

  private let model: Seq2Seq<Double>
  private let dropout: DropoutPlan?
  private let arena = Arena<Double>()

  /// Prepares to check models of that kind.
  ///
  /// - Parameters:
  ///   - configuration: What the model is like; its sizes are not used.
  ///   - dropout: The shares set to zero.
  ///   - seed: Decides weights and masks.
  package init(_ configuration: Configuration, dropout: DropoutRates, seed: UInt64) {
    model = Self.makeModel(configuration, seed: seed)
    self.dropout =
      dropout.isZero ? nil : DropoutPlan(rates: dropout, seed: seed, update: 1, shard: 0)
  }

  /// A small model of that kind.
  package static func makeModel(
    _ configuration: Configuration, seed: UInt64
  ) -> Seq2Seq<Double> {
    let configuration = configuration.scaledDown(
      embeddingSize: 6, hiddenSize: 8, attentionSize: 5, vocabularySize: 270)
    let parameters = ParameterBuffer<Double>(ParameterList(configuration))
    parameters.initialize(seed: seed)
    // Nothing may stay zero: a gradient that is wrong only away from zero would pass. Larger
    // weights than usual bend every tanh, and make even the faintest gradient show.
    for index in 0..<parameters.list.count {
      let value = parameters.elements[index]
      parameters.elements[index] = value == 0 ? 0.1 * Double(index % 7 - 3) : 2 * value
    }
    return Seq2Seq(configuration, parameters: parameters)
  }

  /// Pairs of unlike lengths, so that rows stop at different steps.
  package static func makeBatch() -> Batch {
    var batch = Batch()
    batch.append(source: [261, 262, 263, 264], target: [265, 266, 3])
    batch.append(source: [267], target: [261, 4, 3])
    batch.append(source: [268, 4], target: [3])
    batch.append(source: [262, 262, 269], target: [264, 263, 262, 265, 268])
    return batch
  }

  /// Compares some numbers of every array.
  ///
  /// - Parameters:
  ///   - samples: How many of each.
  ///   - change: Changes the gradients first, to see that it is noticed.
  /// - Returns: A result for each array, in the list's order.
  package func run(
    samples: Int, changing change: (ParameterBuffer<Double>) -> Void = { _ in }
  ) -> [ArrayResult] {
    let gradients = ParameterBuffer<Double>(model.parameters.list)
    _ = model.gradient(
      of: Self.makeBatch(), scale: 1, dropout: dropout, addingTo: gradients, arena: arena)
    change(gradients)
    return model.parameters.list.entries.map { entry in
      var (worst, largest) = (0.0, 0.0)
      for index in sample(entry, of: gradients, count: samples) {
        let gradient = gradients.elements[index]
        worst = max(worst, error(of: gradient, at: index))
        largest = max(largest, abs(gradient))
      }
      return ArrayResult(name: entry.name, worstError: worst, largestGradient: largest)
    }
  }

  /// Some of an array's numbers that have a gradient, and one that has none.
  private func sample(
    _ entry: ParameterDescription, of gradients: ParameterBuffer<Double>, count: Int
  ) -> [Int] {
    let all = entry.offset..<(entry.offset + entry.count)
    let reached = all.filter { gradients.elements[$0] != 0 }
    let unreached = all.first { gradients.elements[$0] == 0 }
    let step = max(1, (reached.count + count - 1) / count)
    return stride(from: 0, to: reached.count, by: step).map { reached[$0] }
      + (unreached.map { [$0] } ?? [])
  }

  /// The relative error of one number's gradient.
  ///
  /// A step may reach across a kink of maxout or of a local window, or be too long for a sharp bend;
  /// a gradient that is wrong is wrong with every step.
  private func error(of gradient: Double, at index: Int) -> Double {
    var least = Double.infinity
    let steps = [1e-3, 4e-3, 2e-4, 4e-5, 8e-6, 1e-6, 2e-3, 8e-3, 1.6e-2, 5e-4, 1e-4, 1.5e-5]
    for step in steps where !(least < 1e-7) {
      let difference = difference(index, step: step)
      let size = max(abs(gradient), abs(difference), 1e-5)
      least = min(least, abs(gradient - difference) / size)
    }
    return least
  }

  /// The slope of the objective along one parameter.
  ///
  /// Four points: their error falls with the fourth power of the step, so that a step large enough
  /// to drown rounding can be taken.
  private func difference(_ index: Int, step: Double) -> Double {
    func objective(movedBy distance: Double) -> Double {
      let value = model.parameters.elements[index]
      defer { model.parameters.elements[index] = value }
      model.parameters.elements[index] = value + distance
      return model.objective(of: Self.makeBatch(), dropout: dropout, arena: arena)
    }
    let near = objective(movedBy: step) - objective(movedBy: -step)
    let far = objective(movedBy: 2 * step) - objective(movedBy: -2 * step)
    return (8 * near - far) / (12 * step)
  }
}

extension Configuration {
  /// The same kinds and depths in other sizes.
  package func scaledDown(
    embeddingSize: Int, hiddenSize: Int, attentionSize: Int, vocabularySize: Int
  ) -> Configuration {
    var result = self
    result.embeddingSize = embeddingSize
    result.hiddenSize = hiddenSize
    result.attentionSize = attentionSize
    result.vocabularySize = vocabularySize
    if !adaptiveCutoffs.isEmpty { result.adaptiveCutoffs = [264, 267] }
    if sourceVocabularySize != nil { result.sourceVocabularySize = vocabularySize }
    result.attentionWindow = min(attentionWindow, 2)
    // As many places as the strings of the checks need, however short those to train on are cut.
    result.maximumSourceLength = 20
    return result
  }
}
