package import Kernels

/// Changes a model's parameters, one batch of pairs at a time.
///
/// A batch is divided into shards whose number depends on its size alone, and ``BatchGradient`` adds
/// up in an order that depends on them alone. So a run gives the same bytes for any number of
/// threads.
package final class Trainer {
  /// What one update cost and did.
  package struct Report: Sendable {
    /// Sum of −ln p over the batch's target tokens, in nats, with dropout.
    package var loss: Double
    package var tokenCount: Int
    /// Of the gradient, before clipping.
    package var gradientNorm: Double
    /// False when the loss or the gradient was not finite, so nothing was changed.
    package var isApplied: Bool
  }

  package let model: Seq2Seq<Float>
  private let pool: WorkerPool
  private let optimizer: Optimizer
  private let dropout: DropoutRates
  private let objective: Objective
  private let seed: UInt64
  private let gradient: ParameterBuffer<Float>
  private let batchGradient: BatchGradient<Float>
  private let arenas: [Arena<Float>]
  private let average: WeightAverage?
  private var batchCount = 0

  /// Prepares to train.
  ///
  /// - Parameters:
  ///   - model: The model, whose parameters change.
  ///   - dropout: The shares of numbers set to zero.
  ///   - seed: Decides the dropout.
  ///   - settings: The optimiser's.
  ///   - objective: What is made small.
  ///   - averageDecay: The decay of the moving average of the parameters; 0 for none.
  ///   - pool: Who does the work.
  package init(
    _ model: Seq2Seq<Float>, dropout: DropoutRates, seed: UInt64,
    settings: Optimizer.Settings, objective: Objective = Objective(), averageDecay: Double = 0,
    pool: WorkerPool
  ) {
    self.model = model
    self.pool = pool
    self.dropout = dropout
    self.objective = objective
    self.seed = seed
    optimizer = Optimizer(model.parameters, settings: settings)
    gradient = ParameterBuffer(model.parameters.list)
    batchGradient = BatchGradient(
      model, pool: pool, labelSmoothing: objective.labelSmoothing)
    arenas = (0..<pool.threadCount).map { _ in Arena() }
    average = averageDecay > 0 ? WeightAverage(of: model, decay: averageDecay) : nil
    repack()
  }

  /// Takes over parameters that were changed from outside.
  package func repack() { model.repack(on: pool) }

  /// Shards of 16 pairs keep a product near its full speed; at least two, so that two threads have
  /// work.
  private static func shardCount(pairCount: Int) -> Int {
    min(pairCount, max(2, pairCount / 16))
  }

  /// Blocks of memory taken from the system for the activations so far.
  package var allocationCount: Int { batchGradient.allocationCount }

  /// Memory that training takes beside the activations of a batch, in bytes.
  package static func byteCount(parameterCount: Int, plan: TrainingPlan) -> Int {
    // The parameters, the best and the last good ones, the gradient, the packed copies both ways;
    // the average, and its packed copies one way.
    let buffers =
      6 + plan.optimizer.method.rule.momentCount + (plan.averageDecay > 0 ? 2 : 0)
    return parameterCount * MemoryLayout<Float>.size * buffers
  }

  /// Does one update on the given pairs.
  package func update(
    _ numbers: [Int], of pairs: PairList, rate: Double, progress: Double = 0
  ) -> Report {
    update([numbers], of: pairs, rate: rate, progress: progress)
  }

  /// Does one update on the mean loss of several batches, which take the memory of one.
  ///
  /// The mean is that of the tokens of all of them, or of their sentences.
  ///
  /// - Parameters:
  ///   - batches: Which pairs.
  ///   - pairs: The list that has them.
  ///   - rate: The learning rate.
  ///   - progress: The share of the run that is done, for scheduled sampling.
  /// - Returns: What it cost and did.
  package func update(
    _ batches: some Collection<[Int]>, of pairs: PairList, rate: Double, progress: Double = 0
  ) -> Report {
    let tokenCount = batches.joined().reduce(0) { $0 + pairs.targetTokenCount(of: $1) }
    let divisor = objective.isSentenceAverage ? batches.joined().count : tokenCount
    let loss = batches.reduce(0.0) {
      $0 + addGradient(of: $1, in: pairs, scale: 1 / Float(divisor), progress: progress)
    }
    let norm = optimizer.step(
      gradient: gradient, rate: rate, isLossFinite: loss.isFinite, pool: pool)
    let isApplied = loss.isFinite && norm.isFinite
    if isApplied {
      repack()
      average?.add(model.parameters, pool: pool)
    }
    return Report(
      loss: loss, tokenCount: tokenCount, gradientNorm: norm, isApplied: isApplied)
  }

  /// Adds the gradient of one batch times `scale`, and returns the sum of its losses.
  private func addGradient(
    of numbers: [Int], in pairs: PairList, scale: Float, progress: Double
  ) -> Double {
    batchCount += 1
    let shards = Self.divide(numbers, of: pairs, into: Self.shardCount(pairCount: numbers.count))
    let dropouts = shards.indices.map { shard in
      dropout.isZero
        ? nil : DropoutPlan(rates: dropout, seed: seed, update: batchCount, shard: shard)
    }
    return batchGradient.add(
      shards, scale: scale, dropouts: dropouts,
      samplings: samplings(progress: progress, shardCount: shards.count), to: gradient
    ).nats
  }

  /// The parameters that are judged: their average, where there is one.
  package var judgedParameters: ParameterBuffer<Float> {
    average?.model.parameters ?? model.parameters
  }

  /// Whether no parameter, and none of their averages, is infinite or not a number.
  package var areParametersFinite: Bool {
    model.parameters.squaredNorm(on: pool).isFinite
      && average?.model.parameters.squaredNorm(on: pool).isFinite != false
  }

  /// The predictions that the shards are fed at this point of the run; none where it costs nothing.
  private func samplings(progress: Double, shardCount: Int) -> [ScheduledSampling] {
    let probability = objective.scheduledSampling * progress
    guard probability > 0 else { return [] }
    return (0..<shardCount).map {
      ScheduledSampling(probability: probability, seed: seed, update: batchCount, shard: $0)
    }
  }

  /// Computes the mean loss of all target tokens of a list, without dropout.
  package func evaluate(_ pairs: PairList, maximumSourceLength: Int) -> Evaluation {
    average?.pack(on: pool)
    return Evaluation(
      of: average?.model ?? model, on: pairs, pool: pool, arenas: arenas,
      maximumSourceLength: maximumSourceLength)
  }

  /// Goes on from other parameters, as if no update had been done.
  package func restart(from parameters: ParameterBuffer<Float>) {
    model.parameters.copy(from: parameters)
    optimizer.reset()
    average?.restart(from: parameters)
    repack()
  }

  /// Deals pairs out to shards, the longest first, so that all have about as much work.
  private static func divide(
    _ numbers: [Int], of pairs: PairList, into count: Int
  ) -> [Batch] {
    let order = numbers.sorted {
      (-pairs.targetTokenCount(of: $0), $0) < (-pairs.targetTokenCount(of: $1), $1)
    }
    let used = min(count, order.count)
    return (0..<used).map { shard in
      var batch = Batch()
      for place in stride(from: shard, to: order.count, by: used) {
        pairs.append(pair: order[place], to: &batch)
      }
      return batch
    }
  }
}
