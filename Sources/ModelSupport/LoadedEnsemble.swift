package import Kernels
package import TextStreams
internal import ToolSupport

/// Models of one vocabulary whose probabilities are averaged, each with its share.
///
///     p(y) = Σ_k w_k p_k(y),   Σ_k w_k = 1
///
/// Each reads its own source, so that vocabularies of the sources and the number of sentences that a
/// source has may differ.
package struct LoadedEnsemble: Sendable {
  /// One of the models.
  package struct Member: Sendable {
    /// The file's name, for diagnostics.
    package let path: String
    package let loaded: LoadedModel
    /// w_k.
    package let share: Double
  }

  /// Those whose share is not 0, in the order of the command line.
  package let members: [Member]

  /// Loads models and compares their vocabularies.
  ///
  /// - Parameters:
  ///   - paths: The model files.
  ///   - weights: A share for each.
  ///   - use: What the models are used for.
  ///   - pool: Who does the work.
  /// - Throws: ``ToolError`` naming both files where two vocabularies differ, or what is wrong with
  ///   one of them.
  package init(
    contentsOf paths: [String], shares weights: WeightList, for use: PackingUse, pool: WorkerPool
  ) throws {
    precondition(
      !paths.isEmpty && paths.count == weights.shares.count,
      "\(paths.count) models and \(weights.shares.count) shares")
    let all = try zip(paths, weights.shares).map { path, share in
      Member(
        path: path, loaded: try LoadedModel(contentsOf: path, for: use, pool: pool), share: share)
    }
    // Models that no token is asked of cost nothing and spoil nothing.
    members = all.filter { $0.share > 0 }
    for member in all.dropFirst() where member.loaded.vocabulary != all[0].loaded.vocabulary {
      throw ToolError(
        .usage,
        "\(paths[0]) and \(member.path) have different vocabularies, so that their probabilities "
          + "cannot be averaged; train both with the same one")
    }
  }

  /// The vocabulary of the targets, which all have.
  package var vocabulary: Vocabulary { members[0].loaded.vocabulary }
}
