package import Kernels

/// Computes the gradient of a batch that is divided into shards.
///
/// Four passes, one after the other, each shared out among the threads:
///
/// 1. every shard forward, up to the readout;
/// 2. the output layer and the loss, for the rows of all shards together;
/// 3. every shard back, down to the embeddings;
/// 4. the weights' gradients, each from the rows of all shards.
///
/// The order of every sum is fixed by the batch, so the result does not depend on the threads.
package final class BatchGradient<Element: Scalar> {
  private let model: Seq2Seq<Element>
  private let pool: WorkerPool
  private let labelSmoothing: Double
  /// One for each shard in memory, so that what one pass leaves the next can find.
  private var shardArenas: [Arena<Element>] = []
  /// For what all shards share.
  private let arena: Arena<Element>
  /// Tokens of the shards that are in memory at a time, sources and targets; one shard at least.
  private static var mostTokens: Int { 8192 }

  /// Prepares to compute gradients of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - pool: Who does the work.
  ///   - arena: Scratch.
  ///   - labelSmoothing: ε, from 0 to below 1; 0 with an adaptive softmax.
  package init(
    _ model: Seq2Seq<Element>, pool: WorkerPool, arena: Arena<Element> = Arena(),
    labelSmoothing: Double = 0
  ) {
    self.model = model
    self.pool = pool
    self.labelSmoothing = labelSmoothing
    self.arena = arena
  }

  /// Times that a block of memory was taken from the system.
  package var allocationCount: Int {
    shardArenas.reduce(arena.allocationCount) { $0 + $1.allocationCount }
  }

  /// Computes the sum of the losses and adds the objective's gradient times `scale`.
  ///
  /// - Parameters:
  ///   - shards: The pairs.
  ///   - scale: What the gradient is multiplied by, such as 1 / the tokens of the whole batch.
  ///   - dropouts: The masks of each shard, if any.
  ///   - samplings: The predictions that each shard is fed; an empty list for none.
  ///   - gradients: Where to add.
  /// - Returns: The sums over all target tokens.
  package func add(
    _ shards: [Batch], scale: Element, dropouts: [DropoutPlan?],
    samplings: [ScheduledSampling] = [], to gradients: ParameterBuffer<Element>
  ) -> BatchLoss {
    var loss = BatchLoss()
    var start = 0
    while start < shards.count {
      var (end, tokens) = (start, 0)
      repeat {
        tokens += shards[end].tokenCount + shards[end].sources.ids.count
        end += 1
      } while end < shards.count && tokens < Self.mostTokens
      let together = addTogether(
        shards[start..<end], scale: scale, dropouts: dropouts[start..<end],
        samplings: samplings.isEmpty ? [] : samplings[start..<end], to: gradients)
      loss.nats += together.nats
      loss.objective += together.objective
      start = end
    }
    return loss
  }

  /// Does the four passes for shards that are in memory at the same time.
  private func addTogether(
    _ batches: ArraySlice<Batch>, scale: Element, dropouts: ArraySlice<DropoutPlan?>,
    samplings: ArraySlice<ScheduledSampling>, to gradients: ParameterBuffer<Element>
  ) -> BatchLoss {
    arena.reset()
    let (model, width) = (model, model.configuration.embeddingSize)
    let rowCount = batches.reduce(0) { $0 + $1.tokenCount }
    let (readout, dReadout) = (arena.matrix(rowCount, width), arena.matrix(rowCount, width))
    let shards = makeShards(
      batches, dropouts: dropouts, samplings: Array(samplings), readout: readout,
      dReadout: dReadout, gradients: gradients)
    pool.run(count: shards.count) { number, _ in
      Activity.measure(.forward) { shards[number].forward(model) }
    }
    let losses = model.output.lossesAndGradient(
      readout, targets: shards.flatMap(\.targets), scale: scale, labelSmoothing: labelSmoothing,
      into: dReadout, gradients: gradients, arena: arena, pool: pool)
    pool.run(count: shards.count) { number, _ in
      Activity.measure(.backward) { shards[number].backward(model, scale: scale) }
    }
    GradientSum(shards.map(\.terms)).add(on: pool)
    return BatchLoss(nats: losses.nats.reduce(0, +), objective: losses.objective)
  }

  /// Gives each shard its rows of t of all shards, N×E, and of its gradient.
  private func makeShards(
    _ batches: ArraySlice<Batch>, dropouts: ArraySlice<DropoutPlan?>,
    samplings: [ScheduledSampling], readout: Matrix<Element>, dReadout: Matrix<Element>,
    gradients: ParameterBuffer<Element>
  ) -> [Shard<Element>] {
    while shardArenas.count < batches.count { shardArenas.append(Arena()) }
    var firstRow = 0
    return zip(batches, dropouts).enumerated().map { number, shard in
      let count = shard.0.tokenCount
      defer { firstRow += count }
      return Shard(
        shard.0, dropout: shard.1, sampling: samplings.isEmpty ? nil : samplings[number],
        arena: shardArenas[number],
        readout: readout.rows(firstRow, count: count),
        dReadout: dReadout.rows(firstRow, count: count),
        terms: GradientTerms(addingTo: gradients))
    }
  }
}

extension Seq2Seq {
  /// Computes the sum of the losses of one shard and adds its gradient times `scale`.
  ///
  /// - Parameters:
  ///   - batch: The pairs.
  ///   - scale: What the gradient is multiplied by.
  ///   - dropout: The masks, if any.
  ///   - gradients: Where to add.
  ///   - arena: Scratch.
  /// - Returns: The sum of −ln p over all target tokens, in nats.
  package func gradient(
    of batch: Batch, scale: Element, dropout: DropoutPlan?,
    addingTo gradients: ParameterBuffer<Element>, arena: Arena<Element>
  ) -> Double {
    let pass = BatchGradient(self, pool: WorkerPool(threadCount: 1), arena: arena)
    return pass.add([batch], scale: scale, dropouts: [dropout], to: gradients).nats
  }
}
