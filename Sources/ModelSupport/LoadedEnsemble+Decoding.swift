package import Seq2Seq
package import ToolSupport

/// What writing needs of models that are used together.
extension LoadedEnsemble {
  /// Whether the models answer a source with a target, and do not go on with a text.
  package var isOfPairs: Bool { members[0].loaded.metadata.source == .pairs }

  /// How much of the text before a sentence is read by the model that reads most.
  package var reach: SourceReach {
    SourceReach(
      sentenceCount: members.map(\.reach.sentenceCount).max() ?? 1,
      tokenCount: members.map(\.reach.tokenCount).max() ?? 1)
  }

  /// Whether the attention of one at least can be looked at.
  package var hasAttention: Bool {
    members.contains { $0.loaded.metadata.configuration.attention != .none }
  }

  /// Makes sure that the models can go on from the same prompts.
  ///
  /// - Throws: ``ToolError`` naming both files.
  package func checkSources() throws(ToolError) {
    let first = members[0]
    for member in members.dropFirst() {
      guard member.loaded.sourceVocabulary == first.loaded.sourceVocabulary else {
        throw ToolError(
          .usage,
          "\(first.path) and \(member.path) have different vocabularies of sources; "
            + "train both with the same one")
      }
      guard (member.loaded.metadata.source == .pairs) == isOfPairs else {
        throw ToolError(
          .usage,
          "of \(first.path) and \(member.path) one was trained on pairs and the other on running "
            + "text; name models of one kind")
      }
    }
  }

  /// Prepares the models to write on the calling thread.
  ///
  /// - Parameter textCount: How many texts there may be at a time.
  /// - Returns: The models as one.
  package func makeStepFunction(textCount: Int) -> Ensemble {
    Ensemble(
      members.map { SentenceDecoder($0.loaded.model, textCount: textCount, reach: $0.reach) },
      shares: members.map(\.share))
  }
}

extension LoadedEnsemble.Member {
  /// How much of the text before a sentence the model reads.
  fileprivate var reach: SourceReach {
    SourceReach(
      sentenceCount: loaded.metadata.source.sentenceCount,
      tokenCount: loaded.metadata.maximumLength)
  }
}
