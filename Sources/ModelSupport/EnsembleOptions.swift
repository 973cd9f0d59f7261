package import ArgumentParser
package import Kernels

/// The options `-m FILE` and `--weights`: the models whose probabilities are mixed, most often one.
package struct EnsembleOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The model that train wrote; of several the probabilities are averaged.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  package var model: [String] = []

  @Option(
    help: ArgumentHelp(
      "The shares of the models, as 0.7,0.3, one for each -m (default: equal shares).",
      valueName: "w,w"))
  package var weights: WeightList?

  package init() {}

  package func validate() throws {
    guard let count = weights?.shares.count, count != model.count else { return }
    throw ValidationError(
      "--weights has \(count == 1 ? "1 number" : "\(count) numbers") for \(model.count) "
        + "model\(model.count == 1 ? "" : "s"); give one for each -m")
  }

  /// Loads the models; at least one must be named.
  ///
  /// - Parameters:
  ///   - use: What they are used for.
  ///   - pool: Who does the work.
  /// - Returns: The models and their shares.
  /// - Throws: A usage error without a model or where vocabularies differ, or what is wrong with a
  ///   file.
  package func load(for use: PackingUse, pool: WorkerPool) throws -> LoadedEnsemble {
    guard !model.isEmpty else {
      throw ValidationError("Missing expected argument '--model <file>'")
    }
    return try LoadedEnsemble(
      contentsOf: model, shares: weights ?? WeightList(equalShares: model.count), for: use,
      pool: pool)
  }
}
