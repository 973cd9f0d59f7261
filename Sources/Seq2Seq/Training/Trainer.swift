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
    /// False when the gradient was not finite, so nothing was changed.
    package var isApplied: Bool
  }

  package let model: Seq2Seq<Float>
  private let pool: WorkerPool
  private let optimizer: Optimizer
  private let dropoutRate: Double
  private let objective: Objective
  private let seed: UInt64
  private let gradient: ParameterBuffer<Float>
  private let batchGradient: BatchGradient<Float>
  private let arenas: [Arena<Float>]
  private var updateCount = 0

  /// Prepares to train.
  ///
  /// - Parameters:
  ///   - model: The model, whose parameters change.
  ///   - dropoutRate: The share of activations set to zero.
  ///   - seed: Decides the dropout.
  ///   - settings: The optimiser's.
  ///   - objective: What is made small.
  ///   - pool: Who does the work.
  package init(
    _ model: Seq2Seq<Float>, dropoutRate: Double, seed: UInt64,
    settings: Optimizer.Settings, objective: Objective = Objective(), pool: WorkerPool
  ) {
    self.model = model
    self.pool = pool
    self.dropoutRate = dropoutRate
    self.objective = objective
    self.seed = seed
    optimizer = Optimizer(model.parameters, settings: settings)
    gradient = ParameterBuffer(model.parameters.list)
    batchGradient = BatchGradient(
      model, pool: pool, labelSmoothing: objective.labelSmoothing)
    arenas = (0..<pool.threadCount).map { _ in Arena() }
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
  package static func byteCount(parameterCount: Int) -> Int {
    // The parameters, the best ones, the gradient, two moments, and the packed copies both ways.
    parameterCount * MemoryLayout<Float>.size * 7
  }

  /// Does one update on the given pairs.
  ///
  /// - Parameters:
  ///   - numbers: Which pairs.
  ///   - pairs: The list that has them.
  ///   - rate: The learning rate.
  ///   - progress: The share of the run that is done, for scheduled sampling.
  /// - Returns: What it cost and did.
  package func update(
    _ numbers: [Int], of pairs: PairList, rate: Double, progress: Double = 0
  ) -> Report {
    updateCount += 1
    let shards = Self.divide(numbers, of: pairs, into: Self.shardCount(pairCount: numbers.count))
    let tokenCount = shards.reduce(0) { $0 + $1.tokenCount }
    let dropouts = shards.indices.map { shard in
      dropoutRate > 0
        ? DropoutPlan(rate: dropoutRate, seed: seed, update: updateCount, shard: shard) : nil
    }
    let loss = batchGradient.add(
      shards, scale: 1 / Float(tokenCount), dropouts: dropouts,
      samplings: samplings(progress: progress, shardCount: shards.count), to: gradient)
    let norm = optimizer.step(gradient: gradient, rate: rate, pool: pool)
    repack()
    return Report(
      loss: loss.nats, tokenCount: tokenCount, gradientNorm: norm,
      isApplied: norm.isFinite)
  }

  /// The predictions that the shards are fed at this point of the run; none where it costs nothing.
  private func samplings(progress: Double, shardCount: Int) -> [ScheduledSampling] {
    let probability = objective.scheduledSampling * progress
    guard probability > 0 else { return [] }
    return (0..<shardCount).map {
      ScheduledSampling(probability: probability, seed: seed, update: updateCount, shard: $0)
    }
  }

  /// Computes the mean loss of all target tokens of a list, without dropout.
  package func evaluate(_ pairs: PairList, maximumSourceLength: Int) -> Evaluation {
    Evaluation(
      of: model, on: pairs, pool: pool, arenas: arenas, maximumSourceLength: maximumSourceLength)
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
